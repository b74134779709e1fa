use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::queries::{candidate_for_update, rates};
use crate::schema::{candidates, scores};
use crate::{CandidateRolledBack, CandidateSettings, NewScore, ShadowError};

/// Keeps how the candidate did with an answer, if it is still the one that is tried out, once however often it is scored, and takes the candidate back when it has done worse than
/// it may: then its share is nothing, the reason is kept, and the business is told.
///
/// Whether to take back is decided under the candidate's lock, so that nodes which score at once do it once.
///
/// # Errors
/// A database fault.
pub async fn keep_score(
    tx: &mut TenantTx,
    mut score: NewScore,
    now: DateTime<Utc>,
) -> Result<(), ShadowError> {
    // Held from here on: who is tried out is not changed meanwhile, and others who score wait.
    let tried = candidate_for_update(tx).await?;
    let Some(tried) = tried.filter(|tried| tried.candidate.label() == score.candidate) else {
        return Ok(());
    };
    if score.details.to_string().len() > NewScore::LARGEST {
        score.details = serde_json::json!({ "left_out": "too large" });
    }
    let added = diesel::insert_into(scores::table)
        .values((
            scores::tenant_id.eq(tx.tenant()),
            score,
            scores::scored_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    if added == 0 || tried.terms.share == 0 {
        return Ok(());
    }
    let lately = rates(tx, &tried).await?;
    match tried.terms.breach(&lately) {
        Some(why) => roll_back(tx, &tried, why, now).await,
        None => Ok(()),
    }
}

async fn roll_back(
    tx: &mut TenantTx,
    tried: &CandidateSettings,
    why: String,
    now: DateTime<Utc>,
) -> Result<(), ShadowError> {
    let share = tried.terms.share;
    diesel::update(candidates::table.find(tx.tenant()))
        .set((
            candidates::share.eq(0),
            candidates::rolled_back_at.eq(now),
            candidates::rolled_back_why.eq(&why),
            candidates::rolled_back_from.eq(share),
            candidates::version.eq(candidates::version + 1),
        ))
        .execute(tx.conn())
        .await?;
    tracing::warn!(tenant = %tx.tenant(), candidate = %tried.candidate.label(), share, why, "a candidate is taken back");
    let told = CandidateRolledBack {
        candidate: tried.candidate.label(),
        share,
        why,
    };
    motel_jobs::publish(tx, &told).await?;
    Ok(())
}
