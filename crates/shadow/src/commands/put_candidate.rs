use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Actor;

use crate::queries::candidate_for_update;
use crate::schema::candidates;
use crate::{Candidate, CandidateSettings, ShadowError, Terms};

/// Tries somebody out on these terms, in the place of the one before.
///
/// Scores count anew for another candidate, and for one that was taken back; whatever else is changed, they go on counting.
///
/// # Errors
/// [`ShadowError::Stale`] when another version than the expected one is there.
pub async fn put_candidate(
    tx: &mut TenantTx,
    expected: Option<i32>,
    candidate: &Candidate,
    terms: Terms,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<CandidateSettings, ShadowError> {
    let known = candidate_for_update(tx).await?;
    let version = known.as_ref().map(|known| known.version);
    if expected.is_some() && expected != version {
        return Err(ShadowError::Stale);
    }
    let goes_on =
        known.filter(|known| known.candidate == *candidate && known.rolled_back().is_none());
    let stamps = (
        candidates::counted_since.eq(goes_on.map_or(now, |known| known.counted_since)),
        candidates::rolled_back_at.eq(None::<DateTime<Utc>>),
        candidates::rolled_back_why.eq(None::<String>),
        candidates::rolled_back_from.eq(None::<i16>),
        candidates::version.eq(version.unwrap_or(0) + 1),
        candidates::set_by.eq(by),
        candidates::set_at.eq(now),
    );
    let set = diesel::insert_into(candidates::table)
        .values((
            candidates::tenant_id.eq(tx.tenant()),
            candidate,
            terms,
            stamps.clone(),
        ))
        .on_conflict(candidates::tenant_id)
        .do_update()
        .set((candidate, terms, stamps))
        .returning(CandidateSettings::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(set)
}

/// Tries nobody out any more. Scores stay.
///
/// # Errors
/// [`ShadowError::NoCandidate`] when there was none.
pub async fn remove_candidate(tx: &mut TenantTx) -> Result<(), ShadowError> {
    let removed = diesel::delete(candidates::table.find(tx.tenant()))
        .execute(tx.conn())
        .await?;
    match removed {
        0 => Err(ShadowError::NoCandidate),
        _ => Ok(()),
    }
}
