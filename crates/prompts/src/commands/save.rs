use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::query_dsl::methods::FilterDsl;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Actor;

use crate::schema::{kinds, versions};
use crate::{NewVersion, PromptVersionId, PromptsError, SavedVersion, VersionNumber};

/// How many versions of a kind are kept. Some are saved a day at most.
const MOST: i32 = 1_000;

/// Saves a version under the next number. It is not active by that.
///
/// # Errors
/// [`PromptsError::TooMany`] when a thousand are there.
pub async fn save(
    tx: &mut TenantTx,
    new: &NewVersion,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<SavedVersion, PromptsError> {
    let number = next_number(tx, new).await?;
    let saved = diesel::insert_into(versions::table)
        .values((
            versions::tenant_id.eq(tx.tenant()),
            versions::id.eq(PromptVersionId::new()),
            versions::kind.eq(new.kind()),
            versions::number.eq(number),
            versions::text.eq(new.text()),
            versions::note.eq(new.note()),
            versions::saved_by.eq(by),
            versions::saved_at.eq(now),
        ))
        .returning(SavedVersion::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(saved)
}

/// Takes a number. Whoever saves at the same time waits, and gets the one after it.
async fn next_number(tx: &mut TenantTx, new: &NewVersion) -> Result<VersionNumber, PromptsError> {
    let taken = diesel::insert_into(kinds::table)
        .values((
            kinds::tenant_id.eq(tx.tenant()),
            kinds::kind.eq(new.kind()),
            kinds::last_number.eq(1),
        ))
        .on_conflict((kinds::tenant_id, kinds::kind))
        .do_update()
        .set(kinds::last_number.eq(kinds::last_number + 1))
        .filter(kinds::last_number.lt(MOST))
        .returning(kinds::last_number)
        .get_result(tx.conn())
        .await
        .optional()?;
    taken.ok_or(PromptsError::TooMany)
}
