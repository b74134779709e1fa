use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::scores;
use crate::{CandidateSettings, Ending, Rates, Score, ShadowError};

/// How many turns "lately" are.
const LATELY: i64 = 200;
/// How many comparisons tell how far a candidate is.
const MOST_COMPARED: i64 = 5_000;

/// How the candidate did lately, of what counts.
///
/// # Errors
/// A database fault.
pub async fn rates(tx: &mut TenantTx, tried: &CandidateSettings) -> Result<Rates, ShadowError> {
    let lately: Vec<(Ending, i32, Option<i16>)> = scores::table
        .filter(scores::tenant_id.eq(tx.tenant()))
        .filter(scores::candidate.eq(tried.candidate.label()))
        .filter(scores::scored_at.ge(tried.counted_since))
        .order(scores::scored_at.desc())
        .limit(LATELY)
        .select((scores::ending, scores::took_ms, scores::agreement))
        .load(tx.conn())
        .await?;
    Ok(Rates::of(&lately))
}

/// The intent and the agreement of each answer that was compared, the newest 5,000.
///
/// # Errors
/// A database fault.
pub async fn compared(
    tx: &mut TenantTx,
    tried: &CandidateSettings,
) -> Result<Vec<(String, i16)>, ShadowError> {
    let found = scores::table
        .filter(scores::tenant_id.eq(tx.tenant()))
        .filter(scores::candidate.eq(tried.candidate.label()))
        .filter(scores::scored_at.ge(tried.counted_since))
        .filter(scores::agreement.is_not_null())
        .order(scores::scored_at.desc())
        .limit(MOST_COMPARED)
        .select((scores::intent, scores::agreement.assume_not_null()))
        .load(tx.conn())
        .await?;
    Ok(found)
}

/// The newest answers in which the candidate did or quoted something else.
///
/// # Errors
/// A database fault.
pub async fn differing(
    tx: &mut TenantTx,
    tried: &CandidateSettings,
    most: i64,
) -> Result<Vec<Score>, ShadowError> {
    let found = scores::table
        .filter(scores::tenant_id.eq(tx.tenant()))
        .filter(scores::candidate.eq(tried.candidate.label()))
        .filter(scores::scored_at.ge(tried.counted_since))
        .filter(scores::agreement.lt(100))
        .order(scores::scored_at.desc())
        .limit(most)
        .select(Score::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}
