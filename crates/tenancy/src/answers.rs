//! What was answered to writes that named themselves.

use std::time::Duration;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};

use crate::TenancyError;
use crate::schema::answers;

/// How often a worker calls [`sweep_answers`].
pub(crate) const SWEEP_EVERY: Duration = Duration::from_secs(600);

/// An answer as it is kept: the same bytes are sent again.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = answers, check_for_backend(diesel::pg::Pg))]
pub(crate) struct KeptAnswer {
    pub(crate) status: Option<i16>,
    pub(crate) version: Option<i32>,
    pub(crate) location: Option<String>,
    pub(crate) body: Option<String>,
}

/// What is known of a key.
pub(crate) enum Claim {
    /// Nobody used it: it is the caller's now, until the transaction ends.
    Fresh,
    /// The same was asked before.
    Answered(KeptAnswer),
    /// Something else was asked before.
    Taken,
}

/// Takes a key for the caller. Whoever else took it in a transaction still under way is waited for.
pub(crate) async fn claim(
    tx: &mut TenantTx,
    key: &str,
    digest: &[u8],
) -> Result<Claim, TenancyError> {
    let tenant = tx.tenant();
    let row = (
        answers::tenant_id.eq(tenant),
        answers::key.eq(key),
        answers::digest.eq(digest),
    );
    let taken = diesel::insert_into(answers::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    if taken == 1 {
        return Ok(Claim::Fresh);
    }
    let (known, kept): (Vec<u8>, KeptAnswer) = answers::table
        .find((tenant, key))
        .select((answers::digest, KeptAnswer::as_select()))
        .first(tx.conn())
        .await?;
    if known == digest {
        Ok(Claim::Answered(kept))
    } else {
        Ok(Claim::Taken)
    }
}

/// Completes a key's row with what was answered.
pub(crate) async fn keep(
    tx: &mut TenantTx,
    key: &str,
    answer: &KeptAnswer,
) -> Result<(), TenancyError> {
    let tenant = tx.tenant();
    diesel::update(answers::table.find((tenant, key)))
        .set((
            answers::status.eq(answer.status),
            answers::version.eq(answer.version),
            answers::location.eq(&answer.location),
            answers::body.eq(&answer.body),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Forgets what was answered more than 24 hours ago, whoever's it was; answers how many.
///
/// # Errors
/// The database failed.
pub async fn sweep_answers(db: &Db) -> Result<usize, TenancyError> {
    let mut tx = db.platform("forget old answers").await?;
    let age = diesel::dsl::sql::<diesel::sql_types::Timestamptz>("now() - interval '24 hours'");
    let swept = diesel::delete(answers::table)
        .filter(answers::made_at.lt(age))
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(swept)
}
