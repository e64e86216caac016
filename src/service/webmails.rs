//! The webmails that Cadence reads: Gmail, and those that the user has named.

use std::collections::BTreeSet;

use super::ServiceError;
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

/// The user's webmails, without those whose host they have taken the grant for back.
pub(super) async fn webmails(
    store: &impl Store,
    mut settings: Settings,
    revoked: &[String],
) -> Result<Response, ServiceError> {
    let before = settings.webmails.len();
    settings.webmails.retain(|webmail| !is_of(webmail, revoked));
    // Two on one host share a pattern, and no browser takes one twice.
    let patterns: BTreeSet<String> = settings.webmails.iter().map(Webmail::pattern).collect();
    let patterns = patterns.into_iter().collect();
    if settings.webmails.len() < before {
        let changes = Changes {
            settings: Some(settings),
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
    use crate::settings::Change;
    use crate::store::MemoryStore;
    use pollster::block_on;

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
            block_on(webmails(&MemoryStore::default(), settings, &[]))
        else {
            panic!("no webmails");
        };
        assert_eq!(
            patterns,
            ["http://127.0.0.1/*", "https://mail.firm.example/*"]
        );
    }
}
