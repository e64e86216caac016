//! The languages that letters are written in.

use serde::{Deserialize, Serialize};

/// A language that there are letters in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // Each is the language of that ISO 639-1 code.
pub enum Language {
    En,
    Ru,
    Zh,
    Es,
    Pt,
    De,
    Fr,
}

impl Language {
    /// Every language, English first.
    pub const ALL: [Language; 7] = [
        Language::En,
        Language::Ru,
        Language::Zh,
        Language::Es,
        Language::Pt,
        Language::De,
        Language::Fr,
    ];

    /// Its ISO 639-1 code, which is its BCP 47 tag, too.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Ru => "ru",
            Language::Zh => "zh",
            Language::Es => "es",
            Language::Pt => "pt",
            Language::De => "de",
            Language::Fr => "fr",
        }
    }

    /// The language of a BCP 47 tag such as `pt-BR`; `None` where there are no letters in it.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Language> {
        let code = tag.split(['-', '_']).next()?;
        Language::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(code))
    }

    /// The language to write to a client in: the user's choice; else what the client writes in; else the
    /// one that the user writes in by default, or English, which trade abroad is done in where nothing
    /// else is known. Where they live is no sign of what they want to read.
    #[must_use]
    pub fn for_client(
        chosen: Option<Language>,
        heard: Option<&str>,
        usual: Option<Language>,
    ) -> Language {
        chosen
            .or_else(|| heard.and_then(Language::of_tag))
            .or(usual)
            .unwrap_or(Language::En)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_gives_its_language_where_there_are_letters_in_it() {
        assert_eq!(Language::of_tag("pt-BR"), Some(Language::Pt));
        assert_eq!(Language::of_tag("zh_Hans_CN"), Some(Language::Zh));
        assert_eq!(Language::of_tag("DE"), Some(Language::De));
        assert_eq!(Language::of_tag("vi"), None);
        assert_eq!(Language::of_tag(""), None);
    }

    #[test]
    fn the_users_choice_wins_then_the_clients_own_letters() {
        let chosen = Some(Language::Fr);
        assert_eq!(Language::for_client(chosen, Some("de"), None), Language::Fr);
        let usual = Some(Language::Es);
        for (heard, usual, language) in [
            (Some("de-AT"), None, Language::De),
            (Some("de-AT"), usual, Language::De),
            (Some("vi"), None, Language::En),
            (Some("vi"), usual, Language::Es),
            (None, usual, Language::Es),
            (None, None, Language::En),
        ] {
            assert_eq!(Language::for_client(None, heard, usual), language);
        }
    }
}
