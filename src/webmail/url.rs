//! Percent-encoding, as in a page's address (RFC 3986, 2.1).

/// The text without its escapes; what is no escape stays.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| {
            u8::from_str_radix(
                std::str::from_utf8(hex)
                    .ok()
                    .filter(|hex| !hex.starts_with('+'))?,
                16,
            )
            .ok()
        });
        bytes.push(escaped.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if escaped.is_some() {
            tail.get(2..).unwrap_or_default()
        } else {
            tail
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text with escapes for all but plain letters and digits.
pub(super) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(b).to_string()
            }
            _ => format!("%{b:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_survives_its_escapes() {
        // Python: urllib.parse.quote("INBOX/Обувь 5+", safe="").
        assert_eq!(
            encoded("INBOX/Обувь 5+"),
            "INBOX%2F%D0%9E%D0%B1%D1%83%D0%B2%D1%8C%205%2B"
        );
        assert_eq!(
            decoded("INBOX%2F%D0%9E%D0%B1%D1%83%D0%B2%D1%8C%205%2B"),
            "INBOX/Обувь 5+"
        );
        assert_eq!(decoded("a+b"), "a b");
        for odd in ["%", "%4", "%zz", "100%", "%+1"] {
            assert_eq!(decoded(odd), odd.replace('+', " "), "{odd}");
        }
        assert_eq!(decoded("%FF"), "\u{fffd}");
    }
}
