use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::candidates;
use crate::{CandidateSettings, ShadowError};

/// Who is tried out, if anybody.
///
/// # Errors
/// A database fault.
pub async fn candidate(tx: &TenantTx) -> Result<Option<CandidateSettings>, ShadowError> {
    let found = candidates::table
        .find(tx.tenant())
        .select(CandidateSettings::as_select())
        .first(&mut tx.reading())
        .await
        .optional()?;
    Ok(found)
}

/// The same where somebody has to be.
///
/// # Errors
/// [`ShadowError::NoCandidate`].
pub async fn chosen_candidate(tx: &TenantTx) -> Result<CandidateSettings, ShadowError> {
    candidate(tx).await?.ok_or(ShadowError::NoCandidate)
}

/// The same, held until the transaction ends.
pub(crate) async fn candidate_for_update(
    tx: &mut TenantTx,
) -> Result<Option<CandidateSettings>, ShadowError> {
    let found = candidates::table
        .find(tx.tenant())
        .select(CandidateSettings::as_select())
        .for_update()
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found)
}
