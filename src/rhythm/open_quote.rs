//! An unanswered quotation is recalled within days, a few times only (E1, an extension). Then the
//! market's own rhythm takes over.

use super::{Facts, Track, Turn, open_for_letter};
use crate::history::{Touch, TouchKind, unanswered};
use crate::playbook::RuleId;

/// The next reminder of the last quotation, where it is unanswered and one is left.
pub(super) fn turn(facts: &Facts<'_>) -> Option<Turn> {
    if !facts.rules.open_quote {
        return None;
    }
    let run = unanswered(facts.touches);
    let quoted = run
        .iter()
        .rposition(|touch| touch.kind == TouchKind::Quote)?;
    let (quote, after) = run.get(quoted..)?.split_first()?;
    let chase = |touch: &&Touch| touch.kind != TouchKind::Greeting;
    let sent = after.iter().filter(chase).count();
    let day = facts.place.working_days_after(
        facts.place.date(quote.at),
        facts.rules.reminders.after(sent)?,
    )?;
    let (opening, quiet_until) = open_for_letter(facts, facts.place.start_of(day))?;
    Some(Turn {
        track: Track::OpenQuote,
        rule: RuleId::E1,
        opens: opening.opens,
        closes: opening.closes,
        pace: None,
        pulled: None,
        quiet_until,
        lapses_at: None,
        reminder: u8::try_from(sent + 1).ok(),
    })
}
