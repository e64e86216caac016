//! Every number and switch of the playbook by name, so that all can be shown, changed and reset (N1).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::RuleId;
use super::factor::Factor;
use super::rules::{Reminders, Rules};
use super::span::Interval;
use crate::clock::Hours;
use crate::market::{Market, Standing};

/// A number or a switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// [`Rules::gap_days`].
    GapDays,
    /// [`Rules::hours`].
    Hours,
    /// [`Rules::touch`]: whether it runs.
    Touch,
    /// [`Rules::touch`]: how often.
    TouchEvery,
    /// [`Rules::quote`]: whether it runs.
    Quote,
    /// [`Rules::quote`]: how often.
    QuoteEvery,
    /// [`Rules::sample`]: whether it runs.
    Sample,
    /// [`Rules::sample`]: how often.
    SampleEvery,
    /// [`Rules::sample_moments`].
    SampleMoments,
    /// [`Rules::greetings`].
    Greetings,
    /// [`Rules::moments`].
    Moments,
    /// [`Rules::quiet_seasons`].
    QuietSeasons,
    /// [`Rules::open_quote`].
    OpenQuote,
    /// [`Rules::reminders`].
    Reminders,
    /// [`Rules::adapt`].
    Adapt,
    /// The factor for two unanswered letters.
    TwoUnanswered,
    /// The factor for more unanswered letters.
    MoreUnanswered,
    /// The factor for slow answers.
    SlowAnswers,
    /// The factor for quick answers.
    QuickAnswers,
    /// The factor for a clear plan to buy.
    ClearPlan,
    /// The factor for hesitation.
    Hesitant,
    /// The factor for talks over terms.
    Negotiating,
    /// The least that all factors together come to.
    LeastFactor,
    /// The most that all factors together come to.
    MostFactor,
}

/// What a setting is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// On or off.
    Switch(bool),
    /// A number of days.
    Days(u16),
    /// Hours of the client's day.
    Hours(Hours),
    /// An interval with its bounds.
    Every(Interval),
    /// The working days of the reminders.
    Reminders(Reminders),
    /// A factor on an interval.
    Factor(Factor),
}

/// The value cannot stand for the setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadValue {
    /// It is of another sort.
    #[error("{setting:?} cannot be set to {value:?}")]
    Mismatch {
        /// What was to be set.
        setting: Setting,
        /// To what.
        value: Value,
    },
    /// G1 holds in every market: some gap there must be, and a year is more than any rhythm.
    #[error("the gap between two unanswered letters must be 1 to 365 days, not {0}")]
    BadGap(u16),
}

impl Setting {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Setting; 24] = [
        Setting::Touch,
        Setting::TouchEvery,
        Setting::Quote,
        Setting::QuoteEvery,
        Setting::Sample,
        Setting::SampleEvery,
        Setting::SampleMoments,
        Setting::OpenQuote,
        Setting::Reminders,
        Setting::Greetings,
        Setting::Moments,
        Setting::QuietSeasons,
        Setting::Hours,
        Setting::GapDays,
        Setting::Adapt,
        Setting::TwoUnanswered,
        Setting::MoreUnanswered,
        Setting::SlowAnswers,
        Setting::QuickAnswers,
        Setting::ClearPlan,
        Setting::Hesitant,
        Setting::Negotiating,
        Setting::LeastFactor,
        Setting::MostFactor,
    ];

    /// The rule that a setting belongs to in a market, and whether its default is the article's
    /// or ours there.
    #[must_use]
    pub fn source(self, market: Market) -> (RuleId, Standing) {
        let named_in = |rule, named| match named {
            true => (rule, Standing::Named),
            false => (rule, Standing::Extension),
        };
        let planner = market == Market::EuropeAmerica;
        let india = market == Market::India;
        match self {
            Setting::GapDays => (RuleId::G1, Standing::Named),
            Setting::Hours => named_in(RuleId::W3, planner),
            Setting::Touch | Setting::TouchEvery => named_in(RuleId::W2, planner),
            Setting::Quote | Setting::QuoteEvery if india => (RuleId::I2, Standing::Named),
            Setting::Quote | Setting::QuoteEvery => named_in(RuleId::S2, !planner),
            Setting::Sample | Setting::SampleEvery => named_in(RuleId::I3, india),
            Setting::SampleMoments => named_in(RuleId::S3, !planner && !india),
            Setting::Greetings if planner => (RuleId::W4, Standing::Named),
            Setting::Greetings => (RuleId::P3, Standing::Extension),
            Setting::Moments => (RuleId::M1, Standing::Named),
            Setting::QuietSeasons => (RuleId::E2, Standing::Extension),
            Setting::OpenQuote | Setting::Reminders => (RuleId::E1, Standing::Extension),
            Setting::Adapt => (RuleId::F1, Standing::Named),
            Setting::TwoUnanswered | Setting::MoreUnanswered | Setting::SlowAnswers => {
                (RuleId::F1, Standing::Extension)
            }
            Setting::QuickAnswers => (RuleId::F2, Standing::Extension),
            Setting::ClearPlan
            | Setting::Hesitant
            | Setting::Negotiating
            | Setting::LeastFactor
            | Setting::MostFactor => (RuleId::F3, Standing::Extension),
        }
    }
}

impl Rules {
    /// What a setting is set to.
    #[must_use]
    pub fn get(&self, setting: Setting) -> Value {
        match setting {
            Setting::GapDays => Value::Days(self.gap_days),
            Setting::Hours => Value::Hours(self.hours),
            Setting::Touch => Value::Switch(self.touch.on),
            Setting::TouchEvery => Value::Every(self.touch.every),
            Setting::Quote => Value::Switch(self.quote.on),
            Setting::QuoteEvery => Value::Every(self.quote.every),
            Setting::Sample => Value::Switch(self.sample.on),
            Setting::SampleEvery => Value::Every(self.sample.every),
            Setting::SampleMoments => Value::Switch(self.sample_moments),
            Setting::Greetings => Value::Switch(self.greetings),
            Setting::Moments => Value::Switch(self.moments),
            Setting::QuietSeasons => Value::Switch(self.quiet_seasons),
            Setting::OpenQuote => Value::Switch(self.open_quote),
            Setting::Reminders => Value::Reminders(self.reminders),
            Setting::Adapt => Value::Switch(self.adapt),
            Setting::TwoUnanswered => Value::Factor(self.factors.two_unanswered),
            Setting::MoreUnanswered => Value::Factor(self.factors.more_unanswered),
            Setting::SlowAnswers => Value::Factor(self.factors.slow_answers),
            Setting::QuickAnswers => Value::Factor(self.factors.quick_answers),
            Setting::ClearPlan => Value::Factor(self.factors.clear_plan),
            Setting::Hesitant => Value::Factor(self.factors.hesitant),
            Setting::Negotiating => Value::Factor(self.factors.negotiating),
            Setting::LeastFactor => Value::Factor(self.factors.least),
            Setting::MostFactor => Value::Factor(self.factors.most),
        }
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// [`BadValue`] where the value cannot stand for it; then nothing changes.
    pub fn set(&mut self, setting: Setting, value: Value) -> Result<(), BadValue> {
        match (setting, value) {
            (Setting::GapDays, Value::Days(days)) if (1..=365).contains(&days) => {
                self.gap_days = days;
            }
            (Setting::GapDays, Value::Days(days)) => return Err(BadValue::BadGap(days)),
            (Setting::Hours, Value::Hours(hours)) => self.hours = hours,
            (Setting::Touch, Value::Switch(on)) => self.touch.on = on,
            (Setting::TouchEvery, Value::Every(every)) => self.touch.every = every,
            (Setting::Quote, Value::Switch(on)) => self.quote.on = on,
            (Setting::QuoteEvery, Value::Every(every)) => self.quote.every = every,
            (Setting::Sample, Value::Switch(on)) => self.sample.on = on,
            (Setting::SampleEvery, Value::Every(every)) => self.sample.every = every,
            (Setting::SampleMoments, Value::Switch(on)) => self.sample_moments = on,
            (Setting::Greetings, Value::Switch(on)) => self.greetings = on,
            (Setting::Moments, Value::Switch(on)) => self.moments = on,
            (Setting::QuietSeasons, Value::Switch(on)) => self.quiet_seasons = on,
            (Setting::OpenQuote, Value::Switch(on)) => self.open_quote = on,
            (Setting::Reminders, Value::Reminders(reminders)) => self.reminders = reminders,
            (Setting::Adapt, Value::Switch(on)) => self.adapt = on,
            (Setting::TwoUnanswered, Value::Factor(f)) => self.factors.two_unanswered = f,
            (Setting::MoreUnanswered, Value::Factor(f)) => self.factors.more_unanswered = f,
            (Setting::SlowAnswers, Value::Factor(f)) => self.factors.slow_answers = f,
            (Setting::QuickAnswers, Value::Factor(f)) => self.factors.quick_answers = f,
            (Setting::ClearPlan, Value::Factor(f)) => self.factors.clear_plan = f,
            (Setting::Hesitant, Value::Factor(f)) => self.factors.hesitant = f,
            (Setting::Negotiating, Value::Factor(f)) => self.factors.negotiating = f,
            (Setting::LeastFactor, Value::Factor(f)) => self.factors.least = f,
            (Setting::MostFactor, Value::Factor(f)) => self.factors.most = f,
            (setting, value) => return Err(BadValue::Mismatch { setting, value }),
        }
        Ok(())
    }
}

/// The user's changes for one scope. Each has been checked to fit its setting.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(
    try_from = "BTreeMap<Setting, Value>",
    into = "BTreeMap<Setting, Value>"
)]
pub struct Changes(BTreeMap<Setting, Value>);

impl Changes {
    /// Changes a setting.
    ///
    /// # Errors
    /// [`BadValue`] where the value cannot stand for it.
    pub fn set(&mut self, setting: Setting, value: Value) -> Result<(), BadValue> {
        // Which market's rules they are tried on makes no difference to what is accepted.
        Rules::of(Market::EuropeAmerica).set(setting, value)?;
        self.0.insert(setting, value);
        Ok(())
    }

    /// Takes a change back.
    pub fn reset(&mut self, setting: Setting) {
        self.0.remove(&setting);
    }

    /// What a setting was changed to.
    #[must_use]
    pub fn get(&self, setting: Setting) -> Option<Value> {
        self.0.get(&setting).copied()
    }

    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts the changes into force.
    pub(super) fn apply(&self, rules: &mut Rules) {
        for (setting, value) in &self.0 {
            // Only what was accepted before is here.
            let _ = rules.set(*setting, *value);
        }
    }
}

impl TryFrom<BTreeMap<Setting, Value>> for Changes {
    type Error = BadValue;
    fn try_from(all: BTreeMap<Setting, Value>) -> Result<Self, Self::Error> {
        let mut changes = Changes::default();
        for (setting, value) in all {
            changes.set(setting, value)?;
        }
        Ok(changes)
    }
}

impl From<Changes> for BTreeMap<Setting, Value> {
    fn from(changes: Changes) -> Self {
        changes.0
    }
}
