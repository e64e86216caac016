//! Lines of a stranger's text as comparable words: lower case, no accents, digits of every script
//! as ASCII, so that `MÜNCHEN`, `München` and `munchen` are one.

/// How a word follows the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Joint {
    /// The line's first word, or parted from the last by punctuation that ends a phrase.
    Break,
    /// Parted by a space, a hyphen, a full stop.
    Space,
    /// Not parted: scripts that write no spaces, one letter a word.
    Glued,
}

/// One word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    start: usize,
    end: usize,
    /// Where it stands in the line as it was written.
    written: (usize, usize),
    /// How it follows the last.
    pub(super) joint: Joint,
    /// Written in capitals throughout (digits aside).
    pub(super) capitals: bool,
    /// Begins with a capital letter, or with a letter of a script that has none.
    pub(super) proper: bool,
    /// All digits.
    pub(super) number: bool,
}

/// The words of one line.
#[derive(Default, Debug)]
pub(super) struct Words {
    text: String,
    words: Vec<Word>,
}

impl Words {
    /// Reads one line.
    pub(super) fn read(line: &str) -> Words {
        let mut reader = Reader::default();
        let mut chars = line.char_indices().peekable();
        let mut last = ' ';
        while let Some((at, c)) = chars.next() {
            reader.at = at;
            reader.take(c, last, chars.peek().map(|(_, next)| *next));
            last = c;
        }
        reader.finish();
        reader.done
    }

    /// All words, in order.
    pub(super) fn all(&self) -> &[Word] {
        &self.words
    }

    /// The word at a place.
    pub(super) fn get(&self, at: usize) -> Option<&Word> {
        self.words.get(at)
    }

    /// The normal form of the words `from..to`.
    pub(super) fn phrase(&self, from: usize, to: usize) -> &str {
        match (
            self.words.get(from),
            to.checked_sub(1).and_then(|last| self.words.get(last)),
        ) {
            (Some(first), Some(last)) => self.text.get(first.start..last.end).unwrap_or_default(),
            _ => "",
        }
    }

    /// The words `from..to` as they stand in the line that was read.
    pub(super) fn written<'a>(&self, line: &'a str, from: usize, to: usize) -> Option<&'a str> {
        let first = self.words.get(from)?;
        let last = self.words.get(to.checked_sub(1)?)?;
        line.get(first.written.0..last.written.1)
    }

    /// The normal form of one word.
    pub(super) fn word(&self, at: usize) -> &str {
        self.phrase(at, at + 1)
    }

    /// Whether a phrase ends before a word: at the line's end, at a break, at a telephone's label.
    pub(super) fn ends_before(&self, at: usize) -> bool {
        const LABELS: [&str; 24] = [
            "tel",
            "telf",
            "telefon",
            "telefono",
            "telephone",
            "tlf",
            "phone",
            "ph",
            "fax",
            "mob",
            "mobile",
            "cell",
            "gsm",
            "t",
            "f",
            "m",
            "p",
            "e",
            "email",
            "www",
            "whatsapp",
            "тел",
            "моб",
            "tels",
        ];
        self.get(at)
            .is_none_or(|word| word.joint == Joint::Break || LABELS.contains(&self.word(at)))
    }

    /// The whole line's normal form.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

/// The normal form of a name, as tables hold it.
pub(crate) fn normal(name: &str) -> String {
    Words::read(name).text
}

/// A text in lower case and without accents, for looking for one in another.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_silent(*c)) {
        match c.is_ascii() {
            true => plain.push(c.to_ascii_lowercase()),
            false => push_normal(c, &mut plain),
        }
    }
    plain
}

/// The value of a decimal digit of any script that mail is likely to be written in.
pub(super) fn digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    const ZEROS: [u32; 14] = [
        0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6,
        0x0e50, 0x1040, 0xff10,
    ];
    let code = u32::from(c);
    ZEROS
        .iter()
        .find_map(|zero| char::from_digit(code.checked_sub(*zero)?, 10))
}

/// Letters of scripts that write no spaces between words.
fn is_glued(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3005..=0x3007 | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// ASCII forms of the letters U+00C0 to U+024F, then of U+1E00 to U+1EFF; `?` keeps the letter.
const LATIN: &[u8] = b"aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnn?nnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs?b???????d?????e?ff?????????????oo?????????????uu???????????????????dddlllnnnaaiioouuuuuuuuuu?aaaa????ggkkoooo??jdddgg??nnaa????aaaaeeeeiiiioooorrrruuuusstt??hh??????aaeeooooooooyy????????????????????????????";
const LATIN_MORE: &[u8] = b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas??s?aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??????";

/// Adds a letter's normal form.
fn push_normal(c: char, out: &mut String) {
    let code = u32::from(c);
    match c {
        'ß' | 'ẞ' => return out.push_str("ss"),
        'æ' | 'Æ' => return out.push_str("ae"),
        'œ' | 'Œ' => return out.push_str("oe"),
        _ => {}
    }
    let plain = match code {
        0x00c0..=0x024f => LATIN.get((code - 0xc0) as usize),
        0x1e00..=0x1eff => LATIN_MORE.get((code - 0x1e00) as usize),
        _ => None,
    };
    if let Some(letter) = plain.filter(|letter| letter.is_ascii_lowercase()) {
        return out.push(char::from(*letter));
    }
    let same = match c {
        'ə' | 'Ə' => 'e',
        'ё' | 'Ё' => 'е',
        'ά' | 'Ά' => 'α',
        'έ' | 'Έ' => 'ε',
        'ή' | 'Ή' => 'η',
        'ί' | 'Ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' | 'Ό' => 'ο',
        'ύ' | 'Ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' | 'Ώ' => 'ω',
        'ς' => 'σ',
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        // Full-width letters.
        '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(code - 0xfee0).unwrap_or(c)
        }
        _ => c,
    };
    out.extend(same.to_lowercase());
}

/// Marks that are part of a word but not of its normal form: accents written apart, Arabic vowel
/// signs and stretching, joiners, and every kind of apostrophe.
fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʻ' | 'ʼ' | '״' | '׳')
        || matches!(u32::from(c), 0x0300..=0x036f | 0x064b..=0x0652 | 0x0640 | 0x200b..=0x200f | 0x2060 | 0xfeff)
}

/// Marks after which a phrase does not go on.
fn is_break(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '|'
            | '•'
            | '·'
            | '('
            | ')'
            | '['
            | ']'
            | '<'
            | '>'
            | '"'
            | '\t'
            | '，'
            | '、'
            | '：'
            | '；'
            | '。'
            | '｜'
            | '（'
            | '）'
            | '【'
            | '】'
            | '*'
            | '='
            | '–'
            | '—'
            | '►'
            | '▪'
            | '●'
            | '،'
            | '!'
            | '?'
    )
}

#[derive(Default)]
struct Reader {
    done: Words,
    /// Where the character being taken stands in the line.
    at: usize,
    /// Where the word being read stands there.
    written: (usize, usize),
    /// The word being read: where it starts.
    start: Option<usize>,
    joint: Option<Joint>,
    letters: usize,
    capitals: usize,
    proper: bool,
    digits: usize,
    /// Characters since the last full stop inside the word.
    since_stop: usize,
    glued: bool,
    spaces: usize,
}

impl Reader {
    fn take(&mut self, c: char, last: char, next: Option<char>) {
        if is_silent(c) {
            return;
        }
        if let Some(digit) = digit(c) {
            self.begin(false);
            self.digits += 1;
            self.since_stop += 1;
            self.written.1 = self.at + c.len_utf8();
            self.done.text.push(digit);
        } else if c.is_alphanumeric() || (self.start.is_some() && !c.is_ascii() && is_mark(c)) {
            let glued = is_glued(c);
            if glued && !is_mark(c) {
                self.end();
            }
            self.begin(glued);
            if self.letters == 0 {
                self.proper = c.is_uppercase() || !c.is_lowercase();
            }
            self.letters += 1;
            self.capitals += usize::from(c.is_uppercase());
            self.since_stop += 1;
            self.written.1 = self.at + c.len_utf8();
            push_normal(c, &mut self.done.text);
        } else if c == '.'
            && self.since_stop == 1
            && self.letters > 0
            && next.is_some_and(char::is_alphabetic)
        {
            // S.r.l., U.S.A.: one word.
            self.since_stop = 0;
        } else {
            self.end();
            if c.is_whitespace() && c != '\t' {
                self.spaces += 1;
            }
            let dash = c == '-' && last.is_whitespace() && next.is_none_or(char::is_whitespace);
            if is_break(c) || dash || self.spaces >= 3 {
                self.joint = Some(Joint::Break);
            } else if self.joint.is_none_or(|joint| joint == Joint::Glued) {
                self.joint = Some(Joint::Space);
            }
        }
    }

    fn begin(&mut self, glued: bool) {
        if self.start.is_some() && glued == self.glued && !glued {
            return;
        }
        if self.start.is_some() {
            if glued {
                return;
            }
            self.end();
        }
        let joint = if self.done.words.is_empty() {
            Joint::Break
        } else {
            match self.joint.take() {
                Some(joint) => joint,
                None => Joint::Glued,
            }
        };
        self.joint = Some(joint);
        if joint != Joint::Glued && !self.done.text.is_empty() {
            self.done.text.push(' ');
        }
        self.start = Some(self.done.text.len());
        self.written = (self.at, self.at);
        self.glued = glued;
        self.letters = 0;
        self.capitals = 0;
        self.digits = 0;
        self.since_stop = 0;
        self.proper = false;
        self.spaces = 0;
    }

    fn end(&mut self) {
        let Some(start) = self.start.take() else {
            return;
        };
        let joint = self.joint.take().unwrap_or(Joint::Break);
        self.done.words.push(Word {
            start,
            end: self.done.text.len(),
            written: self.written,
            joint,
            capitals: self.letters > 0 && self.capitals == self.letters,
            proper: self.proper,
            number: self.letters == 0,
        });
    }

    fn finish(&mut self) {
        self.end();
    }
}

/// Vowel signs and tone marks of South and South-East Asian scripts, which belong to the letter
/// before them.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x0900..=0x0903 | 0x093a..=0x094f | 0x0951..=0x0957 | 0x0981..=0x0983 | 0x09bc..=0x09cd | 0x0b82 | 0x0bbe..=0x0bcd | 0x0d82 | 0x0d83 | 0x0dca..=0x0ddf | 0x0e31 | 0x0e34..=0x0e3a | 0x0e47..=0x0e4e | 0x0eb1 | 0x0eb4..=0x0ebc | 0x0ec8..=0x0ecd | 0x102b..=0x103e | 0x17b4..=0x17d3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_scripts_of_digits_do_not_matter() {
        for (name, plain) in [
            ("MÜNCHEN", "munchen"),
            ("Großbritannien", "grossbritannien"),
            ("Łódź", "lodz"),
            ("Hồ Chí Minh", "ho chi minh"),
            ("İstanbul", "istanbul"),
            ("Côte d’Ivoire", "cote divoire"),
            ("Xi'an", "xian"),
            ("٠٢١-۴۴", "021 44"),
            ("Ｔｏｋｙｏ　１２３", "tokyo 123"),
            ("U.S.A.", "usa"),
            ("S.r.l.", "srl"),
            ("Sp. z o.o.", "sp z oo"),
            ("St. Petersburg", "st petersburg"),
            ("Москва", "москва"),
            ("北京市", "北京市"),
            ("Mu\u{0308}nchen", "munchen"),
        ] {
            assert_eq!(normal(name), plain, "{name}");
        }
    }

    #[test]
    fn phrases_end_at_commas_and_glued_scripts_are_read_letter_by_letter() {
        let words = Words::read("Berlin, Germany - 中国北京");
        let joints: Vec<Joint> = words.all().iter().map(|word| word.joint).collect();
        assert_eq!(
            joints,
            [
                Joint::Break,
                Joint::Break,
                Joint::Break,
                Joint::Glued,
                Joint::Glued,
                Joint::Glued
            ]
        );
        assert_eq!(words.phrase(2, 6), "中国北京");
        assert_eq!(words.word(1), "germany");
    }

    #[test]
    fn a_word_is_shown_as_it_was_written() {
        for (line, from, to, written) in [
            ("Lampen GmbH, 20095 Hamburg", 1, 2, "GmbH"),
            ("Lampen GmbH, 20095 Hamburg", 3, 4, "Hamburg"),
            ("  · MÜNCHEN – Großbritannien", 1, 2, "Großbritannien"),
            ("Mu\u{308}nchen", 0, 1, "Mu\u{308}nchen"),
            ("Firma Sp. z o.o. Łódź", 1, 4, "Sp. z o.o"),
            ("Côte d’Ivoire", 0, 2, "Côte d’Ivoire"),
            ("邮编 100000 北京市", 3, 6, "北京市"),
        ] {
            let words = Words::read(line);
            assert_eq!(words.written(line, from, to), Some(written), "{line}");
        }
        assert_eq!(Words::read("Anna").written("Anna", 0, 2), None);
    }
}
