//! The background worker: Cadence's reasoning on IndexedDB, with badge and alarm.
//!
//! The browser may end the worker at any moment and start it again; nothing is kept in memory
//! that the store does not hold. The shim `extension/worker.js` registers the listeners and calls
//! what is exported here, one call at a time.
//!
//! The page of the user's data runs this module, too, for what it does with files ([`desk`], [`archive`]): the code that
//! knows clients and places is in the package once. That instance never opens the store.

pub mod archive;
mod backup;
mod chrome;
mod database;
pub mod desk;
#[cfg(feature = "faults")]
mod fault;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use cadence::clock::{Instant, SellerZone, Zone};
use cadence::dossier::Now;
use cadence::intake::Intake;
use cadence::protocol::{Call, Response, Ui};
use cadence::service::{self, Calls};
use cadence::store::{Cached, Store, StoreError};
use cadence_border as border;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::database::Database;

/// The alarm that goes off when the next client becomes due.
const ALARM: &str = "due";
/// Work that was broken off is gone on with after so long; the browser sets no alarm any sooner.
const RESUMES_MS: i64 = 30_000;
/// The badge shows no number above this one.
const MOST: u32 = 99;

/// What was last said outside: the badge's number, how many are due, and the alarm's instant.
type Said = (u32, u32, Option<Instant>);

/// What the shim words for the user.
#[derive(Serialize)]
struct Told {
    due: u32,
    notify: bool,
    more: bool,
}

thread_local! {
    static SAID: Cell<Option<Said>> = const { Cell::new(None) };
    /// The machine's zone, and its minutes behind UTC when that was asked.
    static ZONE: Cell<Option<(f64, Zone)>> = const { Cell::new(None) };
    static DATABASE: RefCell<Option<Rc<Cached<Database>>>> = const { RefCell::new(None) };
    /// The same of the invented client.
    static DEMO: RefCell<Option<Rc<Cached<Database>>>> = const { RefCell::new(None) };
}

/// Runs once for each instance: after a panic the next call finds a fresh instance, whose state
/// is read anew from the store.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        gloo_console::error!(format!("Cadence stopped at {place} and starts anew"));
        // For the flight recorder: the place in the source, and nothing of what was being worked on.
        let name = JsValue::from_str("cadenceStopped");
        let _ = js_sys::Reflect::set(&js_sys::global(), &name, &JsValue::from_str(&place));
        wasm_bindgen::handler::schedule_reinit();
    }));
    wasm_bindgen::handler::set_on_abort(wasm_bindgen::handler::schedule_reinit);
}

/// Answers one question of a page. Never throws: what goes wrong is an answer too.
#[wasm_bindgen]
pub async fn answer(call: JsValue) -> JsValue {
    #[cfg(feature = "faults")]
    let fault = fault::of(&call);
    #[cfg(feature = "faults")]
    fault::before(&fault).await;
    let response = match border::read::<Call>(&call) {
        Ok(call) => match store_of(call.demo).await {
            Ok(store) => service::answer(&*store, call, now()).await,
            Err(error) => Response::Failed {
                code: error.code(),
                message: error.to_string(),
            },
        },
        Err(message) => Response::Failed {
            code: "question",
            message,
        },
    };
    #[cfg(feature = "faults")]
    fault::after(&fault);
    to_js(&response)
}

/// Takes over a piece of what the user brings from outside, in one write; see [`cadence::intake`].
#[wasm_bindgen]
pub async fn take_in(intake: JsValue) -> JsValue {
    let response = match border::read::<Intake>(&intake) {
        Ok(intake) => match taken_in(intake).await {
            Ok(()) => Response::done(Ui::default()),
            Err(error) => Response::Failed {
                code: error.code(),
                message: error.to_string(),
            },
        },
        Err(message) => Response::Failed {
            code: "question",
            message,
        },
    };
    to_js(&response)
}

async fn taken_in(intake: Intake) -> Result<(), StoreError> {
    service::take_in(&*store().await?, intake, now()).await
}

/// Lets go of the invented client, whose database is about to go.
#[wasm_bindgen]
pub fn let_demo_go() {
    if let Some(open) = DEMO.take() {
        open.inner().close();
    }
}

/// Lets go of the database and of what was read from it: somebody else has written there, or is about to.
#[wasm_bindgen]
pub fn let_go() {
    if let Some(open) = DATABASE.take() {
        open.inner().close();
    }
    SAID.set(None);
}

/// Deletes everything that the store holds.
///
/// # Errors
/// What the store refused, in words.
#[wasm_bindgen]
pub async fn empty() -> Result<(), JsValue> {
    let store = store().await.map_err(in_words)?;
    store.clear().await.map_err(in_words)?;
    SAID.set(None);
    Ok(())
}

/// Brings badge and alarm up to what the store says is due now. The browser is told only what is
/// new to it, since telling it takes longer than an answer; with `anew` it is told all of it. Gives
/// what the shim has to word.
///
/// It tells, too, whether clients are left to be planned anew, also by a worker that died: see [`go_on`].
/// While everything waits to be deleted nobody is due, and nothing is done.
///
/// # Errors
/// What the store or the browser refused, in words.
#[wasm_bindgen]
pub async fn refresh(anew: bool, leaving: bool) -> Result<JsValue, JsValue> {
    let calls = match leaving {
        true => Calls::default(),
        false => {
            let store = store().await.map_err(in_words)?;
            service::calls(&*store, now()).await.map_err(in_words)?
        }
    };
    let told = to_js(&Told {
        due: calls.due,
        notify: calls.notify,
        more: calls.more,
    });
    let next = if calls.more { resumes() } else { calls.next };
    let said = (calls.badge, calls.due, next);
    if !anew && SAID.get() == Some(said) {
        return Ok(told);
    }
    let badge = match calls.badge {
        0 => String::new(),
        1..=MOST => calls.badge.to_string(),
        _ => format!("{MOST}+"),
    };
    chrome::set_badge(&badge).await?;
    match next {
        Some(next) => chrome::set_alarm(ALARM, next.ms()).await?,
        None => chrome::clear_alarm(ALARM).await?,
    }
    SAID.set(Some(said));
    Ok(told)
}

/// Plans the next of those anew whom a change of the settings has not reached yet, and brings badge and alarm up to that.
/// Tells what [`refresh`] tells; while more is left it wants to be called again, with whatever is asked in between first.
///
/// # Errors
/// What the store or the browser refused, in words.
#[wasm_bindgen]
pub async fn go_on() -> Result<JsValue, JsValue> {
    let store = store().await.map_err(in_words)?;
    service::advance(&*store, now()).await.map_err(in_words)?;
    refresh(false, false).await
}

/// When a worker that dies before all is done is woken to go on. What was said of that holds for a while.
fn resumes() -> Option<Instant> {
    let after = |ms| Instant::from_ms(instant().ms() + ms).ok();
    let said = SAID.get().and_then(|(.., next)| next);
    let holds = said.filter(|at| (after(RESUMES_MS / 2)..=after(RESUMES_MS)).contains(&Some(*at)));
    holds.or_else(|| after(RESUMES_MS))
}

#[allow(clippy::needless_pass_by_value)] // The shape that `map_err` wants.
fn in_words(error: StoreError) -> JsValue {
    JsValue::from_str(&error.to_string())
}

fn to_js(value: &impl Serialize) -> JsValue {
    border::write(value).unwrap_or(JsValue::NULL)
}

/// The database, opened on first use and again after the browser closed it.
async fn store() -> Result<Rc<Cached<Database>>, StoreError> {
    store_of(false).await
}

/// The same, or the database of the invented client.
async fn store_of(demo: bool) -> Result<Rc<Cached<Database>>, StoreError> {
    let place = if demo { &DEMO } else { &DATABASE };
    let open = place.with_borrow(Clone::clone);
    if let Some(open) = open.filter(|open| open.inner().is_open()) {
        return Ok(open);
    }
    let opened = Rc::new(Cached::new(Database::open(demo).await?));
    place.set(Some(Rc::clone(&opened)));
    Ok(opened)
}

fn instant() -> Instant {
    instant_of(js_sys::Date::now()).unwrap_or(Instant::EARLIEST)
}

/// An instant as JavaScript tells it; `None` where that is out of all reason.
fn instant_of(ms: f64) -> Option<Instant> {
    #[allow(clippy::cast_possible_truncation)] // Whole milliseconds since 1970 are far below 2^53.
    Instant::from_ms(ms as i64).ok()
}

/// The instant and the zone of the machine that the browser runs on.
fn now() -> Now {
    Now {
        at: instant(),
        seller: SellerZone(zone()),
    }
}

/// The machine's zone. The browser takes half a millisecond to name it, so it is asked again only
/// when the clock of the machine has moved against UTC.
fn zone() -> Zone {
    let offset = js_sys::Date::new_0().get_timezone_offset();
    if let Some((_, zone)) = ZONE.get().filter(|(of, _)| (of - offset).abs() < 1.0) {
        return zone;
    }
    let zone = chrome::zone()
        .and_then(|name| name.parse().ok())
        .unwrap_or(Zone::UTC);
    ZONE.set(Some((offset, zone)));
    zone
}
