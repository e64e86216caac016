use super::*;
use crate::draft::template::placeholders;

/// The values that a letter may ask for.
const NAMES: [&str; 9] = [
    "name", "fullname", "about", "company", "news", "holiday", "from", "until", "answer",
];
/// Values that every letter can do without; the others need a label for their gap.
const CONDITIONAL: [&str; 4] = ["about", "name", "fullname", "news"];
const SHARED: [&str; 5] = ["hello", "bye", "patient", "samples", "wishes"];

fn everything(kind: LetterKind, language: Language) -> Outline {
    let day = |text: &str| text.parse().unwrap();
    Outline {
        called: Called::read("Anna Weber", "DE".parse().ok()),
        about: Some("LED-3030".into()),
        company: Some("Weber Licht".into()),
        news: Some("NEWS".into()),
        feast: Some("christmas"),
        closed: Some((day("2027-02-05"), day("2027-02-14"))),
        samples: true,
        wishes: true,
        me: Some("Li Na".into()),
        ..Outline::new(kind, language)
    }
}

fn all() -> impl Iterator<Item = (LetterKind, Language)> {
    Language::ALL
        .into_iter()
        .flat_map(|language| LetterKind::ALL.map(|kind| (kind, language)))
}

#[test]
fn every_placeholder_exists_and_has_a_label_where_it_can_be_missing() {
    for (kind, language) in all() {
        let text = shelf::letter(language, kind);
        let lines = text
            .lines()
            .flat_map(|line| placeholders(line).into_iter().map(move |one| (line, one)));
        for (line, (name, labelled)) in lines {
            let known = NAMES.contains(&name) || SHARED.contains(&name) || name == "offer";
            assert!(known, "{kind:?} {language:?}: {name}");
            // Or the line stands only where it is known.
            let may_lack = SHARED.contains(&name)
                || CONDITIONAL.contains(&name)
                || line.starts_with(&format!("subject ?{name}:"));
            assert!(
                labelled || may_lack,
                "{kind:?} {language:?}: {name} has no label"
            );
        }
    }
}

#[test]
fn news_has_a_place_where_it_is_said_to_have_one() {
    for (kind, language) in all() {
        let text = shelf::letter(language, kind);
        let has = placeholders(text).iter().any(|(name, _)| *name == "news");
        assert_eq!(has, kind.has_news(), "{kind:?} {language:?}");
    }
}

#[test]
fn a_letter_without_facts_reads_well_and_shows_every_gap() {
    for (kind, language) in all() {
        let draft = write(&Outline::new(kind, language));
        assert!(
            !draft.body.contains('{') && !draft.body.contains('}'),
            "{}",
            draft.body
        );
        assert!(!draft.body.contains("\n\n\n"), "{}", draft.body);
        assert!(
            !draft.subject.is_empty() && !draft.subject.contains('{'),
            "{}",
            draft.subject
        );
        for gap in &draft.gaps {
            assert!(draft.body.contains(gap.as_str()), "{gap}");
            // A gap names what is missing in words, never by the placeholder's own name.
            assert!(gap.chars().count() > 3, "{kind:?} {language:?}: {gap}");
        }
        // What is not known is not spoken of.
        for absent in ["{", "|", "about"] {
            assert!(
                !draft.gaps.iter().any(|gap| gap.contains(absent)),
                "{:?}",
                draft.gaps
            );
        }
    }
}

#[test]
fn a_letter_with_every_fact_has_only_the_gaps_that_are_the_users_to_fill() {
    for (kind, language) in all() {
        let draft = write(&everything(kind, language));
        let own = match kind {
            LetterKind::Reply | LetterKind::Quotation | LetterKind::Samples => 1,
            _ => 0,
        };
        assert_eq!(
            draft.gaps.len(),
            own,
            "{kind:?} {language:?}: {:?}",
            draft.gaps
        );
        let calls = draft.body.lines().next().unwrap();
        assert!(calls.contains("Anna"), "{calls}");
        assert!(draft.body.ends_with("Li Na"), "{}", draft.body);
    }
}

// Both worked out by hand from data/letters/.
#[test]
fn p1_the_draft_names_what_the_client_last_asked_about() {
    let outline = Outline {
        called: Called::read("Anna Weber", None),
        about: Some("LED-3030".into()),
        news: Some("From 1 December we ship within 20 days.".into()),
        ..Outline::new(LetterKind::LeadTimes, Language::En)
    };
    let draft = write(&outline);
    assert_eq!(draft.subject, "Lead times for LED-3030");
    assert_eq!(
        draft.body,
        "Dear Anna,\n\n\
         To help you plan ahead for LED-3030, here is where we stand:\n\n\
         From 1 December we ship within 20 days.\n\n\
         If you can tell me roughly which quantities you will need and when, I will see what we can \
         keep free for you. There is no commitment on your side.\n\n\
         Kind regards,"
    );
    assert_eq!(draft.gaps, Vec::<String>::new());
}

// Worked out by hand from data/letters/, with what mail programs show as names and subjects.
#[test]
fn a_letter_reads_well_whatever_the_mailbox_shows() {
    let letter = |kind, language, name: &str, country: &str, subject: &str| {
        write(&Outline {
            called: Called::read(name, country.parse().ok()),
            about: about_of(subject),
            ..Outline::new(kind, language)
        })
    };
    // Neither a name nor a subject.
    let nobody = letter(LetterKind::ProductNews, Language::Ru, "", "RU", "Re:");
    assert_eq!(nobody.subject, "Новинка");
    assert_eq!(
        nobody.body,
        "Здравствуйте!\n\n\
         У нас появилась новинка, которая может Вас заинтересовать:\n\n\
         [новый или улучшенный товар, два предложения]\n\n\
         Могу прислать фотографии, техническое описание или образец — что Вам удобнее.\n\n\
         С уважением,"
    );
    // A name in capitals, family name first, and a subject with everything in front of it.
    let subject = "RE: [EXTERNAL] AW: Anfrage zu Kugellagern 6204";
    let loud = letter(
        LetterKind::Quotation,
        Language::De,
        "WEBER, ANNA",
        "DE",
        subject,
    );
    assert_eq!(loud.subject, "Unser Angebot zu Kugellagern 6204");
    assert_eq!(
        loud.body,
        "Guten Tag Anna Weber,\n\n\
         hier ist unser aktuelles Angebot zu Kugellagern 6204:\n\n\
         [Preis, Menge, Lieferbedingungen, Gültigkeit]\n\n\
         Wenn Sie eine andere Menge, Verpackung oder andere Bedingungen wünschen, rechne ich gern neu.\n\n\
         Freundliche Grüße"
    );
    // A department, which nobody calls by its name, and a subject in another language than the letter.
    let office = letter(
        LetterKind::Samples,
        Language::Es,
        "PURCHASING DEPT.",
        "MX",
        "询价：太阳能板",
    );
    assert_eq!(office.subject, "Muestras de 太阳能板");
    assert_eq!(
        office.body,
        "Buenos días:\n\n\
         Para que pueda evaluar 太阳能板 de primera mano, me gustaría enviarle muestras:\n\n\
         [qué muestras, cuántas y quién paga el flete]\n\n\
         Si le parece bien, indíqueme por favor la dirección de entrega y un teléfono de contacto \
         para el mensajero.\n\n\
         Un cordial saludo,"
    );
    // Where people are not called by one word of their name.
    let whole = letter(LetterKind::Reply, Language::Zh, "王伟", "CN", "Price list");
    assert_eq!(whole.subject, "回复您的问题");
    assert_eq!(
        whole.body,
        "王伟，您好！\n\n\
         感谢您的来信。关于您的问题，答复如下：\n\n\
         【您的答复】\n\n\
         如还有不清楚的地方，请随时告诉我。\n\n\
         顺祝商祺！"
    );
}

#[test]
fn own_closing_days_are_written_as_the_language_writes_dates() {
    let subject = |language| write(&everything(LetterKind::OwnClosing, language)).subject;
    assert_eq!(
        subject(Language::En),
        "We are closed from 5 February 2027 to 14 February 2027"
    );
    assert_eq!(
        subject(Language::De),
        "Wir haben vom 5. Februar 2027 bis zum 14. Februar 2027 geschlossen"
    );
    assert_eq!(
        subject(Language::Zh),
        "放假通知：2027年2月5日至2027年2月14日"
    );
    assert_eq!(
        subject(Language::Ru),
        "Мы не работаем с 5 февраля 2027 г. по 14 февраля 2027 г."
    );
}

#[test]
fn the_first_of_a_month_is_written_as_the_language_does() {
    let closed = |language| {
        let day = |text: &str| text.parse().unwrap();
        let outline = Outline {
            closed: Some((day("2027-05-01"), day("2027-06-11"))),
            ..Outline::new(LetterKind::OwnClosing, language)
        };
        write(&outline).subject
    };
    assert_eq!(
        closed(Language::Fr),
        "Nous serons fermés du 1er mai 2027 au 11 juin 2027"
    );
    assert_eq!(
        closed(Language::Pt),
        "Estaremos fechados de 1º de maio de 2027 a 11 de junho de 2027"
    );
    assert_eq!(
        closed(Language::En),
        "We are closed from 1 May 2027 to 11 June 2027"
    );
}

// A feast stands in the case and with the article that the sentence asks for: in German after “zu”, in
// Russian after “с”, in Spanish where no “de el” or “a el” can come about.
#[test]
fn a_feast_is_named_as_the_sentence_needs_it() {
    let first = |language| {
        let outline = Outline {
            feast: Some("lunar new year"),
            ..Outline::new(LetterKind::Holiday, language)
        };
        let draft = write(&outline);
        assert_eq!(draft.gaps, Vec::<String>::new());
        let sentence = draft.body.lines().nth(2).unwrap();
        let words: Vec<&str> = sentence.split(' ').take(7).collect();
        (draft.subject, words.join(" "))
    };
    for (language, subject, words) in [
        (
            Language::De,
            "Alles Gute zum Mondneujahr",
            "zum Mondneujahr wünsche ich Ihnen, Ihrer Familie",
        ),
        (
            Language::Ru,
            "Поздравляю с Новым годом по лунному календарю",
            "Поздравляю Вас, Вашу семью и Ваших коллег",
        ),
        (
            Language::Es,
            "Mis mejores deseos para el Año Nuevo Lunar",
            "Ahora que llega el Año Nuevo Lunar,",
        ),
        (
            Language::Pt,
            "Meus melhores votos para o Ano-Novo Lunar",
            "Com o Ano-Novo Lunar chegando, desejo a",
        ),
        (
            Language::Fr,
            "Meilleurs vœux pour le Nouvel An lunaire",
            "Pour le Nouvel An lunaire, je vous",
        ),
        (
            Language::En,
            "Best wishes for the Lunar New Year",
            "My best wishes to you, your family",
        ),
    ] {
        let (is, begins) = first(language);
        assert_eq!((is.as_str(), begins.as_str()), (subject, words));
    }
    for language in [Language::Es, Language::Pt, Language::De, Language::Fr] {
        for kind in LetterKind::ALL {
            let outline = Outline {
                feast: Some("lunar new year"),
                ..everything(kind, language)
            };
            let Draft { subject, body, .. } = write(&outline);
            for wrong in [
                " de el ", " a el ", " de o ", " zu zum ", " de le ", " à le ",
            ] {
                assert!(!subject.contains(wrong) && !body.contains(wrong), "{body}");
            }
        }
    }
}

// French sets a space that does not break before these signs and within guillemets.
#[test]
fn french_signs_never_begin_a_line() {
    for kind in LetterKind::ALL {
        let draft = write(&everything(kind, Language::Fr));
        for text in [draft.subject, draft.body] {
            for sign in [" :", " ;", " ?", " !", " »", "« "] {
                assert!(!text.contains(sign), "{kind:?}: {text}");
            }
        }
    }
}

#[test]
fn chinese_letters_use_the_signs_of_chinese() {
    for kind in LetterKind::ALL {
        let outline = Outline {
            me: None,
            called: None,
            about: Some("太阳能板".into()),
            news: Some("新价格".into()),
            ..everything(kind, Language::Zh)
        };
        let draft = write(&outline);
        for text in [draft.subject, draft.body] {
            let half = text.chars().find(|c| ",.:;!?()[]".contains(*c));
            assert_eq!(half, None, "{kind:?}: {text}");
        }
    }
}

#[test]
fn every_language_names_every_feast_and_month() {
    let feasts = include_str!("../../data/main_holidays.tsv")
        .lines()
        .skip(1)
        .map(|line| line.split('\t').next().unwrap());
    for language in Language::ALL {
        let frame = Frame::parse(shelf::frame(language));
        for feast in feasts.clone() {
            assert!(frame.said(feast).is_some(), "{language:?}: {feast}");
        }
        assert_eq!(frame.said("months").unwrap().split('|').count(), 12);
    }
}

/// Words that press, by language.
const PRESSING: [(Language, &[&str]); 7] = [
    (
        Language::En,
        &[
            "urgent",
            "as soon as possible",
            "asap",
            "hurry up",
            "last chance",
            "limited time",
            "only today",
            "immediately",
            "deadline",
        ],
    ),
    (
        Language::Ru,
        &[
            "срочно",
            "как можно скорее",
            "последний шанс",
            "только сегодня",
            "немедленно",
            "поторопитесь",
        ],
    ),
    (
        Language::Zh,
        &[
            "紧急",
            "尽快",
            "马上",
            "最后机会",
            "仅限今天",
            "立即",
            "赶快",
        ],
    ),
    (
        Language::Es,
        &[
            "urgente",
            "cuanto antes",
            "última oportunidad",
            "solo hoy",
            "inmediatamente",
        ],
    ),
    (
        Language::Pt,
        &[
            "urgente",
            "o quanto antes",
            "última chance",
            "só hoje",
            "imediatamente",
        ],
    ),
    (
        Language::De,
        &[
            "dringend",
            "so schnell wie möglich",
            "letzte chance",
            "nur heute",
            "umgehend",
            "sofort",
        ],
    ),
    (
        Language::Fr,
        &[
            "urgent",
            "dès que possible",
            "dernière chance",
            "aujourd’hui seulement",
            "immédiatement",
        ],
    ),
];

#[test]
fn i4_no_letter_presses_and_those_to_india_say_so() {
    for (language, words) in PRESSING {
        for kind in LetterKind::ALL {
            let text = shelf::letter(language, kind).to_lowercase();
            for word in words {
                assert!(!text.contains(word), "{kind:?} {language:?}: {word}");
            }
        }
        let patient = Outline {
            patient: true,
            ..Outline::new(LetterKind::PriceQuality, language)
        };
        let calm = Frame::parse(shelf::frame(language))
            .said("patient")
            .unwrap();
        assert!(write(&patient).body.contains(calm), "{language:?}");
    }
}

#[test]
fn p2_every_letter_is_recognised_as_what_it_brings_and_none_as_a_bare_check() {
    use crate::history::TouchKind;
    use crate::kind::{Glance, classify};
    for (kind, language) in all() {
        let draft = write(&Outline::new(kind, language));
        let glance = Glance {
            subject: &draft.subject,
            text: Some(&draft.body),
            ..Glance::default()
        };
        let sent = match kind {
            LetterKind::Reply => continue,
            LetterKind::Quotation => TouchKind::Quote,
            LetterKind::Samples => TouchKind::Sample,
            LetterKind::Holiday | LetterKind::Anniversary => TouchKind::Greeting,
            _ => TouchKind::Value,
        };
        assert_eq!(classify(&glance), sent, "{kind:?} {language:?}");
        // In an answer the subject is the thread's, and the news the user's own.
        let known = Outline {
            about: Some("LED-3030".into()),
            news: Some("NEWS".into()),
            ..Outline::new(kind, language)
        };
        let glance = Glance {
            subject: "Re: LED-3030",
            text: Some(&write(&known).body),
            answers: true,
            ..Glance::default()
        };
        assert_eq!(
            classify(&glance),
            sent,
            "{kind:?} {language:?}: in an answer"
        );
    }
}
