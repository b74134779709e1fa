use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, sql_query};
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_payments::{GatewayName, WebhookError};

use crate::BillingError;

/// So many addresses of one hour are told apart for each gateway; further ones count together.
const MOST_ADDRESSES: i64 = 50;

/// Who counts together with others.
const OTHERS: &str = "others";

/// How long incidents are kept.
const KEPT_DAYS: i32 = 30;

const COUNT: &str = "
WITH this AS (SELECT date_trunc('hour', now()) AS hour),
caller AS (
    SELECT CASE WHEN EXISTS (
            SELECT FROM billing.webhook_incidents known, this
            WHERE known.gateway = $1 AND known.hour = this.hour AND known.address = $3)
        OR (SELECT count(DISTINCT address) FROM billing.webhook_incidents known, this
            WHERE known.gateway = $1 AND known.hour = this.hour) < $4
        THEN $3 ELSE $5 END AS address)
INSERT INTO billing.webhook_incidents (gateway, reason, address, hour, number, first_at, last_at)
SELECT $1, $2, caller.address, this.hour, 1, now(), now() FROM this, caller
ON CONFLICT (gateway, hour, address, reason)
    DO UPDATE SET number = webhook_incidents.number + 1, last_at = now()
RETURNING number";

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Counts a webhook that proved nothing, by gateway, reason, caller and hour. Answers which one of that hour it is; `None`
/// for an error that is no forgery.
///
/// # Errors
/// The database failed.
pub async fn count_incident(
    tx: &mut PlatformTx,
    gateway: GatewayName,
    error: &WebhookError,
    address: &str,
) -> Result<Option<i64>, BillingError> {
    let Some(reason) = reason(error) else {
        return Ok(None);
    };
    let counted: Counted = sql_query(COUNT)
        .bind::<Text, _>(gateway.as_str())
        .bind::<Text, _>(reason)
        .bind::<Text, _>(address)
        .bind::<BigInt, _>(MOST_ADDRESSES)
        .bind::<Text, _>(OTHERS)
        .get_result(tx.conn())
        .await?;
    Ok(Some(counted.number))
}

/// Drops incidents that are a month old.
pub(crate) async fn forget_old_incidents(tx: &mut PlatformTx) -> Result<(), BillingError> {
    use crate::schema::webhook_incidents as table;
    use diesel::dsl::{IntervalDsl, now};
    use diesel::sql_types::Timestamptz;
    let old = table::hour.lt(now.into_sql::<Timestamptz>() - KEPT_DAYS.days());
    diesel::delete(table::table.filter(old))
        .execute(tx.conn())
        .await?;
    Ok(())
}

fn reason(error: &WebhookError) -> Option<&'static str> {
    match error {
        WebhookError::Unsigned => Some("unsigned"),
        WebhookError::MalformedSignature => Some("malformed_signature"),
        WebhookError::WrongSignature => Some("wrong_signature"),
        WebhookError::Stale { .. } => Some("stale"),
        WebhookError::Unreadable(_) | WebhookError::Unverified(_) => None,
    }
}
