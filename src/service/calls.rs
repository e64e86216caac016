//! How Cadence calls the user: the number on the button, and one notification a day.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

use super::lapse;
use crate::clock::{Instant, TimeOfDay};
use crate::dossier::Now;
use crate::own::{Badge, Called};
use crate::settings::Planned;
use crate::store::{Changes, Store, StoreError};

/// What is to be said outside the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// How many clients are due: as many as the list has.
    pub due: u32,
    /// The number on the button; none where it is 0.
    pub badge: u32,
    /// Whether the user is to be notified now.
    pub notify: bool,
    /// Whether more is left to be planned anew, see [`super::advance`].
    pub more: bool,
    /// When any of this is to be looked at again.
    pub next: Option<Instant>,
}

/// What is to be said now. A notification is told of once.
///
/// # Errors
/// What the store says.
pub async fn calls(store: &impl Store, now: Now) -> Result<Calls, StoreError> {
    let lapsing = lapse(store, now).await?;
    let settings = store.settings().await?;
    let more = lapsing || settings.planned != Planned::All;
    let own = &settings.own;
    let now = own.seen_from(now);
    let zone = now.seller.0;
    let today = zone.local(now.at).date();
    let tomorrow = today.checked_add_days(Days::new(1));
    let at = |date: NaiveDate, time: NaiveTime| zone.first_at_or_after(date.and_time(time));
    let due = store.due_count(now.at).await?;
    let badge = match own.badge {
        Badge::Due => due,
        Badge::Overdue => {
            let yesterday = at(today, NaiveTime::MIN).plus(TimeDelta::milliseconds(-1));
            store.due_count(yesterday).await?
        }
        Badge::Off => 0,
    };
    let mut next = vec![store.next_change(now.at).await?];
    if own.badge == Badge::Overdue {
        next.push(tomorrow.map(|date| at(date, NaiveTime::MIN)));
    }
    let mut notify = false;
    if let Some(hour) = own.call_at.and_then(time_of) {
        let is_called = own.called.is_some_and(|called| called.0 >= today);
        if is_called {
            next.push(tomorrow.map(|date| at(date, hour)));
        } else if at(today, hour) <= now.at {
            notify = due > 0;
            let mut after = settings.clone();
            after.own.called = Some(Called(today));
            let changes = Changes {
                settings: Some(after),
                ..Changes::default()
            };
            store.save(&changes).await?;
            next.push(tomorrow.map(|date| at(date, hour)));
        } else {
            next.push(Some(at(today, hour)));
        }
    }
    Ok(Calls {
        due,
        badge,
        notify,
        more,
        next: next.into_iter().flatten().min(),
    })
}

fn time_of(time: TimeOfDay) -> Option<NaiveTime> {
    NaiveTime::from_num_seconds_from_midnight_opt(time.minutes() * 60, 0)
}
