//! What the user asks for without a page of ours: by keyboard shortcut or from a menu of the browser's.

use super::ServiceError;
use super::act::Book;
use crate::address::{Email, Person};
use crate::client::{Snooze, company_of};
use crate::dossier::Dossier;
use crate::protocol::Focus;
use crate::store::{Changes, ClientKey, ClientRecord, CompanyKey, Store, ThreadKey};

/// So many due clients are looked through for the next one.
const MOST: u32 = 1_000;

impl<S: Store> Book<'_, S> {
    /// The thread of the client who is due next after the one that is open; from the first on
    /// again after the last.
    pub(super) async fn next_due(
        &self,
        after: Option<&Focus>,
    ) -> Result<Option<ThreadKey>, ServiceError> {
        let due = self.store.due(self.now.at, MOST).await?;
        let is_open = |client: &ClientRecord| {
            after.is_some_and(|open| {
                open.client == client.key.email && open.thread.account == client.key.account
            })
        };
        let from = due.iter().position(is_open).map_or(0, |place| place + 1);
        let thread = |client: &ClientRecord| {
            Some(ThreadKey {
                account: client.key.account.clone(),
                id: client.thread.clone()?,
            })
        };
        let mut others = due.iter().cycle().skip(from).take(due.len());
        Ok(others.find(|client| !is_open(client)).and_then(thread))
    }

    /// Snoozes an open thread until the client's next window, or ends its snooze.
    pub(super) async fn snooze_open(&self, open: Focus) -> Result<(), ServiceError> {
        let company = CompanyKey {
            account: open.thread.account.clone(),
            name: company_of(&open.client),
        };
        let held = self.store.companies(&[company]).await?.pop();
        let held = held.unwrap_or_default();
        let key = ClientKey {
            account: open.thread.account.clone(),
            email: open.client.clone(),
        };
        let client = held.clients.iter().find(|client| client.key == key);
        let client = client.ok_or(ServiceError::Gone)?;
        let dossier = Dossier::new(client, true, &held, self.rules, self.now);
        let (thread, snooze) = match dossier.snoozed.as_ref() {
            Some(snoozed) => (snoozed.key.clone(), None),
            None => {
                let until = dossier.presets(self.now).first().map(|first| first.until);
                let since = self.now.at;
                (open.thread, until.map(|until| Snooze { since, until }))
            }
        };
        self.snooze(thread, open.client, snooze).await?;
        Ok(())
    }

    /// Follows whoever has an address, in the mailbox that knows them, else in the first one.
    pub(super) async fn follow_address(&self, text: &str) -> Result<Email, ServiceError> {
        let email = address_in(text).ok_or_else(|| ServiceError::Field {
            field: "email",
            value: text.chars().take(40).collect(),
        })?;
        let everybody = self.store.everybody().await?;
        let known = everybody.iter().find(|client| client.key.email == email);
        let record = match known {
            Some(client) if client.follow != Some(false) => return Ok(email),
            Some(client) => client.clone(),
            None => {
                let accounts = self.store.accounts().await?;
                let account = accounts.first().ok_or(ServiceError::Gone)?;
                let person = Person::new(email.clone(), None);
                ClientRecord::new(&account.account, &person, company_of(&email))
            }
        };
        let key = record.key.clone();
        let follow = Some(true);
        match known {
            Some(_) => {
                self.change(&key, |held| {
                    let client = held.clients.iter_mut().find(|client| client.key == key);
                    client.into_iter().for_each(|client| client.follow = follow);
                })
                .await?;
            }
            None => {
                let changes = Changes {
                    clients: vec![ClientRecord { follow, ..record }],
                    ..Changes::default()
                };
                self.store.save(&changes).await?;
            }
        }
        Ok(email)
    }
}

/// The first address in a text or a `mailto:` link.
fn address_in(text: &str) -> Option<Email> {
    let text = text.trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let text = text.replace("%40", "@");
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '?' | '(' | ')' | '"')
    })
    .find_map(|word| word.trim_matches('.').parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_in_a_link_and_in_a_sentence() {
        for text in [
            "mailto:anna@weber.de",
            "mailto:anna%40weber.de?subject=LED",
            "Write to Anna Weber <anna@weber.de>, please.",
            "  anna@weber.de. ",
        ] {
            let found = address_in(text).unwrap();
            assert_eq!(found.as_str(), "anna@weber.de", "{text}");
        }
        for text in ["", "mailto:", "anna at weber.de", "@weber.de"] {
            assert!(address_in(text).is_none(), "{text}");
        }
    }
}
