use super::*;

// What each card holds was read from the same text by vobject 0.9.9 (addresses, names, parts of ADR), and
// worked by hand where that reads less (2.1's soft line ends).

#[test]
fn a_card_of_version_3_with_groups_folds_and_escapes() {
    let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Weber;Anna;;Dr.;\r\nFN:Dr. Anna Weber\r\nORG:Weber\\, Söhne GmbH;Einkauf\r\nitem1.EMAIL;type=INTERNET;type=WORK:anna@we\r\n ber.de\r\nEMAIL;type=HOME:anna.weber@gmx.de\r\nTEL;TYPE=cell:+49 170 1234567\r\nADR;TYPE=WORK:;;Hafenstr. 5;Hamburg;HH;20457;Germany\r\nNOTE:Likes samples\\nand tea\\; no calls\r\nCATEGORIES:VIP,Pumps\\, large\r\nEND:VCARD\r\n";
    let [anna] = <[Contact; 1]>::try_from(read(text)).unwrap();
    assert_eq!(anna.emails, ["anna@weber.de", "anna.weber@gmx.de"]);
    assert_eq!(anna.name, "Dr. Anna Weber");
    assert_eq!(anna.company, "Weber, Söhne GmbH");
    assert_eq!(anna.phones, ["+49 170 1234567"]);
    assert_eq!(anna.country, "Germany");
    assert_eq!(anna.address, ["Hafenstr. 5\nHamburg\nHH\n20457\nGermany"]);
    assert_eq!(anna.note, "Likes samples\nand tea; no calls");
    assert_eq!(anna.labels, ["VIP", "Pumps, large"]);
}

#[test]
fn a_card_of_version_2_1_in_quoted_printable() {
    let text = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2;=D0=98=\n=D0=B2=D0=B0=D0=BD\nEMAIL;INTERNET:ivan@zavod.ru\nNOTE;QUOTED-PRINTABLE:a=3Db\nEND:VCARD\n";
    let [ivan] = <[Contact; 1]>::try_from(read(text)).unwrap();
    assert_eq!(ivan.name, "Иван Иванов");
    assert_eq!(ivan.emails, ["ivan@zavod.ru"]);
    assert_eq!(ivan.note, "a=b");
}

#[test]
fn a_card_of_version_4_and_one_that_is_cut_off() {
    let text = "BEGIN:VCARD\nVERSION:4.0\nFN:João Lima\nTEL;VALUE=uri;TYPE=\"voice,work\":tel:+55-11-5555-0100\nADR;LABEL=\"Rua A: 5\\, São Paulo\":;;Rua A 5;São Paulo;SP;;Brasil\nEMAIL:joao@lima.com.br\nEND:VCARD\nBEGIN:VCARD\nFN:Cut off\nEMAIL:cut@off.example";
    let cards = read(text);
    assert_eq!(cards.len(), 2);
    assert_eq!(cards[0].phones, ["+55-11-5555-0100"]);
    assert_eq!(cards[0].country, "Brasil");
    assert_eq!(cards[0].emails, ["joao@lima.com.br"]);
    assert_eq!(cards[1].emails, ["cut@off.example"]);
    assert!(read("no card at all\n\n:::\n;;;").is_empty());
}
