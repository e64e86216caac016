//! The first steps, with the invented client in a store of her own.

use super::{ServiceError, sidebar};
use crate::demo;
use crate::dossier::Now;
use crate::protocol::{Response, Ui};
use crate::settings::Settings;
use crate::store::{Changes, Held, Store};
use crate::view::welcome as view;

/// The page's address within the extension.
pub(super) const PAGE: &str = "welcome.html";
/// Where Gmail is.
pub(super) const MAIL: &str = "https://mail.google.com/mail/";

pub(super) async fn page(
    store: &impl Store,
    settings: &Settings,
    ui: &Ui,
    now: Now,
) -> Result<Response, ServiceError> {
    let focus = demo::focus().filter(|_| ui.screen == 1);
    let Some(focus) = focus else {
        return Ok(Response::Page {
            view: view::page(ui.screen, None),
            fresh_until: None,
        });
    };
    if store
        .clients(&[demo::key(&focus)])
        .await?
        .pop()
        .flatten()
        .is_none()
    {
        let mut changes = Changes::default();
        changes.settle(&settings.playbook, &Held::default(), &demo::held(now), now);
        store.save(&changes).await?;
    }
    let (client, fresh_until) = sidebar::client(store, settings, &focus, ui, now).await?;
    Ok(Response::Page {
        view: view::page(ui.screen, Some(client)),
        fresh_until,
    })
}
