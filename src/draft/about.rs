//! What a thread is about, from its subject: `RE: Inquiry for LED lamps` is about LED lamps.

use crate::address::plain_text;
use crate::subject::base_subject;

/// Longer than this, in characters, no subject reads well within a sentence.
const LONGEST: usize = 60;
/// What stands in front of the thing itself, the longer ones first.
const BEFORE: [&str; 62] = [
    "order for",
    "order of",
    "request for quotation for",
    "request for quotation of",
    "request for quotation:",
    "request for quotation",
    "sample request for",
    "sample request:",
    "price request for",
    "price inquiry for",
    "inquiry about",
    "inquiry for",
    "inquiry on",
    "inquiry of",
    "inquiry:",
    "enquiry about",
    "enquiry for",
    "enquiry on",
    "enquiry of",
    "enquiry:",
    "quotation for",
    "quotation of",
    "quotation:",
    "quote for",
    "quote:",
    "our offer for",
    "your offer for",
    "offer for",
    "offer:",
    "prices for",
    "price for",
    "samples of",
    "sample of",
    "samples:",
    "rfq for",
    "rfq:",
    "rfq",
    "anfrage zu",
    "anfrage für",
    "anfrage:",
    "angebot für",
    "angebot zu",
    "angebot:",
    "consulta sobre",
    "cotización de",
    "cotización:",
    "cotação de",
    "cotação:",
    "orçamento de",
    "demande de prix pour",
    "demande de devis pour",
    "devis pour",
    "offre pour",
    "запрос цены на",
    "запрос на",
    "запрос:",
    "quotation",
    "offerta",
    "offer",
    "quote",
    "关于",
    "询价：",
];
/// What begins as [`NO_GOODS`] does and names goods.
const ORDERS: [&str; 2] = ["order for", "order of"];
/// What begins a subject that is about no goods.
const NO_GOODS: [&str; 44] = [
    "inquiry from",
    "enquiry from",
    "message from",
    "request from",
    "mail from",
    "contact form",
    "new message",
    "order",
    "your order",
    "our order",
    "purchase order",
    "po",
    "invoice",
    "proforma",
    "payment",
    "meeting",
    "our meeting",
    "your visit",
    "appointment",
    "introduction",
    "greetings",
    "happy",
    "merry",
    "best wishes",
    "reminder",
    "urgent",
    "thank you",
    "thanks for",
    "automatic reply",
    "invitation",
    "rechnung",
    "bestellung",
    "termin",
    "pedido",
    "factura",
    "fatura",
    "commande",
    "facture",
    "заказ",
    "счет",
    "счёт",
    "订单",
    "发票",
    "付款",
];
/// What stands behind it.
const AFTER: [&str; 13] = [
    " inquiry",
    " enquiry",
    " quotation",
    " quote",
    " rfq",
    " offer",
    " samples",
    " anfrage",
    " angebot",
    "的询价",
    "的报价",
    "询价",
    "报价",
];
/// What names no thing.
const NOTHING: [&str; 40] = [
    "inquiry",
    "enquiry",
    "quotation",
    "quote",
    "offer",
    "rfq",
    "request",
    "sample",
    "samples",
    "price",
    "prices",
    "price list",
    "order",
    "new order",
    "hello",
    "hi",
    "hey",
    "question",
    "questions",
    "meeting",
    "information",
    "info",
    "catalog",
    "catalogue",
    "cooperation",
    "business cooperation",
    "thank you",
    "thanks",
    "follow up",
    "follow-up",
    "update",
    "no subject",
    "(no subject)",
    "anfrage",
    "angebot",
    "cotización",
    "cotação",
    "запрос",
    "询价",
    "报价",
];

/// What the subject names; `None` where it names nothing that a sentence could be about.
#[must_use]
pub fn about_of(subject: &str) -> Option<String> {
    let mut about = plain_text(subject, 2 * LONGEST);
    loop {
        // What decorates a subject, such as an emoji, stands in front of marks or behind them.
        let base = base_subject(about.trim_start_matches(is_decoration));
        match without_tag(base) {
            Some(rest) => about = rest,
            None if base.len() < about.len() => about = base.to_owned(),
            None => break,
        }
    }
    if without_front(&about, &ORDERS).is_none() && begins(&about, &NO_GOODS) {
        return None;
    }
    about = about.trim_end_matches(is_decoration).to_owned();
    if let Some(rest) = without_front(&about, &BEFORE) {
        about = rest;
    }
    if let Some(rest) = without_number(&about) {
        about = rest;
    }
    if let Some(rest) = AFTER.iter().find_map(|after| without_end(&about, after)) {
        about = rest;
    }
    let about = about.trim_matches(|c: char| c.is_whitespace() || ",;:.!?-–—|/".contains(c));
    let length = about.chars().count();
    let named = about.chars().any(char::is_alphabetic);
    let fits = named && (2..=LONGEST).contains(&length) && !about.contains('…');
    let nothing = NOTHING.contains(&about.to_lowercase().as_str());
    (fits && !nothing).then(|| unshouted(about))
}

/// Emoji and other signs that are no part of what is said.
fn is_decoration(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_ascii_punctuation() && !"“”«»„‚‘’（）【】《》：".contains(c)
}

/// Whether a text begins with one of these and the word ends there.
fn begins(text: &str, fronts: &[&str]) -> bool {
    without_front(text, fronts).is_some()
}

/// A subject in capitals as people write; short words may be what they are called by, as in `LED`.
fn unshouted(about: &str) -> String {
    if about.chars().any(char::is_lowercase) {
        return about.to_owned();
    }
    let vowels = "AEIOUYАЕЁИОУЫЭЮЯ";
    let word = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let spoken = letters > 4 && word.contains(|c| vowels.contains(c));
        if !spoken || word.contains(char::is_numeric) {
            return word.to_owned();
        }
        let mut begun = false;
        word.chars()
            .flat_map(|c| match std::mem::replace(&mut begun, c.is_alphabetic()) {
                true => c.to_lowercase().collect::<Vec<_>>(),
                false => vec![c],
            })
            .collect()
    };
    let words: Vec<String> = about.split(' ').map(word).collect();
    words.join(" ")
}

/// The text without what a mail server put in front, such as `[EXTERNAL]`.
fn without_tag(text: &str) -> Option<String> {
    let (_, rest) = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => text.strip_prefix('【')?.split_once('】')?,
    };
    Some(rest.trim_start().to_owned()).filter(|rest| !rest.is_empty())
}

/// The text without the first of these that it begins with, whatever the case.
fn without_front(text: &str, fronts: &[&str]) -> Option<String> {
    fronts.iter().find_map(|front| {
        let mut rest = text.chars();
        let same = front.chars().all(|wanted| {
            rest.next()
                .is_some_and(|c| c.to_lowercase().eq(std::iter::once(wanted)))
        });
        let ends_word = !front.ends_with(char::is_alphanumeric)
            || !front.is_ascii()
            || !rest.as_str().starts_with(char::is_alphanumeric);
        (same && ends_word).then(|| rest.as_str().trim_start().to_owned())
    })
}

/// The text behind a document's number: `Quotation LP-2217 – track lights` is about track lights.
fn without_number(text: &str) -> Option<String> {
    let (number, rest) = text.split_once([' ', '\u{a0}'])?;
    let rest = rest.trim_start().strip_prefix(['-', '–', '—', ':', '|'])?;
    let is_number = number.chars().any(|c| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-/#._".contains(c));
    is_number.then(|| rest.trim_start().to_owned())
}

/// The text without this end, whatever the case.
fn without_end(text: &str, end: &str) -> Option<String> {
    let keep = text.chars().count().checked_sub(end.chars().count())?;
    let tail: String = text.chars().skip(keep).collect();
    let same = tail.to_lowercase() == end;
    same.then(|| text.chars().take(keep).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_subject_names_the_thing_itself() {
        for (subject, about) in [
            ("Re: Fwd: Inquiry for LED lamps", "LED lamps"),
            ("RE: [EXTERNAL] Quotation for pumps DN50", "pumps DN50"),
            ("RFQ: steel pipes, 6 m", "steel pipes, 6 m"),
            ("Bamboo flooring inquiry", "Bamboo flooring"),
            ("AW: Anfrage zu Kugellagern 6204", "Kugellagern 6204"),
            ("Запрос на насосы", "насосы"),
            ("回复：关于太阳能电池板的询价", "太阳能电池板"),
            ("Offered goods", "Offered goods"),
            (
                "Offerta LP-2251 – marine bulkhead lights",
                "marine bulkhead lights",
            ),
            (
                "Quotation LP-2217 – track lights for 14 shops",
                "track lights for 14 shops",
            ),
            ("RFQ: 1,200 LED high bays", "1,200 LED high bays"),
            ("Solar panels", "Solar panels"),
            ("🔥 Inquiry for LED lamps 🔥", "LED lamps"),
            ("Re: 🔥🔥 RE: Inquiry: LED lamps (12 W)", "LED lamps (12 W)"),
            ("Re: AW: 回复：RE: Fwd: WG: LED lamps", "LED lamps"),
            ("AW: [EXT] Re: [SPAM?] LED lamps", "LED lamps"),
            ("INQUIRY FOR SOLAR PANELS 550W", "Solar Panels 550W"),
            ("RFQ LED STRIPS, IP65", "LED Strips, IP65"),
            ("ЗАПРОС НА НАСОСЫ", "Насосы"),
            ("Order for garden chairs", "garden chairs"),
            ("Poultry feeders", "Poultry feeders"),
            ("【询价】太阳能板", "太阳能板"),
        ] {
            assert_eq!(about_of(subject).as_deref(), Some(about), "{subject}");
        }
    }

    #[test]
    fn what_names_nothing_is_not_spoken_of() {
        for subject in [
            "",
            "Re:",
            "Inquiry",
            "RE: quotation",
            "Hello!",
            "???",
            "12345",
            "Price list",
            "🔥🔥🔥",
            "Inquiry from Weber Ltd.",
            "Order 4711",
            "PO: 4500",
            "Your order 4711",
            "Meeting next Monday",
            "Happy New Year!",
            "Automatic reply: LED lamps",
            "Rechnung 2026-118",
            "Заказ № 15",
            "A subject that goes on and on until it fits into no sentence that anybody would write",
        ] {
            assert_eq!(about_of(subject), None, "{subject}");
        }
    }

    proptest! {
        #[test]
        fn any_subject_can_be_read(subject in "\\PC{0,200}") {
            if let Some(about) = about_of(&subject) {
                prop_assert!(about.chars().count() <= LONGEST && !about.contains('\n'));
            }
        }
    }
}
