//! Runs of digits that can be telephone numbers, as they stand in a line.

use super::words::digit;

/// A number as it was written.
#[derive(Debug, Default, Clone)]
pub(super) struct Number {
    pub(super) digits: String,
    /// How many digits each group has.
    pub(super) groups: Vec<usize>,
    pub(super) plus: bool,
    /// The first group stands in square brackets, or in round ones.
    pub(super) square: bool,
    pub(super) round: bool,
    /// How many groups the opening bracket holds.
    pub(super) bracketed: usize,
    /// The line calls it a service line.
    pub(super) service: bool,
    /// The share of its weight that the line leaves it.
    pub(super) share: f64,
}

/// Finds runs of digits that can be telephone numbers.
pub(super) struct Scanner {
    found: Vec<Number>,
    number: Number,
    /// Digits of the group being read.
    group: usize,
    /// Separators since the last digit.
    gap: usize,
    open: Option<char>,
    /// The group being read stands in round brackets and is a zero so far.
    zero_in_brackets: bool,
}

impl Scanner {
    pub(super) fn scan(line: &str) -> Vec<Number> {
        let mut scanner = Scanner {
            found: Vec::new(),
            number: Number::default(),
            group: 0,
            gap: 0,
            open: None,
            zero_in_brackets: false,
        };
        let mut last = ' ';
        // Digits inside a word (an order number, an address on the net) are no telephone number.
        let mut in_word = false;
        for c in line.chars() {
            if let Some(value) = digit(c) {
                if !in_word {
                    scanner.digit(value);
                }
            } else if matches!(c, 'x' | 'X') && scanner.drops_operator(last) {
                // “+55 (0xx11)”: where Brazil writes the operator's two digits, left open.
            } else if c.is_alphabetic() || matches!(c, '@' | '_' | '#' | '№' | '%' | '$' | '€')
            {
                scanner.end();
                // A CJK or Thai label may touch its number.
                in_word = c.is_ascii() || !c.is_alphabetic();
                if !c.is_ascii() && c.is_alphabetic() {
                    in_word = false;
                }
            } else {
                if !matches!(c, '.' | '-' | '/' | '_') || !in_word {
                    in_word = false;
                }
                if matches!(c, ':' | ' ') {
                    in_word = false;
                }
                scanner.separator(c, last);
            }
            last = c;
        }
        scanner.end();
        scanner.found
    }

    /// Whether an `x` stands for an operator's digits, after a zero that is not dialled from abroad.
    fn drops_operator(&mut self, last: char) -> bool {
        if self.group == 1 && last == '0' && !self.number.groups.is_empty() {
            self.number.digits.pop();
            self.group = 0;
            return true;
        }
        matches!(last, 'x' | 'X') && self.group == 0 && self.open.is_some()
    }

    fn digit(&mut self, value: char) {
        if self.number.digits.is_empty() && self.group == 0 {
            match self.open {
                Some('[') => self.number.square = true,
                Some('(') => self.number.round = true,
                _ => {}
            }
        }
        self.zero_in_brackets = self.open == Some('(')
            && self.group == 0
            && value == '0'
            && (self.number.plus || !self.number.groups.is_empty());
        self.number.digits.push(value);
        self.group += 1;
        self.gap = 0;
    }

    fn separator(&mut self, c: char, last: char) {
        match c {
            '+' | '＋' => {
                self.end();
                self.number.plus = true;
            }
            '(' | '[' | '（' => {
                self.close_group();
                self.open = Some(if c == '[' { '[' } else { '(' });
                self.gap += 1;
            }
            ')' | ']' | '）' => {
                if self.zero_in_brackets && self.group == 1 {
                    // “+44 (0) 20”: the zero is not dialled from abroad.
                    self.number.digits.pop();
                    self.group = 0;
                }
                self.close_group();
                if self.number.bracketed == 0 {
                    self.number.bracketed = self.number.groups.len();
                }
                self.open = None;
                self.gap += 1;
            }
            '/' if self.number.digits.len() >= 9
                || last.is_whitespace() && self.number.digits.len() >= 7 =>
            {
                self.end();
            }
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '-' | '‐' | '‑' | '–' | '−' | '.' | '/'
            | '\u{200e}' | '\u{202a}' | '\u{202c}' | '\u{200f}' => {
                self.close_group();
                self.gap += 1;
            }
            _ => self.end(),
        }
        if self.gap > 3 {
            self.end();
        }
    }

    fn close_group(&mut self) {
        if self.group > 0 {
            self.number.groups.push(self.group);
            self.group = 0;
        }
        self.zero_in_brackets = false;
    }

    fn end(&mut self) {
        self.close_group();
        let number = std::mem::take(&mut self.number);
        if (7..=18).contains(&number.digits.len()) {
            self.found.push(number);
        }
        self.gap = 0;
        self.open = None;
    }
}
