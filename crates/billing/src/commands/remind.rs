use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::{Booking, ReservationStatus};
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{FolioId, TenantId};

use crate::rules::next_reminder;
use crate::schema::payment_terms as table;
use crate::{BillingError, PaymentDue, queries};

/// How many folios are looked at in one go.
const AT_ONCE: i64 = 500;

/// The folios, of one tenant or of all, of which it is to be looked at `now` whether something is due that nobody paid.
pub(crate) async fn folios_to_remind(
    tx: &mut PlatformTx,
    of: Option<TenantId>,
    now: DateTime<Utc>,
) -> Result<Vec<(TenantId, FolioId)>, BillingError> {
    let mut planned = table::table
        .filter(table::remind_at.le(now))
        .order(table::remind_at)
        .limit(AT_ONCE)
        .select((table::tenant_id, table::folio_id))
        .into_boxed();
    if let Some(tenant) = of {
        planned = planned.filter(table::tenant_id.eq(tenant));
    }
    Ok(planned.load(tx.conn()).await?)
}

/// Has the guests of a folio reminded of what is due at `now` and not paid, when it is time to look: once each time, however
/// many ask at once. Who is expected is reminded; who is here is asked at the desk.
pub(crate) async fn remind(
    tx: &mut TenantTx,
    folio: FolioId,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<bool, BillingError> {
    let row: Option<(Option<DateTime<Utc>>, DateTime<Utc>)> = table::table
        .find((tx.tenant(), folio))
        .select((table::remind_at, table::rest_due_at))
        .for_update()
        .first(tx.conn())
        .await
        .optional()?;
    let Some((Some(planned_for), rest_due_at)) = row else {
        return Ok(false);
    };
    if planned_for > now {
        return Ok(false);
    }
    let is_expected = booking.status() == ReservationStatus::Confirmed;
    let next = next_reminder(rest_due_at, now).filter(|_| is_expected);
    diesel::update(table::table.find((tx.tenant(), folio)))
        .set(table::remind_at.eq(next))
        .execute(tx.conn())
        .await?;
    let due = queries::due(tx, booking, now).await?;
    if !is_expected || due.now.is_zero() {
        return Ok(false);
    }
    let event = PaymentDue {
        booking_id: booking.id,
        planned_for,
        amount: due.now,
    };
    motel_jobs::publish(tx, &event).await?;
    Ok(true)
}
