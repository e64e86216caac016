//! Statuses and steps in words: what the pill, the chip and the list say of them.

use super::{Attr, Node, Tag, Words};
use crate::clock::{ClientZone, Holiday, Hours, Instant, SellerZone, TimeOfDay};
use crate::dossier::{Dossier, Now};
use crate::history::Author;
use crate::step::{Status, StepKind, Topic};

/// The colour of a state, for [`Attr::DataTone`].
#[must_use]
pub fn tone(dossier: &Dossier) -> &'static str {
    if !dossier.followed {
        return "rest";
    }
    match dossier.plan.status {
        Status::ReplyNow => "reply",
        Status::Due => "due",
        Status::Waiting | Status::TooSoon => "wait",
        Status::Snoozed | Status::Ordered => "rest",
        Status::UnknownPlace => "ask",
    }
}

/// The state in one or two words.
#[must_use]
pub fn status(dossier: &Dossier) -> Words {
    Words::say(match dossier.plan.status {
        Status::ReplyNow => "status_reply_now",
        Status::Due => "status_due",
        Status::Waiting => "status_waiting",
        Status::Snoozed => "status_snoozed",
        Status::TooSoon => "status_too_soon",
        Status::UnknownPlace => "status_unknown_place",
        Status::Ordered => "status_ordered",
    })
}

/// What to do: “Write to Anna: market data”.
#[must_use]
pub fn task(dossier: &Dossier) -> Words {
    let who = || vec![Words::raw(dossier.record.label())];
    match (&dossier.plan.status, &dossier.plan.step) {
        (Status::UnknownPlace, _) => Words::Say("task_place", who()),
        // An answer is owed also to somebody whose clock nobody knows.
        (Status::ReplyNow, None) => Words::Say("task_reply", who()),
        (Status::Ordered, _) | (_, None) => Words::say("task_rest"),
        (_, Some(step)) => match step.kind {
            StepKind::Reply => Words::Say("task_reply", who()),
            StepKind::Touch => {
                let mut with = who();
                with.push(topic(step.topic));
                Words::Say("task_touch", with)
            }
            StepKind::Quote => Words::Say("task_quote", who()),
            StepKind::Sample => Words::Say("task_sample", who()),
            StepKind::Greeting => Words::Say("task_greeting", who()),
        },
    }
}

/// What to write about.
#[must_use]
pub fn topic(topic: Topic) -> Words {
    Words::say(match topic {
        Topic::TheirQuestion => "topic_their_question",
        Topic::MarketData => "topic_market_data",
        Topic::ProductNews => "topic_product_news",
        Topic::LeadTimes => "topic_lead_times",
        Topic::SeasonPlan => "topic_season_plan",
        Topic::Proposal => "topic_proposal",
        Topic::PriceQuality => "topic_price_quality",
        Topic::Promotion => "topic_promotion",
        Topic::Quotation => "topic_quotation",
        Topic::Samples => "topic_samples",
        Topic::Holiday => "topic_holiday",
        Topic::Anniversary => "topic_anniversary",
        Topic::OwnClosing => "topic_own_closing",
    })
}

/// How long ago who wrote last: “12 days ago, you”.
#[must_use]
pub fn last_contact(dossier: &Dossier) -> Words {
    let (Some(last), Some(days)) = (dossier.history.last(), dossier.plan.days_since_contact) else {
        return Words::say("contact_none");
    };
    let days = i64::from(days);
    // By telephone or at a fair nobody wrote.
    let by = match last.way.is_mail() {
        true => last.by,
        false => Author::Unknown,
    };
    match (by, days) {
        (Author::Seller, 0) => Words::say("contact_you_today"),
        (Author::Client, 0) => Words::say("contact_they_today"),
        (Author::Unknown, 0) => Words::say("contact_today"),
        (Author::Seller, _) => Words::Count("contact_you_days", days, Vec::new()),
        (Author::Client, _) => Words::Count("contact_they_days", days, Vec::new()),
        (Author::Unknown, _) => Words::Count("contact_days", days, Vec::new()),
    }
}

/// An instant on both clocks: the client's first, since that is the one that counts.
#[must_use]
pub fn both_clocks(at: Instant, client: ClientZone, seller: SellerZone) -> Words {
    let there = Words::moment(at, client.0);
    if client.0.offset_at(at) == seller.0.offset_at(at) {
        return Words::Say("moment_same_clock", vec![there]);
    }
    let same_day = client.0.local(at).date() == seller.0.local(at).date();
    let here = if same_day {
        Words::time(at, seller.0)
    } else {
        Words::moment(at, seller.0)
    };
    Words::Say("moment_both_clocks", vec![there, here])
}

/// The best hours within the window, on both clocks; `None` where none are better than others, or
/// where no letter is to go. Beside the window's own opening only their end is said.
#[must_use]
pub fn best(dossier: &Dossier, now: Now) -> Option<Words> {
    if dossier.plan.status == Status::Snoozed {
        return None;
    }
    let (best, _) = dossier.best()?;
    let (there, here) = (dossier.place.zone?.0, now.seller.0);
    let opens = dossier.plan.step.as_ref()?.opens;
    let same_clock = there.offset_at(best.opens) == here.offset_at(best.opens);
    let ends = |zone| Words::time(best.closes, zone);
    Some(if best.opens == opens {
        match same_clock {
            true => Words::Say("best_until", vec![ends(there)]),
            false => Words::Say("best_until_both", vec![ends(there), ends(here)]),
        }
    } else {
        // After the morning it is another day's.
        let same_day = there.local(best.opens).date() == there.local(opens).date();
        let begins = |zone| match same_day {
            true => Words::time(best.opens, zone),
            false => Words::moment(best.opens, zone),
        };
        match same_clock {
            true => Words::Say("best_hours", vec![begins(there), ends(there)]),
            false => Words::Say(
                "best_hours_both",
                vec![begins(there), ends(there), begins(here), ends(here)],
            ),
        }
    })
}

/// Where the client is: a name, or that nobody knows.
#[must_use]
pub fn country(dossier: &Dossier) -> Words {
    use crate::place::Certainty;
    match (dossier.place.country, dossier.place.certainty) {
        (Some(country), Certainty::Known) => Words::Country(country),
        (Some(country), Certainty::Suggested) => {
            Words::Say("place_suggested", vec![Words::Country(country)])
        }
        _ => Words::say("place_unknown"),
    }
}

/// Hours of a day, full ones without their zeros: `10–15`, `9:30–15`.
#[must_use]
pub fn hours(hours: Hours) -> Words {
    let short = |time: TimeOfDay| {
        let time = time.to_string();
        let time = time.strip_suffix(":00").unwrap_or(&time);
        time.strip_prefix('0').unwrap_or(time).to_owned()
    };
    Words::raw(format!("{}–{}", short(hours.from()), short(hours.to())))
}

/// A clock that goes on ticking.
#[must_use]
pub fn clock(zone: ClientZone, now: Instant) -> Node {
    Node::new(Tag::Time, "clock")
        .set(Attr::Dir, "auto")
        .words(Words::clock(zone.0, now))
}

/// A holiday's name; of one whose date is an estimate, that it is.
#[must_use]
pub fn holiday(holiday: &Holiday) -> Words {
    let name = Words::Holiday(holiday.name.clone());
    if holiday.about {
        Words::Say("holiday_about", vec![name])
    } else {
        name
    }
}

/// A quiet season by its key in `data/quiet_seasons.tsv`.
#[must_use]
pub fn season(key: &str) -> Option<Words> {
    let name = match key {
        "august" => "season_august",
        "carnival" => "season_carnival",
        "christmas" => "season_christmas",
        "diwali" => "season_diwali",
        "eid" => "season_eid",
        "golden_week" => "season_golden_week",
        "holy_week" => "season_holy_week",
        "july" => "season_july",
        "lunar_new_year" => "season_lunar_new_year",
        "new_year" => "season_new_year",
        "obon" => "season_obon",
        "ramadan" => "season_ramadan",
        "songkran" => "season_songkran",
        "thanksgiving" => "season_thanksgiving",
        _ => return None,
    };
    Some(Words::say(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quiet_season_has_a_name() {
        let rows = include_str!("../../data/quiet_seasons.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .skip(1);
        for row in rows {
            let key = row.split('\t').next().unwrap().trim_start_matches('~');
            assert!(season(key).is_some(), "{key}");
        }
    }
}
