use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Int4, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, sql_query};
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{BookingId, PaymentLinkId, TenantId};
use motel_payments::GatewayName;

use crate::commands::Taken;
use crate::schema::payment_events as table;
use crate::{BillingError, EventState, PaymentEvent, PaymentEventId};

/// Which events a list shows; a field that is `None` lets all through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// How far they are.
    pub state: Option<EventState>,
    /// From whom.
    pub gateway: Option<GatewayName>,
    /// Of which booking.
    pub booking: Option<BookingId>,
}

/// An event belongs to a link, that to a folio, and that to a booking; tables of two crates, which the query builder does
/// not join.
const EVENTS: &str = "
SELECT event.id, event.gateway, event.event_id, event.link_id, event.kind, event.state, event.outcome, event.attempts,
    event.failure, event.try_at, event.received_at, event.changed_at, booking.id AS booking_id, booking.code AS booking_code
FROM billing.payment_events event
JOIN billing.payment_links link ON link.tenant_id = event.tenant_id AND link.id = event.link_id
JOIN billing.folios folio ON folio.tenant_id = link.tenant_id AND folio.id = link.folio_id
JOIN bookings.bookings booking ON booking.tenant_id = folio.tenant_id AND booking.id = folio.booking_id
WHERE event.tenant_id = $1
    AND ($2 IS NULL OR event.id = $2)
    AND ($3 IS NULL OR event.state = $3)
    AND ($4 IS NULL OR event.gateway = $4)
    AND ($5 IS NULL OR booking.id = $5)
    AND ($6 IS NULL OR (event.received_at, event.id) < ($6, $7))
ORDER BY event.received_at DESC, event.id DESC
LIMIT $8";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: PaymentEventId,
    #[diesel(sql_type = Text)]
    gateway: String,
    #[diesel(sql_type = Text)]
    event_id: String,
    #[diesel(sql_type = SqlUuid)]
    link_id: PaymentLinkId,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    state: EventState,
    #[diesel(sql_type = Nullable<Text>)]
    outcome: Option<Taken>,
    #[diesel(sql_type = Int4)]
    attempts: i32,
    #[diesel(sql_type = Nullable<Text>)]
    failure: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    try_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Timestamptz)]
    received_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    changed_at: DateTime<Utc>,
    #[diesel(sql_type = SqlUuid)]
    booking_id: BookingId,
    #[diesel(sql_type = Text)]
    booking_code: String,
}

/// At most `limit` of what gateways told, the latest first, from the one after `after` on.
///
/// # Errors
/// The database failed.
pub async fn payment_events(
    tx: &mut TenantTx,
    filter: EventFilter,
    after: Option<(DateTime<Utc>, PaymentEventId)>,
    limit: i64,
) -> Result<Vec<PaymentEvent>, BillingError> {
    find(tx, None, filter, after, limit).await
}

/// One of them.
///
/// # Errors
/// The database failed.
pub async fn payment_event(
    tx: &mut TenantTx,
    id: PaymentEventId,
) -> Result<Option<PaymentEvent>, BillingError> {
    let found = find(tx, Some(id), EventFilter::default(), None, 1).await?;
    Ok(found.into_iter().next())
}

/// What the gateway sent, byte by byte.
///
/// # Errors
/// The database failed.
pub async fn payment_event_body(
    tx: &mut TenantTx,
    id: PaymentEventId,
) -> Result<Option<Vec<u8>>, BillingError> {
    let body = table::table
        .find((tx.tenant(), id))
        .select(table::body)
        .first(tx.conn())
        .await
        .optional()?;
    Ok(body)
}

async fn find(
    tx: &mut TenantTx,
    id: Option<PaymentEventId>,
    filter: EventFilter,
    after: Option<(DateTime<Utc>, PaymentEventId)>,
    limit: i64,
) -> Result<Vec<PaymentEvent>, BillingError> {
    let tenant = tx.tenant();
    let (since, last) = after.unzip();
    let rows: Vec<Row> = sql_query(EVENTS)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Nullable<SqlUuid>, _>(id)
        .bind::<Nullable<Text>, _>(filter.state)
        .bind::<Nullable<Text>, _>(filter.gateway.map(GatewayName::as_str))
        .bind::<Nullable<SqlUuid>, _>(filter.booking)
        .bind::<Nullable<Timestamptz>, _>(since)
        .bind::<Nullable<SqlUuid>, _>(last)
        .bind::<BigInt, _>(limit)
        .load(tx.conn())
        .await?;
    rows.into_iter().map(PaymentEvent::try_from).collect()
}

/// Whose event it is: whoever looks after the whole installation names no tenants.
///
/// # Errors
/// The database failed.
pub async fn tenant_of_event(
    tx: &mut PlatformTx,
    id: PaymentEventId,
) -> Result<Option<TenantId>, BillingError> {
    let tenant = table::table
        .filter(table::id.eq(id))
        .select(table::tenant_id)
        .first(tx.conn())
        .await
        .optional()?;
    Ok(tenant)
}

impl TryFrom<Row> for PaymentEvent {
    type Error = BillingError;

    fn try_from(row: Row) -> Result<Self, BillingError> {
        Ok(Self {
            id: row.id,
            gateway: row.gateway.parse().map_err(BillingError::unreadable)?,
            event_id: row.event_id,
            link: row.link_id,
            booking: row.booking_id,
            booking_code: row.booking_code,
            kind: row.kind,
            state: row.state,
            outcome: row.outcome,
            attempts: row.attempts,
            failure: row.failure,
            try_at: row.try_at,
            received_at: row.received_at,
            changed_at: row.changed_at,
        })
    }
}
