//! What a source says of where a client is, on its way to what is kept of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::address::Email;
use crate::place::{self, Clues, OffsetCount};
use crate::store::ClientRecord;

/// What may say where a client is: looked at in passing, never kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clue {
    /// Whom it is about.
    pub client: Email,
    /// The end of their latest letter, or their address and telephone numbers.
    #[serde(default)]
    pub text: String,
    /// What their clocks were ahead of UTC.
    #[serde(default)]
    pub offsets: Vec<OffsetCount>,
}

impl Clue {
    /// Takes into a client's record where the clue says that they are.
    pub fn tell(&self, client: &mut ClientRecord) {
        client.read_signature(&place::infer(&Clues {
            email: &self.client,
            name: client.name.as_deref(),
            text: Some(&self.text),
            language: None,
            offsets: &self.offsets,
            word: None,
            colleagues: &[],
        }));
    }
}

/// Takes what the clues say into the records of those whom they are about.
pub fn place(clients: &mut [ClientRecord], clues: &[Clue]) {
    let clues: BTreeMap<&Email, &Clue> = clues.iter().map(|clue| (&clue.client, clue)).collect();
    for client in clients {
        if let Some(clue) = clues.get(&client.key.email) {
            clue.tell(client);
        }
    }
}
