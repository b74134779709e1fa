use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::versions;
use crate::{Prompt, PromptKind, PromptsError, SavedVersion, VersionNumber};

/// One version as it is rendered; also the one that comes with the program.
///
/// # Errors
/// [`PromptsError::NotFound`] when there is none of this number.
pub async fn version(
    tx: &mut TenantTx,
    kind: PromptKind,
    number: VersionNumber,
) -> Result<Prompt, PromptsError> {
    match number {
        VersionNumber::DEFAULT => Ok(kind.default_prompt()),
        _ => Ok(Prompt {
            kind,
            number,
            text: saved_version(tx, kind, number).await?.text,
        }),
    }
}

/// One version that was saved.
///
/// # Errors
/// [`PromptsError::NotFound`] when there is none of this number.
pub async fn saved_version(
    tx: &mut TenantTx,
    kind: PromptKind,
    number: VersionNumber,
) -> Result<SavedVersion, PromptsError> {
    let found = versions::table
        .filter(versions::tenant_id.eq(tx.tenant()))
        .filter(versions::kind.eq(kind).and(versions::number.eq(number)))
        .select(SavedVersion::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    found.ok_or(PromptsError::NotFound)
}

/// At most `limit` saved versions, the newest first, those before `before` only.
///
/// # Errors
/// The database failed.
pub async fn saved_versions(
    tx: &mut TenantTx,
    kind: PromptKind,
    before: Option<VersionNumber>,
    limit: i64,
) -> Result<Vec<SavedVersion>, PromptsError> {
    let mut wanted = versions::table
        .filter(versions::tenant_id.eq(tx.tenant()))
        .filter(versions::kind.eq(kind))
        .order(versions::number.desc())
        .select(SavedVersion::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(before) = before {
        wanted = wanted.filter(versions::number.lt(before));
    }
    Ok(wanted.load(tx.conn()).await?)
}
