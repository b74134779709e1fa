use std::collections::HashMap;

use diesel::sql_types::{BigInt, Bool, Nullable, Uuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::GuestId;

use super::find_many;
use crate::{Duplicate, Guest, GuestsError};

/// Each half by its own index: one join by either reason would compare everybody with everybody.
const PAIRS: &str = "
SELECT first, second, bool_or(same_phone) AS same_phone, bool_or(same_name) AS same_name
FROM (
    SELECT a.id AS first, b.id AS second, true AS same_phone, false AS same_name
    FROM guests.guests a
    JOIN guests.guests b ON b.tenant_id = a.tenant_id AND b.phone = a.phone AND b.id > a.id
    WHERE a.tenant_id = $1 AND a.merged_into IS NULL AND a.erased_at IS NULL
      AND b.merged_into IS NULL AND b.erased_at IS NULL
  UNION ALL
    SELECT a.id, b.id, false, true
    FROM guests.guests a
    JOIN guests.guests b ON b.tenant_id = a.tenant_id AND b.name_key = a.name_key AND b.id > a.id
    WHERE a.tenant_id = $1 AND a.merged_into IS NULL AND a.erased_at IS NULL AND a.name_key <> ''
      AND b.merged_into IS NULL AND b.erased_at IS NULL
) AS pairs
WHERE $2 IS NULL OR (first, second) > ($2, $3)
GROUP BY first, second
ORDER BY first, second
LIMIT $4";

#[derive(diesel::QueryableByName)]
struct Pair {
    #[diesel(sql_type = Uuid)]
    first: GuestId,
    #[diesel(sql_type = Uuid)]
    second: GuestId,
    #[diesel(sql_type = Bool)]
    same_phone: bool,
    #[diesel(sql_type = Bool)]
    same_name: bool,
}

/// Guests who may be one, pair by pair, with the reasons; at most `limit`, beginning after the pair `after`.
pub async fn duplicates(
    tx: &mut TenantTx,
    after: Option<(GuestId, GuestId)>,
    limit: i64,
) -> Result<Vec<Duplicate>, GuestsError> {
    let pairs: Vec<Pair> = diesel::sql_query(PAIRS)
        .bind::<Uuid, _>(tx.tenant())
        .bind::<Nullable<Uuid>, _>(after.map(|(first, _)| first))
        .bind::<Nullable<Uuid>, _>(after.map(|(_, second)| second))
        .bind::<BigInt, _>(limit)
        .load(tx.conn())
        .await?;
    let ids: Vec<GuestId> = pairs
        .iter()
        .flat_map(|pair| [pair.first, pair.second])
        .collect();
    let found = find_many(tx, &ids).await?;
    let known: HashMap<GuestId, Guest> = found.into_iter().map(|it| (it.id, it)).collect();
    let whole = |pair: Pair| {
        Some(Duplicate {
            first: known.get(&pair.first)?.clone(),
            second: known.get(&pair.second)?.clone(),
            same_phone: pair.same_phone,
            same_name: pair.same_name,
        })
    };
    Ok(pairs.into_iter().filter_map(whole).collect())
}
