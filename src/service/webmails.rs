//! The webmails that Cadence reads: Gmail, and those that the user has named.

use std::collections::BTreeSet;

use super::ServiceError;
use crate::dossier::Now;
use crate::protocol::Response;
use crate::settings::Settings;
use crate::store::{Changes, Store};
use crate::webmail::{Site, Webmail};

/// The site that a page is of.
pub(super) fn site_of(settings: &Settings, address: &str) -> Option<Site> {
    // Settings of two machines may name one address twice: the later word stands last.
    let own = || {
        let mut webmails = settings.webmails.iter().rev();
        webmails.find(|webmail| webmail.serves(address))
    };
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    Site::of_host(host).or_else(|| own().map(|webmail| webmail.site))
}

/// The user's webmails, without those whose host they have taken the grant for back: that is a word of theirs like any
/// other, and as new as now.
pub(super) async fn webmails(
    store: &impl Store,
    settings: &Settings,
    revoked: &[String],
    now: Now,
) -> Result<Response, ServiceError> {
    let mut after = settings.clone();
    after.webmails.retain(|webmail| !is_of(webmail, revoked));
    // Two on one host share a pattern, and no browser takes one twice.
    let patterns: BTreeSet<String> = after.webmails.iter().map(Webmail::pattern).collect();
    let patterns = patterns.into_iter().collect();
    if after.webmails != settings.webmails {
        after.date_words(settings, now.at);
        let changes = Changes {
            settings: Some(after),
            ..Changes::default()
        };
        store.save(&changes).await?;
    }
    Ok(Response::Webmails { patterns })
}

/// Whether a webmail lies on one of these hosts, each `scheme://host/*`.
fn is_of(webmail: &Webmail, hosts: &[String]) -> bool {
    let pattern = webmail.pattern();
    hosts
        .iter()
        .any(|host| pattern.starts_with(host.trim_end_matches('*')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Instant, SellerZone, Zone};
    use crate::intake::Intake;
    use crate::service::take_in;
    use crate::settings::Change;
    use crate::store::MemoryStore;
    use pollster::block_on;

    fn at(ms: i64) -> Now {
        Now {
            at: Instant::from_ms(ms).unwrap(),
            seller: SellerZone(Zone::UTC),
        }
    }

    /// Settings to which webmails were added, one at each of these instants.
    fn with(added: &[(i64, &str)]) -> Settings {
        let mut settings = Settings::default();
        for (ms, address) in added {
            let webmail = Webmail::at(address, Site::Roundcube).unwrap();
            let after = settings.with(&Change::AddWebmail(webmail)).unwrap();
            let before = std::mem::replace(&mut settings, after);
            settings.date_words(&before, at(*ms).at);
        }
        settings
    }

    fn store_with(settings: &Settings) -> MemoryStore {
        let store = MemoryStore::default();
        let changes = Changes {
            settings: Some(settings.clone()),
            ..Changes::default()
        };
        block_on(store.save(&changes)).unwrap();
        store
    }

    /// The webmails in a store after a file with these settings has come in.
    fn after_a_file(store: &MemoryStore, settings: &Settings) -> Vec<String> {
        let intake = Intake {
            settings: Some(settings.clone()),
            ..Intake::default()
        };
        block_on(take_in(store, intake, at(9_000))).unwrap();
        let held = block_on(store.settings()).unwrap().webmails;
        held.into_iter().map(|webmail| webmail.base).collect()
    }

    #[test]
    fn a_webmail_whose_grant_was_taken_back_stays_out_when_an_older_file_names_it() {
        let [firm, other] = ["https://mail.firm.example/", "https://post.other.example/"];
        let before = with(&[(1_000, firm), (2_000, other)]);
        let store = store_with(&before);
        let revoked = ["https://mail.firm.example/*".to_owned()];
        let ask = |ms| {
            let settings = block_on(store.settings()).unwrap();
            block_on(webmails(&store, &settings, &revoked, at(ms))).unwrap()
        };
        ask(3_000);
        assert_eq!(after_a_file(&store, &before), [other]);
        // The other way round, too: the file of this machine takes it out on the one that still has it.
        let elsewhere = store_with(&before);
        let here = block_on(store.settings()).unwrap();
        assert_eq!(after_a_file(&elsewhere, &here), [other]);
        // Whoever names it again later has it again.
        let again = with(&[(5_000, firm)]);
        assert_eq!(after_a_file(&store, &again), [other, firm]);
    }

    #[test]
    fn where_nothing_was_taken_back_nothing_is_written() {
        let settings = with(&[(1_000, "https://mail.firm.example/")]);
        let store = MemoryStore::default();
        block_on(webmails(&store, &settings, &[], at(3_000))).unwrap();
        assert_eq!(block_on(store.settings()).unwrap(), Settings::default());
    }

    #[test]
    fn two_webmails_on_one_host_are_registered_once_and_the_later_word_tells_what_it_is() {
        let mut settings = Settings::default();
        for (address, site) in [
            ("http://127.0.0.1:18080/", Site::Roundcube),
            ("http://127.0.0.1:18081/", Site::Roundcube),
            ("https://mail.firm.example/", Site::Roundcube),
        ] {
            let webmail = Webmail::at(address, site).unwrap();
            settings = settings.with(&Change::AddWebmail(webmail)).unwrap();
        }
        // What another machine said later of an address that is here already.
        let outlook = Webmail::at("https://mail.firm.example/", Site::Outlook);
        settings.webmails.extend(outlook);
        let site = site_of(&settings, "https://mail.firm.example/owa");
        assert_eq!(site, Some(Site::Outlook));
        let Ok(Response::Webmails { patterns }) =
            block_on(webmails(&MemoryStore::default(), &settings, &[], at(0)))
        else {
            panic!("no webmails");
        };
        assert_eq!(
            patterns,
            ["http://127.0.0.1/*", "https://mail.firm.example/*"]
        );
    }
}
