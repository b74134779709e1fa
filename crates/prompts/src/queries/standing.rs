use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::kinds;
use crate::{PromptKind, PromptsError, Standing};

/// Which version of a kind is active, and how many were saved.
///
/// # Errors
/// The database failed.
pub async fn standing(tx: &mut TenantTx, kind: PromptKind) -> Result<Standing, PromptsError> {
    let found = kinds::table
        .find((tx.tenant(), kind))
        .select(Standing::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found.unwrap_or(Standing::untouched(kind)))
}
