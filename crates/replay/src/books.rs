//! What stands in the database when everything has happened.

use diesel::sql_types::{BigInt, Integer, Text};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::sums::{Months, Sold, YearMonth};

/// The nights of the guests who came and left, at the price each was sold for.
const SOLD: &str = "
    SELECT extract(year FROM night.date)::int AS year, extract(month FROM night.date)::int AS month,
        count(*) AS nights, sum(night.amount)::bigint AS revenue
    FROM bookings.reservations r
    CROSS JOIN LATERAL (
        SELECT (line ->> 'date')::date AS date, (line -> 'price' ->> 'amount_minor')::bigint AS amount
        FROM jsonb_array_elements(r.price -> 'nights') AS line) AS night
    WHERE r.tenant_id = $1 AND r.status = 'checked_out'
    GROUP BY 1, 2 ORDER BY 1, 2";

/// Nights whose counter says otherwise than the reservations that take them.
const MISCOUNTED: &str = "
    SELECT 'night' AS what, count(*) AS number FROM inventory.nightly_counters c
    WHERE c.tenant_id = $1 AND c.sold <> (
        SELECT count(*) FROM bookings.reservations r
        WHERE r.tenant_id = c.tenant_id AND r.unit_group_id = c.unit_group_id
            AND r.status IN ('held', 'confirmed', 'in_house', 'checked_out')
            AND r.arrival <= c.night AND c.night < r.departure)";

const ENDINGS: &str = "
    SELECT status AS what, count(*) AS number FROM bookings.reservations WHERE tenant_id = $1 GROUP BY 1 ORDER BY 1";

#[derive(diesel::QueryableByName)]
struct MonthRow {
    #[diesel(sql_type = Integer)]
    year: i32,
    #[diesel(sql_type = Integer)]
    month: i32,
    #[diesel(sql_type = BigInt)]
    nights: i64,
    #[diesel(sql_type = BigInt)]
    revenue: i64,
}

/// How many there are of something.
#[derive(Debug, diesel::QueryableByName)]
pub struct Count {
    /// Of what.
    #[diesel(sql_type = Text)]
    pub what: String,
    /// How many.
    #[diesel(sql_type = BigInt)]
    pub number: i64,
}

/// What was sold, as the reservations have it.
pub(crate) async fn sold(tx: &mut TenantTx) -> anyhow::Result<Months> {
    let rows: Vec<MonthRow> = diesel::sql_query(SOLD)
        .bind::<diesel::sql_types::Uuid, _>(tx.tenant())
        .load(tx.conn())
        .await?;
    let months = rows.into_iter().map(|row| {
        let sold = Sold {
            nights: row.nights,
            revenue: row.revenue,
        };
        (YearMonth(row.year, row.month.unsigned_abs()), sold)
    });
    Ok(Months(months.collect()))
}

/// How many nights the counters have wrong: 0.
pub(crate) async fn miscounted(tx: &mut TenantTx) -> anyhow::Result<i64> {
    Ok(counts(tx, MISCOUNTED)
        .await?
        .iter()
        .map(|it| it.number)
        .sum())
}

/// How many reservations ended how.
pub(crate) async fn endings(tx: &mut TenantTx) -> anyhow::Result<Vec<Count>> {
    counts(tx, ENDINGS).await
}

async fn counts(tx: &mut TenantTx, query: &str) -> anyhow::Result<Vec<Count>> {
    let rows = diesel::sql_query(query)
        .bind::<diesel::sql_types::Uuid, _>(tx.tenant())
        .load(tx.conn())
        .await?;
    Ok(rows)
}
