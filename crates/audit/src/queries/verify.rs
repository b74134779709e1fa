use chrono::{DateTime, Utc};
use diesel::dsl::{IntervalDsl, count_star, exists, min, now, sql};
use diesel::prelude::*;
use diesel::select;
use diesel::sql_types::{Bool, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use serde_json::json;

use crate::model::{Head, Link};
use crate::rules::walk;
use crate::schema::{entries, heads};
use crate::{Action, AuditError, Entry, Flaw, Verdict};

/// How many entries are read at a time.
const AT_ONCE: i64 = 1_000;

/// How long an entry may wait until something must be wrong: it is chained every few seconds.
const LONGEST_WAIT_MINUTES: i32 = 10;

/// Walks the tenant's chain from its beginning, or from where it was cut, and says whether every entry is as it was written and none is
/// missing. It reads all of them, so it takes a second for some hundred thousand.
///
/// Who may rewrite every later entry and the head of the chain, as whoever owns the database may, is found out only by a hash that was
/// kept elsewhere: that of the verdict, or of an export.
///
/// One at a time for each tenant, until the transaction ends: it is work.
///
/// # Errors
/// [`AuditError::UnderWay`]; the database failed.
pub async fn verify(tx: &mut TenantTx) -> Result<Verdict, AuditError> {
    take_turn(tx).await?;
    let mut head = head(tx).await?;
    loop {
        let (at, flaw) = judge(tx, head).await?;
        let after = self::head(tx).await?;
        // A chain that is cut meanwhile is walked again: its beginning was taken away under our feet.
        let cut = |head: Option<Head>| head.map(|it| it.cut);
        if flaw.is_some() && cut(after) != cut(head) {
            head = after;
            continue;
        }
        let (waiting, stalled) = waiting(tx).await?;
        return Ok(Verdict {
            sound_until: at.seq,
            hash: at.hash,
            cut_until: head.unwrap_or(Head::NONE).cut.seq,
            flaw: flaw.or(stalled),
            waiting,
        });
    }
}

async fn judge(tx: &mut TenantTx, head: Option<Head>) -> Result<(Link, Option<Flaw>), AuditError> {
    let Some(head) = head else {
        let beheaded = is_any_chained(tx).await?.then_some(Flaw::NoHead);
        return Ok((Link::BEGINNING, beheaded));
    };
    if head.cut.seq > 0 && !is_noted(tx, head.cut).await? {
        let flaw = Flaw::CutByNobody { seq: head.cut.seq };
        return Ok((head.cut, Some(flaw)));
    }
    let (at, flaw) = walk_to(tx, head).await?;
    if flaw.is_some() {
        return Ok((at, flaw));
    }
    let flaw = if at.seq < head.last.seq {
        let (found, expected) = (at.seq, head.last.seq);
        Some(Flaw::Shortened { found, expected })
    } else if at.hash != head.last.hash {
        Some(Flaw::Changed { seq: at.seq })
    } else {
        first_behind(tx).await?.map(|seq| Flaw::Added { seq })
    };
    Ok((at, flaw))
}

async fn walk_to(tx: &mut TenantTx, head: Head) -> Result<(Link, Option<Flaw>), AuditError> {
    let mut at = head.cut;
    loop {
        let next: Vec<Entry> = entries::table
            .filter(entries::tenant_id.eq(tx.tenant()))
            .filter(entries::seq.gt(at.seq).and(entries::seq.le(head.last.seq)))
            .order(entries::seq)
            .limit(AT_ONCE)
            .select(Entry::as_select())
            .load(tx.conn())
            .await?;
        if next.is_empty() {
            return Ok((at, None));
        }
        let (came_to, flaw) = walk(at, &next);
        at = came_to;
        if flaw.is_some() {
            return Ok((at, flaw));
        }
    }
}

async fn head(tx: &mut TenantTx) -> Result<Option<Head>, AuditError> {
    let row = heads::table
        .find(tx.tenant())
        .select((heads::seq, heads::hash, heads::cut_seq, heads::cut_hash))
        .first(tx.conn())
        .await
        .optional()?;
    row.map(Head::read).transpose()
}

/// Whether an entry says that the chain was cut there.
async fn is_noted(tx: &mut TenantTx, cut: Link) -> Result<bool, AuditError> {
    let said = json!({ "to": cut.seq, "hash": cut.hash.to_string() });
    let noted = entries::table
        .filter(entries::tenant_id.eq(tx.tenant()))
        .filter(entries::thing.eq("audit.entries"))
        .filter(entries::action.eq(Action::Cut))
        .filter(entries::becomes.contains(said));
    Ok(select(exists(noted)).get_result(tx.conn()).await?)
}

/// The first entry behind the last one of the chain, in one statement: while it is asked, others are chained.
async fn first_behind(tx: &mut TenantTx) -> Result<Option<i64>, AuditError> {
    let last = heads::table
        .filter(heads::tenant_id.eq(tx.tenant()))
        .select(heads::seq)
        .single_value();
    Ok(entries::table
        .filter(entries::tenant_id.eq(tx.tenant()))
        .filter(entries::seq.gt(last))
        .select(min(entries::seq))
        .first(tx.conn())
        .await?)
}

async fn is_any_chained(tx: &mut TenantTx) -> Result<bool, AuditError> {
    let chained = entries::table
        .filter(entries::tenant_id.eq(tx.tenant()))
        .filter(entries::seq.is_not_null());
    Ok(select(exists(chained)).get_result(tx.conn()).await?)
}

/// How many wait to be chained, and whether they wait for longer than it can take by the clock that noted them.
async fn waiting(tx: &mut TenantTx) -> Result<(i64, Option<Flaw>), AuditError> {
    let tenant = tx.tenant();
    let wait = || {
        entries::table
            .filter(entries::tenant_id.eq(tenant))
            .filter(entries::seq.is_null())
    };
    let number = wait().select(count_star()).first(tx.conn()).await?;
    let since: Option<DateTime<Utc>> = wait()
        .filter(entries::at.lt(now.into_sql::<Timestamptz>() - LONGEST_WAIT_MINUTES.minutes()))
        .select(min(entries::at))
        .first(tx.conn())
        .await?;
    Ok((number, since.map(|since| Flaw::Stalled { since })))
}

async fn take_turn(tx: &mut TenantTx) -> Result<(), AuditError> {
    let name = format!("motel-audit/verify/{}", tx.tenant());
    let query = "pg_try_advisory_xact_lock(hashtextextended(";
    let mine = sql::<Bool>(query).bind::<Text, _>(name).sql(", 0))");
    match select(mine).get_result(tx.conn()).await? {
        true => Ok(()),
        false => Err(AuditError::UnderWay),
    }
}
