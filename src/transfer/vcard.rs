//! Address cards: vCard 2.1 (RFC-less, as telephones write it), 3.0 (RFC 2426) and 4.0 (RFC 6350).

use super::contacts::Contact;

/// Every card of a file, as a contact; what Cadence has no use for is passed over.
pub(super) fn read(text: &str) -> Vec<Contact> {
    let mut contacts = Vec::new();
    let mut open: Option<Contact> = None;
    for line in lines(text) {
        let Some(property) = Property::read(&line) else {
            continue;
        };
        match (property.name.as_str(), &mut open) {
            ("BEGIN", _) if property.value.trim().eq_ignore_ascii_case("VCARD") => {
                open = Some(Contact::default());
            }
            ("END", _) => contacts.extend(open.take()),
            (_, Some(contact)) => note(contact, &property),
            _ => {}
        }
    }
    contacts.extend(open);
    contacts
}

fn note(contact: &mut Contact, property: &Property) {
    let text = || unescaped(&property.value);
    match property.name.as_str() {
        "EMAIL" => contact.emails.push(text()),
        "FN" => contact.name = text(),
        // Family; given; middle; prefix; suffix.
        "N" if contact.name.is_empty() => {
            let parts = parts(&property.value);
            let part = |at: usize| parts.get(at).cloned().unwrap_or_default();
            contact.name = [part(1), part(0)].join(" ").trim().to_owned();
        }
        "ORG" => {
            contact.company = parts(&property.value)
                .into_iter()
                .next()
                .unwrap_or_default();
        }
        "TEL" => contact
            .phones
            .push(text().trim_start_matches("tel:").to_owned()),
        // Post office box; extended; street; locality; region; postcode; country.
        "ADR" => {
            let parts = parts(&property.value);
            if let Some(country) = parts.get(6).filter(|country| !country.is_empty()) {
                contact.country.clone_from(country);
            }
            let address = parts.iter().filter(|part| !part.is_empty());
            let address: Vec<_> = address.map(String::as_str).collect();
            contact.address.push(address.join("\n"));
        }
        "NOTE" => contact.note = text(),
        "CATEGORIES" => contact.labels.extend(listed(&property.value)),
        _ => {}
    }
}

/// A line of a card.
struct Property {
    name: String,
    value: String,
}

impl Property {
    fn read(line: &str) -> Option<Property> {
        let colon = end_of_head(line)?;
        let (head, value) = line.split_at_checked(colon)?;
        let value = value.strip_prefix(':')?;
        let mut head = head.split(';');
        // `item1.EMAIL`: a group says nothing to us.
        let name = head.next()?.rsplit('.').next()?.trim().to_ascii_uppercase();
        let params: Vec<String> = head.map(str::to_ascii_uppercase).collect();
        let quoted =
            |param: &String| param == "QUOTED-PRINTABLE" || param.ends_with("=QUOTED-PRINTABLE");
        let value = match params.iter().any(quoted) {
            true => from_quoted_printable(value),
            false => value.to_owned(),
        };
        Some(Property { name, value })
    }
}

/// Where the value begins: at the first colon that stands in no quotes.
fn end_of_head(line: &str) -> Option<usize> {
    let mut quoted = false;
    line.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == ':' && !quoted).then_some(at)
    })
}

/// The file's lines with the folded ones put together: one that begins with a blank goes on with the line
/// before it, and so does what follows a quoted-printable line that ends with `=`.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut soft = false;
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.trim_end_matches('\r');
        match lines.last_mut() {
            Some(last) if soft => {
                last.pop();
                last.push_str(line);
            }
            Some(last) if line.starts_with([' ', '\t']) => {
                last.push_str(line.get(1..).unwrap_or_default());
            }
            _ => lines.push(line.to_owned()),
        }
        let quoted = |line: &String| {
            let head = line.split(':').next().unwrap_or_default();
            head.to_ascii_uppercase().contains("QUOTED-PRINTABLE") && line.ends_with('=')
        };
        soft = lines.last().is_some_and(quoted);
    }
    lines
}

fn from_quoted_printable(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    while let [first, tail @ ..] = rest {
        let escaped = match (first, tail) {
            (b'=', [high, low, after @ ..]) => digit(*high)
                .zip(digit(*low))
                .map(|(high, low)| (high * 16 + low, after)),
            _ => None,
        };
        let (byte, after) = escaped.unwrap_or((*first, tail));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The parts between semicolons, each without its escapes.
fn parts(value: &str) -> Vec<String> {
    split(value, ';')
        .iter()
        .map(|part| unescaped(part))
        .collect()
}

/// The elements between commas.
fn listed(value: &str) -> Vec<String> {
    let all = split(value, ',');
    let all = all.iter().map(|part| unescaped(part).trim().to_owned());
    all.filter(|part| !part.is_empty()).collect()
}

/// Splits where a sign is not escaped.
fn split(value: &str, sign: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for c in value.chars() {
        if c == sign && !escaped {
            parts.push(String::new());
            continue;
        }
        escaped = c == '\\' && !escaped;
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(c) => text.push(c),
                None => {}
            },
            c => text.push(c),
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests;
