use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, PlatformTx};

use super::rules::Tally;
use super::{Subject, Turn};
use crate::TenancyError;
use crate::schema::attempts;

/// How long a tally is kept that counts for nothing any more.
const KEPT: TimeDelta = TimeDelta::days(1);

/// Asks whether something may be tried, and counts it as a failure at once: a thousand guesses that come in the same moment are a
/// thousand failures, not one. Who gets in is let off by [`let_through`]. While one of the subjects has to wait, nothing is counted.
pub(crate) async fn reserve(
    db: &Db,
    subjects: &[Subject],
    now: DateTime<Utc>,
) -> Result<Turn, TenancyError> {
    let mut tx = db.platform("count who tries to get in").await?;
    let mut counted = Vec::with_capacity(subjects.len());
    let mut longest = None;
    for subject in in_order(subjects) {
        let tally = locked(&mut tx, subject, now).await?;
        longest = longest.max(tally.wait(now));
        counted.push((subject, tally.failed(subject.free(), now)));
    }
    if let Some(wait) = longest {
        return Ok(Turn::Wait(seconds(wait)));
    }
    for (subject, tally) in counted {
        write(&mut tx, subject, &tally).await?;
    }
    tx.commit().await?;
    Ok(Turn::Granted)
}

/// What was tried was no failure: the account is clean, and the others are let off the one that was counted.
pub(crate) async fn let_through(
    db: &Db,
    account: &Subject,
    others: &[Subject],
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let mut tx = db.platform("count who got in").await?;
    let all: Vec<_> = others.iter().chain([account]).cloned().collect();
    for subject in in_order(&all) {
        if subject == account {
            delete(&mut tx, subject).await?;
        } else {
            let tally = locked(&mut tx, subject, now).await?.let_off();
            write(&mut tx, subject, &tally).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// Forgets what was counted of a subject.
pub(crate) async fn forget(db: &Db, subject: &Subject) -> Result<(), TenancyError> {
    let mut tx = db.platform("forget failures").await?;
    delete(&mut tx, subject).await?;
    Ok(tx.commit().await?)
}

/// Forgets tallies that count for nothing any more: how many.
pub(crate) async fn sweep_attempts(
    tx: &mut PlatformTx,
    now: DateTime<Utc>,
) -> Result<usize, TenancyError> {
    let old = attempts::table.filter(attempts::last_at.lt(now - KEPT));
    Ok(diesel::delete(old).execute(tx.conn()).await?)
}

/// Rows are locked in one order, so that nobody waits in a circle.
fn in_order(subjects: &[Subject]) -> Vec<&Subject> {
    let mut ordered: Vec<_> = subjects.iter().collect();
    ordered.sort_by(|a, b| a.digest().cmp(b.digest()));
    ordered
}

/// The subject's tally, which nobody else changes until the transaction is over.
async fn locked(
    tx: &mut PlatformTx,
    subject: &Subject,
    now: DateTime<Utc>,
) -> Result<Tally, TenancyError> {
    let row = (
        attempts::subject.eq(subject.digest()),
        attempts::failures.eq(0),
        attempts::last_at.eq(now),
    );
    // Writing what is there already locks it.
    let (failures, last_at, locked_until) = diesel::insert_into(attempts::table)
        .values(row)
        .on_conflict(attempts::subject)
        .do_update()
        .set(attempts::failures.eq(attempts::failures))
        .returning((
            attempts::failures,
            attempts::last_at,
            attempts::locked_until,
        ))
        .get_result(tx.conn())
        .await?;
    Ok(Tally {
        failures,
        last_at,
        locked_until,
    })
}

async fn write(tx: &mut PlatformTx, subject: &Subject, tally: &Tally) -> Result<(), TenancyError> {
    diesel::update(attempts::table.find(subject.digest()))
        .set((
            attempts::failures.eq(tally.failures),
            attempts::last_at.eq(tally.last_at),
            attempts::locked_until.eq(tally.locked_until),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn delete(tx: &mut PlatformTx, subject: &Subject) -> Result<(), TenancyError> {
    diesel::delete(attempts::table.find(subject.digest()))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Whole seconds, rounded up: who waits so long has waited enough.
fn seconds(wait: TimeDelta) -> u32 {
    let whole = (wait + TimeDelta::milliseconds(999)).num_seconds().max(1);
    u32::try_from(whole).unwrap_or(u32::MAX)
}
