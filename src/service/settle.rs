//! A client is taken off the due list without a letter: they were reached elsewhere, or nothing is
//! needed this time.

use super::ServiceError;
use super::act::{Book, thread_in};
use crate::address::Email;
use crate::client::Snooze;
use crate::clock::Instant;
use crate::dossier::{Dossier, Now};
use crate::history::{Author, Touch};
use crate::protocol::{Action, Done, Settled};
use crate::step::Status;
use crate::store::{ClientKey, CompanyKey, Held, Store, ThreadKey};

impl<S: Store> Book<'_, S> {
    /// Settles a client; gives what takes it back, and what was done.
    pub(super) async fn settle(
        &self,
        client: &ClientKey,
        how: Settled,
    ) -> Result<(Action, Done), ServiceError> {
        let company = CompanyKey {
            account: client.account.clone(),
            name: crate::client::company_of(&client.email),
        };
        let held = self.store.companies(&[company]).await?.pop();
        let held = held.unwrap_or_default();
        let dossier = self.dossier(client, &held).ok_or(ServiceError::Gone)?;
        let last = dossier.last_thread.as_ref().ok_or(ServiceError::Gone)?;
        let thread = last.key.clone();
        let mut done = Done {
            who: dossier.record.label().to_owned(),
            how: Some(how),
            until: None,
        };
        let touch = match how {
            // Nobody can tell who had the last word there, so it is nobody's.
            Settled::Reached => contact(format!("reached:{}", self.now.at.ms()), self.now.at),
            Settled::Passed if owes_answer(&dossier) => {
                // Their letter stays the last contact; it only waits for no answer any more.
                let last = dossier.history.last().ok_or(ServiceError::Gone)?;
                contact(format!("passed:{}", last.id), last.at)
            }
            Settled::Passed => {
                let until = self.after_a_letter(client, &held, &thread);
                let until = until.or_else(|| dossier.presets(self.now).last().map(|it| it.until));
                done.until = until;
                let snooze = until.map(|until| Snooze {
                    since: self.now.at,
                    until,
                });
                let (undo, _) = self.snooze(thread, client.email.clone(), snooze).await?;
                return Ok((undo, done));
            }
        };
        let id = touch.id.clone();
        self.change(client, |held| {
            let thread = thread_in(held, &thread, &client.email);
            thread.snooze = None;
            thread.history.add(touch);
        })
        .await?;
        let undo = Action::Unsettle {
            thread,
            client: client.email.clone(),
            touch: id,
        };
        Ok((undo, done))
    }

    /// Takes a noted contact back.
    pub(super) async fn unsettle(
        &self,
        thread: &ThreadKey,
        client: &Email,
        touch: &str,
    ) -> Result<(), ServiceError> {
        let owner = ClientKey {
            account: thread.account.clone(),
            email: client.clone(),
        };
        self.change(&owner, |held| {
            thread_in(held, thread, client).history.remove(touch);
        })
        .await?;
        Ok(())
    }

    /// When the client would be due again had a letter gone out now.
    fn after_a_letter(
        &self,
        client: &ClientKey,
        held: &Held,
        thread: &ThreadKey,
    ) -> Option<Instant> {
        let mut held = held.clone();
        let letter = contact(String::new(), self.now.at);
        thread_in(&mut held, thread, &client.email)
            .history
            .add(letter);
        let due_at = self.dossier(client, &held)?.plan.due_at;
        due_at.filter(|at| *at > self.now.at)
    }

    fn dossier(&self, client: &ClientKey, held: &Held) -> Option<Dossier> {
        let record = held.clients.iter().find(|known| known.key == *client)?;
        let followed = record.follow != Some(false);
        let now: Now = self.now;
        Some(Dossier::new(record, followed, held, self.rules, now))
    }
}

fn contact(id: String, at: Instant) -> Touch {
    Touch {
        chosen: true,
        ..Touch::new(id, at, Author::Unknown)
    }
}

/// Whether the client wrote last.
fn owes_answer(dossier: &Dossier) -> bool {
    let by_them = |touch: &Touch| touch.by == Author::Client;
    dossier.plan.status == Status::ReplyNow && dossier.history.last().is_some_and(by_them)
}
