//! Reads.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_conversations::ModelUse;
use motel_db::TenantTx;

use crate::schema::models;
use crate::{ConciergeError, ModelSettings};

/// The model of the tenant, if one was chosen.
///
/// # Errors
/// The database failed.
pub async fn model_settings(tx: &TenantTx) -> Result<Option<ModelSettings>, ConciergeError> {
    let settings = models::table
        .find(tx.tenant())
        .select(ModelSettings::as_select())
        .first(&mut tx.reading())
        .await
        .optional()?;
    Ok(settings)
}

/// What models used for the tenant since a moment: for guests, and for answers that none heard.
pub(crate) async fn used_since(
    tx: &mut TenantTx,
    since: DateTime<Utc>,
) -> Result<ModelUse, Box<dyn std::error::Error + Send + Sync>> {
    let heard = motel_conversations::queries::model_use_since(tx, since).await?;
    let rehearsed = motel_shadow::queries::spent_since(tx, since).await?;
    Ok(ModelUse {
        tokens: heard.tokens.saturating_add(rehearsed.tokens),
        cost_micros: heard.cost_micros.saturating_add(rehearsed.cost_micros),
    })
}
