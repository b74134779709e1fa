use diesel::insert_into;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Uuid};
use diesel_async::RunQueryDsl;
use motel_db::{Db, PlatformTx};
use motel_kernel::TenantId;

use crate::model::{Head, Link};
use crate::rules::chained;
use crate::schema::{entries, heads};
use crate::{AuditError, Entry};

/// The most entries of a tenant that are chained in one transaction.
const AT_ONCE: usize = 500;

/// The most tenants that are looked after in one round.
const TENANTS: i64 = 1_000;

/// Chains what was noted since the last time, in the order in which it became visible; answers how many entries. Nobody who writes
/// waits for it: entries are noted without a place, and get theirs here. Any number of nodes may do it at once: they take turns.
///
/// # Errors
/// The database failed, or a tenant's entries cannot be chained, as somebody touched its chain: those of the others are all the same.
pub async fn chain_entries(db: &Db) -> Result<usize, AuditError> {
    let (mut number, mut failed) = (0, None);
    for tenant in waiting(db).await? {
        match chain_all(db, tenant).await {
            Ok(chained) => number += chained,
            Err(error) => {
                tracing::error!(%tenant, error = &error as &dyn std::error::Error, "the audit log of a business cannot be chained");
                failed.get_or_insert(error);
            }
        }
    }
    failed.map_or(Ok(number), Err)
}

async fn chain_all(db: &Db, tenant: TenantId) -> Result<usize, AuditError> {
    let mut number = 0;
    loop {
        let mut platform = db.platform("chain entries of the audit log").await?;
        let chained = chain_some(&mut platform, tenant).await?;
        if chained == 0 {
            // Another has chained them, or the tenant is purged: no head may stay that was made for nothing.
            return Ok(number);
        }
        platform.commit().await?;
        number += chained;
        if chained < AT_ONCE {
            return Ok(number);
        }
    }
}

async fn waiting(db: &Db) -> Result<Vec<TenantId>, AuditError> {
    let mut platform = db.platform("look which entries are to be chained").await?;
    let tenants = entries::table
        .filter(entries::seq.is_null())
        .select(entries::tenant_id)
        .distinct()
        .limit(TENANTS)
        .load(platform.conn())
        .await?;
    platform.commit().await?;
    Ok(tenants)
}

async fn chain_some(platform: &mut PlatformTx, tenant: TenantId) -> Result<usize, AuditError> {
    let mut at = locked_head(platform, tenant).await?.last;
    // What another node has chained meanwhile is not among them: this statement begins after that one let go of the head.
    let waiting: Vec<Entry> = entries::table
        .filter(entries::tenant_id.eq(tenant))
        .filter(entries::seq.is_null())
        .order(entries::id)
        .limit(AT_ONCE as i64)
        .select(Entry::as_select())
        .load(platform.conn())
        .await?;
    let links: Vec<(i64, Link)> = waiting
        .iter()
        .map(|entry| {
            at = chained(at, entry);
            (entry.id, at)
        })
        .collect();
    keep_links(platform, tenant, &links).await?;
    Ok(links.len())
}

/// How far a tenant's chain goes, held until the transaction ends. One that has not begun begins here.
pub(super) async fn locked_head(
    platform: &mut PlatformTx,
    tenant: TenantId,
) -> Result<Head, AuditError> {
    let beginning = Link::BEGINNING.hash;
    insert_into(heads::table)
        .values((
            heads::tenant_id.eq(tenant),
            heads::seq.eq(Link::BEGINNING.seq),
            heads::hash.eq(beginning.as_bytes()),
        ))
        .on_conflict_do_nothing()
        .execute(platform.conn())
        .await?;
    let row = heads::table
        .find(tenant)
        .select((heads::seq, heads::hash, heads::cut_seq, heads::cut_hash))
        .for_update()
        .first(platform.conn())
        .await?;
    Head::read(row)
}

async fn keep_links(
    platform: &mut PlatformTx,
    tenant: TenantId,
    links: &[(i64, Link)],
) -> Result<(), AuditError> {
    let Some((_, last)) = links.last() else {
        return Ok(());
    };
    let ids: Vec<i64> = links.iter().map(|(id, _)| *id).collect();
    let seqs: Vec<i64> = links.iter().map(|(_, link)| link.seq).collect();
    let hashes = links.iter().map(|(_, link)| link.hash.as_bytes().to_vec());
    let hashes: Vec<Vec<u8>> = hashes.collect();
    diesel::sql_query(
        "UPDATE audit.entries AS entry SET seq = link.seq, hash = link.hash
         FROM unnest($2, $3, $4) AS link (id, seq, hash)
         WHERE entry.tenant_id = $1 AND entry.id = link.id",
    )
    .bind::<Uuid, _>(tenant)
    .bind::<Array<BigInt>, _>(ids)
    .bind::<Array<BigInt>, _>(seqs)
    .bind::<Array<Binary>, _>(hashes)
    .execute(platform.conn())
    .await?;
    diesel::update(heads::table.find(tenant))
        .set((
            heads::seq.eq(last.seq),
            heads::hash.eq(last.hash.as_bytes()),
        ))
        .execute(platform.conn())
        .await?;
    Ok(())
}
