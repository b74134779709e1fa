//! Reads.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::models;
use crate::{ConciergeError, ModelSettings};

/// The model of the tenant, if one was chosen.
///
/// # Errors
/// The database failed.
pub async fn model_settings(tx: &mut TenantTx) -> Result<Option<ModelSettings>, ConciergeError> {
    let settings = models::table
        .find(tx.tenant())
        .select(ModelSettings::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(settings)
}
