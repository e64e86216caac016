//! The letters of `data/letters/`.

use super::{Language, LetterKind};

/// The letter files of one language.
macro_rules! shelf {
    ($code:literal, $wanted:expr) => {
        match $wanted {
            None => include_str!(concat!("../../data/letters/", $code, "/frame.txt")),
            Some(LetterKind::Reply) => {
                include_str!(concat!("../../data/letters/", $code, "/reply.txt"))
            }
            Some(LetterKind::MarketData) => {
                include_str!(concat!("../../data/letters/", $code, "/market_data.txt"))
            }
            Some(LetterKind::ProductNews) => {
                include_str!(concat!("../../data/letters/", $code, "/product_news.txt"))
            }
            Some(LetterKind::LeadTimes) => {
                include_str!(concat!("../../data/letters/", $code, "/lead_times.txt"))
            }
            Some(LetterKind::SeasonPlan) => {
                include_str!(concat!("../../data/letters/", $code, "/season_plan.txt"))
            }
            Some(LetterKind::Proposal) => {
                include_str!(concat!("../../data/letters/", $code, "/proposal.txt"))
            }
            Some(LetterKind::PriceQuality) => {
                include_str!(concat!("../../data/letters/", $code, "/price_quality.txt"))
            }
            Some(LetterKind::Promotion) => {
                include_str!(concat!("../../data/letters/", $code, "/promotion.txt"))
            }
            Some(LetterKind::Quotation) => {
                include_str!(concat!("../../data/letters/", $code, "/quotation.txt"))
            }
            Some(LetterKind::Samples) => {
                include_str!(concat!("../../data/letters/", $code, "/samples.txt"))
            }
            Some(LetterKind::Holiday) => {
                include_str!(concat!("../../data/letters/", $code, "/holiday.txt"))
            }
            Some(LetterKind::Anniversary) => {
                include_str!(concat!("../../data/letters/", $code, "/anniversary.txt"))
            }
            Some(LetterKind::OwnClosing) => {
                include_str!(concat!("../../data/letters/", $code, "/own_closing.txt"))
            }
        }
    };
}

/// What all letters of a language share.
pub(super) fn frame(language: Language) -> &'static str {
    read(language, None)
}

/// A letter.
pub(super) fn letter(language: Language, kind: LetterKind) -> &'static str {
    read(language, Some(kind))
}

fn read(language: Language, wanted: Option<LetterKind>) -> &'static str {
    match language {
        Language::En => shelf!("en", wanted),
        Language::Ru => shelf!("ru", wanted),
        Language::Zh => shelf!("zh", wanted),
        Language::Es => shelf!("es", wanted),
        Language::Pt => shelf!("pt", wanted),
        Language::De => shelf!("de", wanted),
        Language::Fr => shelf!("fr", wanted),
    }
}
