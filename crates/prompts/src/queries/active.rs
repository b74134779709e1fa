use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::{kinds, versions};
use crate::{Prompt, PromptKind, PromptsError, VersionNumber};

/// What models are told now: the active version, or the text that comes with the program.
///
/// # Errors
/// The database failed.
pub async fn active(tx: &mut TenantTx, kind: PromptKind) -> Result<Prompt, PromptsError> {
    let joined = versions::tenant_id
        .eq(kinds::tenant_id)
        .and(versions::kind.eq(kinds::kind))
        .and(kinds::active.eq(versions::number.nullable()));
    let found: Option<(VersionNumber, String)> = kinds::table
        .inner_join(versions::table.on(joined))
        .filter(kinds::tenant_id.eq(tx.tenant()).and(kinds::kind.eq(kind)))
        .select((versions::number, versions::text))
        .first(tx.conn())
        .await
        .optional()?;
    Ok(match found {
        Some((number, text)) => Prompt { kind, number, text },
        None => kind.default_prompt(),
    })
}
