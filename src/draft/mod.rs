//! Letters to start from: the step's content in the client's language, filled with what is known.
//!
//! A draft names what the client last asked about (P1), brings something (P2, T1, W5, S4) and never
//! presses (I4). What is not known stays a gap that nobody can overlook.
//!
//! Source: the letters of `data/letters/`, our own, one file for each letter and language.

mod about;
mod called;
mod language;
mod name_words;
mod shelf;
mod template;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

pub use about::about_of;
pub use called::Called;
pub use language::Language;

use crate::step::{Step, StepKind, Topic};
use template::{Frame, Template};

/// Which letter to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterKind {
    /// The answer that is owed.
    Reply,
    /// Market trends and data.
    MarketData,
    /// New or improved products.
    ProductNews,
    /// Lead times and stock.
    LeadTimes,
    /// Next season's plan.
    SeasonPlan,
    /// A proposal before they ask.
    Proposal,
    /// Where price and quality stand.
    PriceQuality,
    /// Material that helps them sell.
    Promotion,
    /// A quotation.
    Quotation,
    /// Samples.
    Samples,
    /// Holiday wishes.
    Holiday,
    /// Wishes for the anniversary of their company.
    Anniversary,
    /// The user's own closing days.
    OwnClosing,
}

impl LetterKind {
    /// Every letter.
    pub const ALL: [LetterKind; 13] = [
        LetterKind::Reply,
        LetterKind::MarketData,
        LetterKind::ProductNews,
        LetterKind::LeadTimes,
        LetterKind::SeasonPlan,
        LetterKind::Proposal,
        LetterKind::PriceQuality,
        LetterKind::Promotion,
        LetterKind::Quotation,
        LetterKind::Samples,
        LetterKind::Holiday,
        LetterKind::Anniversary,
        LetterKind::OwnClosing,
    ];

    /// Whether it has a place for the user's news.
    #[must_use]
    pub fn has_news(self) -> bool {
        !matches!(
            self,
            LetterKind::Reply
                | LetterKind::Samples
                | LetterKind::Holiday
                | LetterKind::Anniversary
                | LetterKind::OwnClosing
        )
    }

    /// The letter of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<LetterKind> {
        LetterKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name in the protocol.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            LetterKind::Reply => "reply",
            LetterKind::MarketData => "market_data",
            LetterKind::ProductNews => "product_news",
            LetterKind::LeadTimes => "lead_times",
            LetterKind::SeasonPlan => "season_plan",
            LetterKind::Proposal => "proposal",
            LetterKind::PriceQuality => "price_quality",
            LetterKind::Promotion => "promotion",
            LetterKind::Quotation => "quotation",
            LetterKind::Samples => "samples",
            LetterKind::Holiday => "holiday",
            LetterKind::Anniversary => "anniversary",
            LetterKind::OwnClosing => "own_closing",
        }
    }

    /// The letter that a step asks for.
    #[must_use]
    pub fn of(step: &Step) -> LetterKind {
        match (step.kind, step.topic) {
            (StepKind::Reply, _) | (_, Topic::TheirQuestion) => LetterKind::Reply,
            (StepKind::Greeting, _) | (_, Topic::Holiday) => LetterKind::Holiday,
            (_, Topic::OwnClosing) => LetterKind::OwnClosing,
            (_, Topic::Anniversary) => LetterKind::Anniversary,
            (StepKind::Sample, _) | (_, Topic::Samples) => LetterKind::Samples,
            (StepKind::Quote, _) | (_, Topic::Quotation) => LetterKind::Quotation,
            (StepKind::Touch, Topic::MarketData) => LetterKind::MarketData,
            (StepKind::Touch, Topic::ProductNews) => LetterKind::ProductNews,
            (StepKind::Touch, Topic::LeadTimes) => LetterKind::LeadTimes,
            (StepKind::Touch, Topic::SeasonPlan) => LetterKind::SeasonPlan,
            (StepKind::Touch, Topic::Proposal) => LetterKind::Proposal,
            (StepKind::Touch, Topic::PriceQuality) => LetterKind::PriceQuality,
            (StepKind::Touch, Topic::Promotion) => LetterKind::Promotion,
        }
    }
}

/// What a letter is written from. What is `None` becomes a gap, or is not spoken of.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Which letter.
    pub kind: LetterKind,
    /// In which language.
    pub language: Language,
    /// What to call the client.
    pub called: Option<Called>,
    /// What they last asked about or were quoted (P1).
    pub about: Option<String>,
    /// Their company.
    pub company: Option<String>,
    /// What there is to tell: a snippet of the user's.
    pub news: Option<String>,
    /// The holiday, as `data/main_holidays.tsv` calls the feast.
    pub feast: Option<&'static str>,
    /// The first and last of the user's own closing days.
    pub closed: Option<(NaiveDate, NaiveDate)>,
    /// Whether the letter must not press in any way (I4).
    pub patient: bool,
    /// Whether samples go well with it (S3).
    pub samples: bool,
    /// Whether holiday wishes go well with it (M1, P3).
    pub wishes: bool,
    /// The user's name to sign with.
    pub me: Option<String>,
}

impl Outline {
    /// An outline of which nothing but the letter and the language is known.
    #[must_use]
    pub fn new(kind: LetterKind, language: Language) -> Outline {
        Outline {
            kind,
            language,
            called: None,
            about: None,
            company: None,
            news: None,
            feast: None,
            closed: None,
            patient: false,
            samples: false,
            wishes: false,
            me: None,
        }
    }
}

/// A letter to start from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// The subject, for a letter that starts a thread.
    pub subject: String,
    /// The text: paragraphs with an empty line between them.
    pub body: String,
    /// The gaps in it, as they stand in the text, in its order.
    pub gaps: Vec<String>,
    /// Its language, as a BCP 47 tag.
    pub language: &'static str,
}

/// Writes the letter of an outline.
#[must_use]
pub fn write(outline: &Outline) -> Draft {
    let frame = Frame::parse(shelf::frame(outline.language));
    let template = Template::parse(shelf::letter(outline.language, outline.kind));
    let value = |name: &str| value(outline, &frame, name);
    let mut filled = template.fill(&frame, &value);
    if let Some(me) = &outline.me {
        filled.body.push('\n');
        filled.body.push_str(me);
    }
    Draft {
        subject: filled.subject,
        body: filled.body,
        gaps: filled.gaps,
        language: outline.language.tag(),
    }
}

/// What stands for a placeholder, or for the condition of that name.
fn value(outline: &Outline, frame: &Frame<'_>, name: &str) -> Option<String> {
    let yes = |is: bool| is.then(String::new);
    let date = |date: NaiveDate| {
        let month = frame.month(date.month0());
        let day = match (date.day(), frame.said("first")) {
            (1, Some(first)) => first.to_owned(),
            (day, _) => day.to_string(),
        };
        frame.said("date").map(|order| {
            order
                .replace("{day}", &day)
                .replace("{month}", month)
                .replace("{year}", &date.year().to_string())
        })
    };
    match name {
        "name" => Some(outline.called.as_ref()?.short().to_owned()),
        "fullname" => Some(outline.called.as_ref()?.full().to_owned()),
        "about" => outline.about.clone(),
        "company" => outline.company.clone(),
        "news" => outline.news.clone(),
        "holiday" => frame.said(outline.feast?).map(str::to_owned),
        "from" => date(outline.closed?.0),
        "until" => date(outline.closed?.1),
        "patient" => yes(outline.patient),
        "samples" => yes(outline.samples),
        "wishes" => yes(outline.wishes),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
