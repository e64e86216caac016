use super::*;
use crate::transfer::calendar::cases;
use crate::transfer::calendar::tests::{all, now};

// Python's csv module reads these cells back from the row. The quotation of Monday 2 November is recalled on the third
// working day, at 10:00 in Berlin.
#[test]
fn clients_make_a_table_that_no_spreadsheet_takes_for_formulas() {
    let sheet = clients(&cases(&all(), now()));
    let lines: Vec<_> = sheet.split("\r\n").collect();
    assert!(sheet.starts_with("\u{feff}email,name,company,"));
    assert_eq!(
        lines[1],
        "anna@weber.de,\"'=HYPERLINK(\"\"http://x\"\",\"\"Anna\"\")\",weber.de,me@seller.example,DE,Europe/Berlin,europe_america,quoted,open,\"pumps, \"\"large\"\"\",yes,1,0,2026-11-02T09:00:00Z,touch,2026-11-05T09:00:00Z,"
    );
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[3], "");
}
