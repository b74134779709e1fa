use chrono::NaiveDate;
use diesel::prelude::QueryableByName;
use diesel::sql_types::{BigInt, Date, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Money;
use motel_tenancy::Property;

use crate::{RuleId, TakeUp, UpsellError};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    rule_id: uuid::Uuid,
    #[diesel(sql_type = BigInt)]
    shown: i64,
    #[diesel(sql_type = BigInt)]
    taken: i64,
    #[diesel(sql_type = BigInt)]
    declined: i64,
    #[diesel(sql_type = BigInt)]
    booked: i64,
    #[diesel(sql_type = BigInt)]
    revenue: i64,
}

/// What became of each rule's offers that were shown on dates from `from` on and before `until`. Rules that were never shown are not
/// among them.
pub async fn take_up(
    tx: &TenantTx,
    property: &Property,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<TakeUp>, UpsellError> {
    // Counts with filters are more than the query builder can say. Amounts in a former currency are not added to those of today's.
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT rule_id, count(*) AS shown,
                count(*) FILTER (WHERE outcome = 'taken') AS taken,
                count(*) FILTER (WHERE outcome = 'declined') AS declined,
                count(booking_id) AS booked,
                coalesce(sum(extra_minor) FILTER (WHERE booking_id IS NOT NULL AND currency = $5), 0)::bigint AS revenue
           FROM upsells.showings
          WHERE tenant_id = $1 AND property_id = $2 AND shown_on >= $3 AND shown_on < $4
          GROUP BY rule_id ORDER BY rule_id",
    )
    .bind::<SqlUuid, _>(tx.tenant())
    .bind::<SqlUuid, _>(property.id)
    .bind::<Date, _>(from)
    .bind::<Date, _>(until)
    .bind::<diesel::sql_types::Text, _>(property.currency.code())
    .load(&mut tx.reading())
    .await?;
    let counted = rows.into_iter().map(|row| TakeUp {
        rule: RuleId::from(row.rule_id),
        shown: row.shown,
        taken: row.taken,
        declined: row.declined,
        booked: row.booked,
        revenue: Money::new(row.revenue, property.currency),
    });
    Ok(counted.collect())
}
