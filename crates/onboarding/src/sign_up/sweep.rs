use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;

use crate::OnboardingError;
use crate::schema::sign_ups;

/// Forgets sign-ups that are over, used or not: how many.
pub(crate) async fn sweep_sign_ups(db: &Db, now: DateTime<Utc>) -> Result<usize, OnboardingError> {
    let mut tx = db.platform("forget old sign-ups").await?;
    let old = sign_ups::table.filter(sign_ups::expires_at.le(now));
    let swept = diesel::delete(old).execute(tx.conn()).await?;
    tx.commit().await?;
    Ok(swept)
}
