use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::entries;
use crate::{AuditError, Entry, Filter};

/// At most `limit` of the tenant's entries that are wanted, the latest first, from the one before `before` on.
///
/// # Errors
/// The database failed.
pub async fn entries(
    tx: &mut TenantTx,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, AuditError> {
    let mut found = entries::table
        .filter(entries::tenant_id.eq(tx.tenant()))
        .order(entries::id.desc())
        .limit(limit)
        .select(Entry::as_select())
        .into_boxed();
    if let Some(before) = before {
        found = found.filter(entries::id.lt(before));
    }
    if let Some(actor) = &filter.actor {
        let of_kind = entries::actor.like(actor.and_behind(':'));
        found = found.filter(entries::actor.eq(actor.as_str()).or(of_kind));
    }
    if let Some(thing) = &filter.thing {
        let of_part = entries::thing.like(thing.and_behind('.'));
        found = found.filter(entries::thing.eq(thing.as_str()).or(of_part));
    }
    if let Some(key) = &filter.key {
        found = found.filter(entries::row_key.eq(key.as_str()));
    }
    if let Some(from) = filter.from {
        found = found.filter(entries::at.ge(from));
    }
    if let Some(until) = filter.until {
        found = found.filter(entries::at.lt(until));
    }
    if let Some(request) = filter.request {
        found = found.filter(entries::request.eq(request));
    }
    Ok(found.load(tx.conn()).await?)
}
