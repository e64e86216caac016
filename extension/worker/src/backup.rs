//! The records as they stood before a migration, in a database of their own that no migration touches.

use cadence::store::StoreError;
use idb::{Database, Factory, KeyPath, KeyRange, ObjectStoreParams, Query, TransactionMode};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::database::refused;

const NAME: &str = "cadence-before-migration";
const PIECES: &str = "pieces";
/// So many records are copied at once: one transaction of the browser's, and some megabytes.
const PIECE: u32 = 2_000;

/// Copies every record of a database of an earlier schema. What an earlier migration has left is replaced: this one
/// began with a whole store.
pub(crate) async fn before_migration(name: &str, schema: u32) -> Result<(), StoreError> {
    let from = Factory::new()
        .and_then(|factory| factory.open(name, Some(schema)))
        .map_err(refused)?
        .await
        .map_err(refused)?;
    let to = open().await?;
    let copied = copy(&from, &to, schema).await;
    from.close();
    to.close();
    copied
}

async fn open() -> Result<Database, StoreError> {
    let mut request = Factory::new()
        .and_then(|factory| factory.open(NAME, Some(1)))
        .map_err(refused)?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = idb::DatabaseEvent::database(&event) {
            let mut params = ObjectStoreParams::new();
            params.key_path(Some(KeyPath::new_array(["store", "piece"])));
            drop(database.create_object_store(PIECES, params));
        }
    });
    request.await.map_err(refused)
}

async fn copy(from: &Database, to: &Database, schema: u32) -> Result<(), StoreError> {
    let emptied = to
        .transaction(&[PIECES], TransactionMode::ReadWrite)
        .map_err(refused)?;
    let pieces = emptied.object_store(PIECES).map_err(refused)?;
    pieces.clear().map_err(refused)?;
    emptied.await.map_err(refused)?;
    for store in from.store_names() {
        let mut after: Option<JsValue> = None;
        for piece in 0_u32.. {
            let range = after
                .as_ref()
                .map(|key| KeyRange::lower_bound(key, Some(true)))
                .transpose()
                .map_err(refused)?;
            let reading = from
                .transaction(&[store.as_str()], TransactionMode::ReadOnly)
                .map_err(refused)?;
            let records = reading.object_store(&store).map_err(refused)?;
            let range = range.map(Query::from);
            let (values, keys) = (
                records
                    .get_all(range.clone(), Some(PIECE))
                    .map_err(refused)?,
                records.get_all_keys(range, Some(PIECE)).map_err(refused)?,
            );
            let (values, keys) = (
                values.into_future().await.map_err(refused)?,
                keys.into_future().await.map_err(refused)?,
            );
            let Some(last) = keys.last() else { break };
            after = Some(last.clone());
            let kept = Object::new();
            let fields = [
                ("schema", JsValue::from(schema)),
                ("store", JsValue::from_str(&store)),
                ("piece", JsValue::from(piece)),
                ("records", values.iter().collect::<Array>().into()),
            ];
            for (name, value) in fields {
                Reflect::set(&kept, &name.into(), &value)
                    .map_err(|error| StoreError::Refused(format!("{error:?}")))?;
            }
            let writing = to
                .transaction(&[PIECES], TransactionMode::ReadWrite)
                .map_err(refused)?;
            let pieces = writing.object_store(PIECES).map_err(refused)?;
            pieces.put(&kept, None).map_err(refused)?;
            match writing.await.map_err(refused)? {
                result if result.is_committed() => {}
                _ => return Err(StoreError::Full),
            }
        }
    }
    Ok(())
}
