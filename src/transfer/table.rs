//! Tables of contacts: which column is what, by the names that address books and programs for salespeople
//! give their columns, or as the user says.

use csv::{ReaderBuilder, StringRecord};
use serde::{Deserialize, Serialize};

use super::contacts::Contact;

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Nothing that Cadence has a use for.
    Ignored,
    /// One or several mail addresses.
    Email,
    /// A whole name.
    Name,
    /// A given name.
    First,
    /// A family name.
    Last,
    /// A company.
    Company,
    /// A country.
    Country,
    /// A telephone number.
    Phone,
    /// A part of a postal address.
    Address,
    /// A stage of the talks.
    Stage,
    /// A note.
    Note,
    /// Groups.
    Labels,
}

impl Column {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Column; 12] = [
        Column::Ignored,
        Column::Email,
        Column::Name,
        Column::First,
        Column::Last,
        Column::Company,
        Column::Country,
        Column::Phone,
        Column::Address,
        Column::Stage,
        Column::Note,
        Column::Labels,
    ];
}

/// What each column of a table is.
pub(super) struct Choice(pub(super) Vec<Column>);

/// The head of a table.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Columns {
    /// The columns' names.
    pub names: Vec<String>,
    /// What they are, as their names say.
    pub guess: Vec<Column>,
    /// For each, what stands in the first rows.
    pub samples: Vec<Vec<String>>,
    /// How many rows there are below the head.
    pub rows: usize,
}

/// So many rows are shown.
const SAMPLES: usize = 3;

/// Names of columns, in lower case: Google Contacts, Outlook, HubSpot, Streak, OKKI, and what people write
/// above the columns of their own lists.
const NAMES: [(Column, &str); 11] = [
    (
        Column::Email,
        "email|e-mail|mail|e-mail address|email address|email addresses|emails|contact email|contact emails|work email|邮箱|邮箱地址|电子邮箱|电子邮件|联系人邮箱|почта|эл. почта|электронная почта|адрес электронной почты|e-mail адрес|correo|correo electrónico",
    ),
    (
        Column::Name,
        "name|full name|display name|contact|contact name|contact person|file as|联系人|联系人姓名|姓名|имя и фамилия|фио|контакт|контактное лицо|nombre completo",
    ),
    (
        Column::First,
        "first name|given name|firstname|名|имя|nombre|vorname|prénom",
    ),
    (
        Column::Last,
        "last name|family name|surname|lastname|姓|фамилия|apellido|apellidos|nachname|nom",
    ),
    (
        Column::Company,
        "company|company name|associated company|organization|organisation|organization name|organization 1 - name|account|account name|公司|公司名称|客户名称|客户|компания|организация|название компании|empresa|firma|box name",
    ),
    (
        Column::Country,
        "country|country/region|country or region|country code|region|business country/region|home country/region|nation|国家|国家地区|国家/地区|国家或地区|страна|país|pais|land|pays",
    ),
    (
        Column::Phone,
        "phone|phone number|telephone|tel|mobile|mobile phone|mobile phone number|business phone|home phone|whatsapp|whatsapp number|cell|cell phone|电话|手机|联系电话|座机|телефон|мобильный|мобильный телефон|teléfono|telefon",
    ),
    (
        Column::Address,
        "address|street|street address|city|state|state/region|postal code|zip|zip code|business street|business city|business postal code|mailing address|地址|详细地址|城市|省份|адрес|город|улица|индекс|dirección|ciudad|adresse|ort|stadt",
    ),
    (
        Column::Stage,
        "stage|lifecycle stage|lead status|deal stage|status|pipeline stage|客户阶段|阶段|客户状态|商机阶段|этап|стадия|статус|etapa|phase",
    ),
    (
        Column::Note,
        "note|notes|comment|comments|description|remark|remarks|备注|客户备注|заметки|заметка|примечание|комментарий|notas|notiz|notizen",
    ),
    (
        Column::Labels,
        "labels|group membership|categories|tags|tag|groups|标签|分组|客户分组|метки|теги|группы|etiquetas",
    ),
];

fn guess(name: &str) -> Column {
    let name = name.trim().trim_start_matches('\u{feff}').to_lowercase();
    // Google numbers them: `E-mail 1 - Value`, `Phone 2 - Value`, `Address 1 - Country`.
    if let Some((head, tail)) = name.split_once(" - ") {
        let kind = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        match (kind, tail) {
            ("e-mail" | "email", "value") => return Column::Email,
            ("phone", "value") => return Column::Phone,
            ("address", "country") => return Column::Country,
            ("address", "formatted" | "street" | "city" | "region" | "postal code") => {
                return Column::Address;
            }
            ("organization", "name") => return Column::Company,
            _ => {}
        }
    }
    // Numbered columns of other programs, and what must be filled in: `Email 2`, `*邮箱`, `邮箱（必填）`.
    let bare = name
        .split(['(', '（', '[', '【'])
        .next()
        .unwrap_or_default();
    let signs = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '*' | ':' | '：');
    let plain = bare.trim_matches(signs);
    // `主要联系人-邮箱`
    let part = match name.is_ascii() {
        true => plain,
        false => plain.rsplit(['-', '－', '_']).next().unwrap_or_default(),
    };
    let means = |words: &str| {
        let mut words = words.split('|');
        words.any(|word| word == name || word == plain || word == part)
    };
    NAMES
        .iter()
        .find(|(_, words)| means(words))
        .map_or(Column::Ignored, |(column, _)| *column)
}

/// The sign between the cells: the one that the head has most of.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (sign, count) in &mut counts {
                    *count += usize::from(*sign == byte);
                }
            }
        }
    }
    // Of two with as many the first one.
    let best = counts.iter().rev().max_by_key(|(_, count)| *count);
    best.map_or(b',', |(sign, _)| *sign)
}

/// The rows, the head first. A row that cannot be read is passed over: the reader is told to mind neither
/// widths nor stray quotes, so there is none.
fn records(text: &str) -> Vec<StringRecord> {
    let text = text.trim_start_matches('\u{feff}');
    // Excel's own line, which says what stands between the cells.
    let (sign, text) = match text.split_once('\n') {
        Some((head, rest)) if head.to_ascii_lowercase().starts_with("sep=") => {
            (head.as_bytes().get(4).copied().unwrap_or(b','), rest)
        }
        _ => (delimiter(text), text),
    };
    let mut reader = ReaderBuilder::new()
        .delimiter(sign)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let filled = |record: &StringRecord| record.iter().any(|cell| !cell.trim().is_empty());
    reader.records().flatten().filter(filled).collect()
}

/// The head of a table, with what its columns seem to be. Where no name is known, a column whose cells are
/// addresses is the one of addresses.
#[must_use]
pub fn columns(text: &str) -> Columns {
    let mut records = records(text).into_iter();
    let head = records.next().unwrap_or_default();
    let body: Vec<StringRecord> = records.collect();
    let names: Vec<String> = head.iter().map(|name| name.trim().to_owned()).collect();
    let mut guess: Vec<Column> = names.iter().map(|name| guess(name)).collect();
    let samples: Vec<Vec<String>> = (0..names.len())
        .map(|at| {
            let cells = body.iter().filter_map(|row| row.get(at)).map(str::trim);
            let cells = cells.filter(|cell| !cell.is_empty()).take(SAMPLES);
            cells
                .map(|cell| crate::address::plain_text(cell, 60))
                .collect()
        })
        .collect();
    if !guess.contains(&Column::Email) {
        let address = |cells: &Vec<String>| {
            !cells.is_empty()
                && cells
                    .iter()
                    .all(|cell| cell.parse::<crate::address::Email>().is_ok())
        };
        if let Some(at) = samples.iter().position(address)
            && let Some(column) = guess.get_mut(at)
        {
            *column = Column::Email;
        }
    }
    Columns {
        names,
        guess,
        samples,
        rows: body.len(),
    }
}

/// The rows below the head as contacts.
pub(super) fn contacts(text: &str, choice: &Choice) -> Vec<Contact> {
    let rows = records(text).into_iter().skip(1);
    rows.map(|row| contact(&row, choice)).collect()
}

fn contact(row: &StringRecord, Choice(columns): &Choice) -> Contact {
    let mut contact = Contact::default();
    let (mut first, mut last) = (String::new(), String::new());
    for (cell, column) in row.iter().zip(columns) {
        // What our own export put before a cell that looked like a formula.
        let cell = cell.trim();
        let cell = match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => cell,
        };
        if cell.is_empty() {
            continue;
        }
        // Google puts several values of one kind into one cell.
        let several = || cell.split(" ::: ").map(|one| one.trim().to_owned());
        let set = |place: &mut String| {
            if place.is_empty() {
                cell.clone_into(place);
            }
        };
        match column {
            Column::Ignored => {}
            Column::Email => contact.emails.extend(several()),
            Column::Name => set(&mut contact.name),
            Column::First => set(&mut first),
            Column::Last => set(&mut last),
            Column::Company => set(&mut contact.company),
            Column::Country => set(&mut contact.country),
            Column::Phone => contact.phones.extend(several()),
            Column::Address => contact.address.push(cell.to_owned()),
            Column::Stage => contact.stages.push(cell.to_owned()),
            Column::Note => set(&mut contact.note),
            Column::Labels => contact.labels.extend(several()),
        }
    }
    if contact.name.is_empty() {
        contact.name = [first, last].join(" ").trim().to_owned();
    }
    contact
}
