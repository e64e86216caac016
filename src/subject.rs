//! Subjects: what stands there without what answering and forwarding put in front of it.

/// Marks of answers and forwards, in lower case, as mail programs of many languages write them.
const MARKS: [&str; 44] = [
    "re",
    "r",
    "fw",
    "fwd",
    "aw",
    "wg",
    "antw",
    "antwort",
    "sv",
    "vs",
    "vl",
    "vb",
    "ref",
    "rif",
    "i",
    "tr",
    "rv",
    "res",
    "enc",
    "odp",
    "pd",
    "ynt",
    "ilt",
    "i̇lt",
    "atb",
    "ats",
    "vá",
    "továbbítás",
    "απ",
    "σχετ",
    "πρθ",
    "ответ",
    "отв",
    "на",
    "пересл",
    "回复",
    "回覆",
    "答复",
    "答覆",
    "转发",
    "轉寄",
    "返信",
    "転送",
    "trả lời",
];
/// How many marks are taken off: nobody answers more often without the mark growing a number.
const MOST: usize = 12;

/// The subject without marks such as `Re:`, `AW:`, `Fwd[2]:`, `回复：`.
#[must_use]
pub fn base_subject(subject: &str) -> &str {
    let mut subject = subject.trim();
    for _ in 0..MOST {
        let Some((mark, rest)) = subject.split_once([':', '：']) else {
            break;
        };
        let mark = mark.trim().to_lowercase();
        let mark = mark.trim_end_matches(|c: char| c.is_ascii_digit() || "[]()^ ".contains(c));
        if !MARKS.contains(&mark) {
            break;
        }
        subject = rest.trim();
    }
    subject
}

/// Whether an answer or a forward carries the subject along: then it says what the first letter was,
/// not this one.
#[must_use]
pub fn is_carried(subject: &str) -> bool {
    base_subject(subject) != subject.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_off_in_every_language() {
        for marked in [
            "Offer",
            "Re: Offer",
            "RE: Fwd: Offer",
            "AW: WG: Offer",
            "Re[2]: Offer",
            "Re (3) : Offer",
            "回复：Offer",
            "Ответ: Offer",
            "Trả lời: Offer",
            " re:re:re: Offer ",
        ] {
            assert_eq!(base_subject(marked), "Offer", "{marked}");
            assert_eq!(is_carried(marked), marked != "Offer", "{marked}");
        }
        for whole in [
            "PO: 4500",
            "Lead time: urgent",
            "",
            "12: 30",
            "Iluminación: packing",
        ] {
            assert_eq!(base_subject(whole), whole, "{whole}");
            assert!(!is_carried(whole), "{whole}");
        }
    }
}
