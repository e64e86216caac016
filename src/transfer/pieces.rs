//! A file in pieces, each small enough for one write.

use std::collections::BTreeMap;

use crate::client::company_of;
use crate::intake::Intake;
use crate::store::CompanyKey;

/// So many clients and messages make a piece.
const ENOUGH: usize = 2_000;

/// Cuts records into pieces. What belongs to one company stays together, so that its clients are planned for
/// once; settings and mailboxes come first.
#[must_use]
pub fn cut(records: &Intake) -> Vec<Intake> {
    let mut companies: BTreeMap<CompanyKey, Intake> = BTreeMap::new();
    for company in &records.companies {
        let of = companies.entry(company.key.clone()).or_default();
        of.companies.push(company.clone());
    }
    for client in &records.clients {
        let of = companies.entry(client.company_key()).or_default();
        of.clients.push(client.clone());
    }
    for thread in &records.threads {
        let key = CompanyKey {
            account: thread.key.account.clone(),
            name: company_of(&thread.client),
        };
        let of = companies.entry(key).or_default();
        of.threads.push(thread.clone());
    }
    let mut pieces = Vec::new();
    let mut piece = Intake {
        accounts: records.accounts.clone(),
        settings: records.settings.clone(),
        hints: records.hints,
        ..Intake::default()
    };
    let mut weight = 0;
    for of in companies.into_values() {
        let messages = of
            .threads
            .iter()
            .map(|thread| thread.history.touches().len());
        weight += of.clients.len() + messages.sum::<usize>();
        piece.companies.extend(of.companies);
        piece.clients.extend(of.clients);
        piece.threads.extend(of.threads);
        if weight >= ENOUGH {
            let next = Intake {
                hints: records.hints,
                ..Intake::default()
            };
            pieces.push(std::mem::replace(&mut piece, next));
            weight = 0;
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transfer::document::Document;

    #[test]
    fn nothing_is_lost_between_pieces_and_no_company_is_split() {
        let client = |n: usize| {
            format!(
                r#"{{"account":"me@seller.example","email":"a{n}@c{}.de","company":""}}"#,
                n % 2_500
            )
        };
        let clients: Vec<_> = (0..5_000).map(client).collect();
        let text = format!(
            r#"{{"format":"cadence","version":1,"settings":[{{"version":1}}],"clients":[{}]}}"#,
            clients.join(",")
        );
        let records = Document::read(&text).unwrap().records;
        let pieces = cut(&records);
        assert_eq!(pieces.len(), 3);
        assert_eq!(
            pieces
                .iter()
                .map(|piece| piece.clients.len())
                .sum::<usize>(),
            5_000
        );
        assert_eq!(
            pieces
                .iter()
                .filter(|piece| piece.settings.is_some())
                .count(),
            1
        );
        let companies = pieces.iter().flat_map(|piece| {
            let mut names: Vec<_> = piece
                .clients
                .iter()
                .map(|client| client.company.clone())
                .collect();
            names.sort();
            names.dedup();
            names
        });
        assert_eq!(companies.count(), 2_500);
    }
}
