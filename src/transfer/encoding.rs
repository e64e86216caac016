//! Which encoding a text file is in. The page decodes it: browsers know them all.

/// The encoding, by the name that the Encoding Standard gives it (the argument of `TextDecoder`).
///
/// A byte order mark decides. Without one, UTF-16 betrays itself by the zero bytes of its ASCII half; what is
/// valid UTF-8 is UTF-8; what is left and fits GB18030 is that, since Excel in China writes it; where letters beyond
/// ASCII make whole words it is Windows-1251, as Excel in Russia, else Windows-1252, as Excel in the west.
#[must_use]
pub fn detect(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return "utf-8",
        [0xff, 0xfe, ..] => return "utf-16le",
        [0xfe, 0xff, ..] => return "utf-16be",
        _ => {}
    }
    let head = bytes.get(..4096).unwrap_or(bytes);
    let zeros = |odd: usize| {
        let every = head.iter().skip(odd).step_by(2);
        every.filter(|byte| **byte == 0).count()
    };
    // A delimiter or a line's end at the least is ASCII, and UTF-8 text has no zero bytes at all.
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd > 0 {
        return if odd >= even { "utf-16le" } else { "utf-16be" };
    }
    if is_utf8(bytes) {
        "utf-8"
    } else if is_gb18030(bytes) {
        "gb18030"
    } else if is_cyrillic(bytes) {
        "windows-1251"
    } else {
        "windows-1252"
    }
}

/// Whether most bytes above ASCII stand side by side as Russian letters do: western accents stand alone, or in twos.
fn is_cyrillic(bytes: &[u8]) -> bool {
    let letter = |byte: u8| matches!(byte, 0xc0..=0xff | 0xa8 | 0xb8);
    let words = bytes.split(|byte| !letter(*byte));
    let words: usize = words.map(<[u8]>::len).filter(|length| *length > 2).sum();
    let above = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    words * 2 > above
}

/// Valid but for a character that is cut off at the end.
fn is_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// Whether every byte above ASCII belongs to a pair or a group of four, and most pairs to the letters in daily use: Chinese
/// text is nearly all of the signs and the first level of GB 2312, while western accents stand alone among ASCII, and small
/// Cyrillic letters would be rare signs of the second level.
fn is_gb18030(bytes: &[u8]) -> bool {
    let (mut common, mut others) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = match (first, tail) {
            (0..=0x7f, _) => tail,
            (0x81..=0xfe, [0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, tail @ ..]) => {
                others += 1;
                tail
            }
            (0xa1..=0xa9 | 0xb0..=0xd7, [0xa1..=0xfe, tail @ ..]) => {
                common += 1;
                tail
            }
            (0x81..=0xfe, [0x40..=0x7e | 0x80..=0xfe, tail @ ..]) => {
                others += 1;
                tail
            }
            (0x81..=0xfe, []) => tail,
            _ => return false,
        };
    }
    common > others
}

#[cfg(test)]
mod tests {
    use super::*;

    // The bytes are Python's: '客户,国家\n魏伯,德国\n'.encode(…).
    const GB: &[u8] = b"\xbf\xcd\xbb\xa7,\xb9\xfa\xbc\xd2\x0a\xce\xba\xb2\xae,\xb5\xc2\xb9\xfa\x0a";
    const LE: &[u8] = b"\xa2[7b,\x00\xfdV\xb6[\x0a\x00O\x9b/O,\x00\xb7_\xfdV\x0a\x00";
    const BE: &[u8] = b"[\xa2b7\x00,V\xfd[\xb6\x00\x0a\x9bOO/\x00,_\xb7V\xfd\x00\x0a";

    #[test]
    fn encodings_are_told_by_mark_and_by_content() {
        let cases: [(&[u8], &str); 11] = [
            (b"\xef\xbb\xbfName", "utf-8"),
            (b"\xff\xfeN\0", "utf-16le"),
            (b"\xfe\xff\0N", "utf-16be"),
            ("Müller,Größe\n".as_bytes(), "utf-8"),
            ("客户,国家\n".as_bytes(), "utf-8"),
            (GB, "gb18030"),
            (LE, "utf-16le"),
            (BE, "utf-16be"),
            (b"M\xfcller;Gr\xf6\xdfe;Stra\xdfe\n", "windows-1252"),
            // 'Имя;Почта;Страна\nИван;ivan@zavod.ru;Россия\n', and words of two and four letters alone: 'Цены;Наши\n'
            (b"\xc8\xec\xff;\xcf\xee\xf7\xf2\xe0;\xd1\xf2\xf0\xe0\xed\xe0\n\xc8\xe2\xe0\xed;ivan@zavod.ru;\xd0\xee\xf1\xf1\xe8\xff\n", "windows-1251"),
            (b"\xd6\xe5\xed\xfb;\xcd\xe0\xf8\xe8\n", "windows-1251"),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(detect(bytes), encoding, "{bytes:?}");
        }
    }

    #[test]
    fn a_character_cut_off_at_the_end_changes_nothing() {
        let text = "客户".as_bytes();
        assert_eq!(detect(&text[..text.len() - 1]), "utf-8");
        assert_eq!(detect(&GB[..GB.len() - 2]), "gb18030");
    }
}
