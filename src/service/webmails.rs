//! The webmails that Cadence reads: Gmail, and those that the user has named.

use super::ServiceError;
use crate::protocol::Response;
use crate::settings::Settings;
use crate::store::{Changes, Store};
use crate::webmail::{Site, Webmail};

/// The site that a page is of.
pub(super) fn site_of(settings: &Settings, address: &str) -> Option<Site> {
    let own = || {
        settings
            .webmails
            .iter()
            .find(|webmail| webmail.serves(address))
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
    let patterns = settings.webmails.iter().map(Webmail::pattern).collect();
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
