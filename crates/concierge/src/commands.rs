//! What can be changed about who answers guests. The caller opens the transaction and commits it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Actor;

use crate::queries::model_settings;
use crate::schema::models;
use crate::{ConciergeError, ModelChoice, ModelSettings};

/// Chooses the model of the tenant, in the place of the one before.
///
/// # Errors
/// [`ConciergeError::Stale`] when another version than the expected one is there.
pub async fn put_model(
    tx: &mut TenantTx,
    expected: Option<i32>,
    choice: &ModelChoice,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<ModelSettings, ConciergeError> {
    let known = model_settings(tx).await?.map(|known| known.version);
    if expected.is_some() && expected != known {
        return Err(ConciergeError::Stale);
    }
    let stamps = (
        models::version.eq(known.unwrap_or(0) + 1),
        models::set_by.eq(by),
        models::set_at.eq(now),
    );
    let set = diesel::insert_into(models::table)
        .values((models::tenant_id.eq(tx.tenant()), choice, stamps))
        .on_conflict(models::tenant_id)
        .do_update()
        .set((choice, stamps))
        .returning(ModelSettings::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(set)
}

/// Leaves all answers to the built-in engine again.
///
/// # Errors
/// [`ConciergeError::NoModel`] when there was none.
pub async fn remove_model(tx: &mut TenantTx) -> Result<(), ConciergeError> {
    let removed = diesel::delete(models::table.find(tx.tenant()))
        .execute(tx.conn())
        .await?;
    match removed {
        0 => Err(ConciergeError::NoModel),
        _ => Ok(()),
    }
}
