use super::*;
use crate::scene::at;

fn me() -> Email {
    "me@seller.example".parse().unwrap()
}

fn table(text: &str) -> Gathered {
    let columns = columns(text);
    gather(
        &rows(text, &columns.guess),
        &me(),
        at("2026-11-23T09:00:00Z"),
    )
}

fn client<'g>(gathered: &'g Gathered, email: &str) -> &'g ClientRecord {
    let clients = gathered.intake.clients.iter();
    clients
        .clone()
        .find(|client| client.key.email.as_str() == email)
        .unwrap()
}

fn country(gathered: &Gathered, email: &str) -> Option<String> {
    let word = client(gathered, email).word?;
    Some(word.country.code().to_owned())
}

#[test]
fn google_contacts() {
    let text = "First Name,Middle Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Value,Address 1 - Country,Notes\r\nAnna,,Weber,\"Weber, Söhne\",* myContacts,Work,anna@weber.de ::: einkauf@weber.de,anna@gmx.de,+49 40 123456,Germany,\"two\nlines\"\r\n,,,Nobody,,,,,,,\r\n";
    let gathered = table(text);
    let emails: Vec<_> = gathered
        .intake
        .clients
        .iter()
        .map(|client| client.key.email.as_str())
        .collect();
    assert_eq!(emails, ["anna@gmx.de", "anna@weber.de", "einkauf@weber.de"]);
    assert_eq!(
        client(&gathered, "anna@weber.de").name.as_deref(),
        Some("Anna Weber")
    );
    assert_eq!(country(&gathered, "anna@weber.de").as_deref(), Some("DE"));
    assert_eq!(gathered.counts.get(&LeftOut::NoAddress), Some(&1));
    assert_eq!(
        gathered.left_out,
        [(LeftOut::NoAddress, "Nobody".to_owned())]
    );
}

#[test]
fn hubspot_streak_and_okki() {
    let hubspot = "Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Country/Region,Associated Company\n1,João,Lima,joao@lima.com.br,+55 11 5555 0100,Closed Won,Brazil,Lima\n2,X,Y,x@y.vn,,Weird,Atlantis,Y\n";
    let gathered = table(hubspot);
    assert_eq!(client(&gathered, "joao@lima.com.br").stage, Stage::Ordered);
    assert_eq!(
        country(&gathered, "joao@lima.com.br").as_deref(),
        Some("BR")
    );
    assert_eq!(
        gathered.unknown_stages,
        BTreeMap::from([("Weird".to_owned(), 1)])
    );
    assert_eq!(
        gathered.unknown_countries,
        BTreeMap::from([("Atlantis".to_owned(), 1)])
    );
    let streak = "Name\tStage\tEmail Addresses\tNotes\nPump deal\tQuote sent\tanna@weber.de, bo@weber.de\tabc\n";
    let gathered = table(streak);
    assert_eq!(gathered.intake.clients.len(), 2);
    assert_eq!(client(&gathered, "bo@weber.de").stage, Stage::Quoted);
    let okki = "客户名称;联系人;邮箱;国家地区;客户阶段\n越南贸易;阮文;an@viet.vn;越南;已寄样\n";
    let gathered = table(okki);
    assert_eq!(country(&gathered, "an@viet.vn").as_deref(), Some("VN"));
    assert_eq!(client(&gathered, "an@viet.vn").stage, Stage::Sampled);
    assert_eq!(
        client(&gathered, "an@viet.vn").name.as_deref(),
        Some("阮文")
    );
}

#[test]
fn what_must_be_filled_in_and_whose_it_is_does_not_hide_what_a_column_is() {
    let names = "*公司名称（必填）;主要联系人-邮箱;Email 2*;国家/地区 (必填);客户阶段：;联系人-电话;E-mail 1 - Label";
    let expected = [
        Column::Company,
        Column::Email,
        Column::Email,
        Column::Country,
        Column::Stage,
        Column::Phone,
        Column::Ignored,
    ];
    assert_eq!(columns(&format!("{names}\n")).guess, expected);
}

#[test]
fn of_two_stages_the_one_that_means_something_stands_and_notes_come_along() {
    let text = "Email,Lead Status,Lifecycle Stage,Notes\na@weber.de,Connected,Customer,\"likes\nblue\"\nb@weber.de,,Weird,\n";
    let gathered = table(text);
    let anna = client(&gathered, "a@weber.de");
    assert_eq!(anna.stage, Stage::Ordered);
    assert_eq!(
        anna.notes,
        [Note {
            at: at("2026-11-23T09:00:00Z"),
            text: "likes blue".into()
        }]
    );
    assert_eq!(
        gathered.unknown_stages,
        BTreeMap::from([("Weird".to_owned(), 1)])
    );
    // The same note in another list is no second one.
    let mut known = gathered.intake.clone();
    let mut later = gathered.intake.clone();
    for client in &mut later.clients {
        client
            .notes
            .iter_mut()
            .for_each(|note| note.at = at("2026-11-24T09:00:00Z"));
    }
    known.add_clients(later);
    assert_eq!(known.clients, gathered.intake.clients);
}

#[test]
fn machines_colleagues_and_doubles_are_left_out_and_counted() {
    let text =
        "Email\nnoreply@weber.de\nboss@seller.example\nanna@weber.de\nANNA@weber.de\nno address\n";
    let gathered = table(text);
    assert_eq!(gathered.intake.clients.len(), 1);
    let expected = [
        (LeftOut::NotAnAddress, 2),
        (LeftOut::Robot, 1),
        (LeftOut::Colleague, 1),
        (LeftOut::Double, 1),
    ];
    assert_eq!(gathered.counts, BTreeMap::from(expected));
}

#[test]
fn a_telephone_number_and_an_address_are_clues_but_no_word_of_the_user() {
    let text = "Email;Phone;City\nbuyer@trade-co.com;+84 28 3822 1234;Ho Chi Minh City\n";
    let gathered = table(text);
    let buyer = client(&gathered, "buyer@trade-co.com");
    assert_eq!(buyer.word, None);
    let read = buyer.signature.as_ref().unwrap();
    assert_eq!(
        read.country
            .map(|country| country.code().to_owned())
            .as_deref(),
        Some("VN")
    );
}

#[test]
fn a_table_without_known_names_is_read_once_its_columns_are_said() {
    let text = "A;B;C\nWeber;anna@weber.de;Deutschland\n";
    let columns = columns(text);
    assert_eq!(
        columns.guess,
        [Column::Ignored, Column::Email, Column::Ignored]
    );
    assert_eq!(
        (columns.rows, columns.samples[2].as_slice()),
        (1, &["Deutschland".to_owned()][..])
    );
    let choice = [Column::Name, Column::Email, Column::Country];
    let gathered = gather(&rows(text, &choice), &me(), at("2026-11-23T09:00:00Z"));
    assert_eq!(country(&gathered, "anna@weber.de").as_deref(), Some("DE"));
}

#[test]
fn excel_s_own_first_line_and_unclosed_quotes_are_no_obstacle() {
    assert_eq!(
        columns("sep=;\nEmail;Name\na@b.de;A\n").names,
        ["Email", "Name"]
    );
    assert_eq!(columns("Email,Name\na@b.de,\"A\n").rows, 1);
    assert_eq!(columns("").rows, 0);
}
