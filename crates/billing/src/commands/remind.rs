use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use motel_bookings::{Booking, By, ReservationStatus};
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{Actor, FolioId, Money, TenantId};

use super::charge::request_charge;
use crate::rules::next_reminder;
use crate::schema::payment_terms as table;
use crate::{BillingError, Payment, PaymentDue, Way, queries};

/// How many folios are looked at in one go.
const AT_ONCE: i64 = 500;

/// A business that is suspended or deleted charges no cards: neither its guests nor its people could take it back. It is gone on with
/// once it is restored.
const DOES_BUSINESS: &str = "NOT EXISTS (SELECT FROM tenancy.tenants t WHERE t.tenant_id = payment_terms.tenant_id AND t.state <> 'active')";

/// The folios, of one tenant or of all, of which it is to be looked at `now` whether something is due that nobody paid.
pub(crate) async fn folios_to_remind(
    tx: &mut PlatformTx,
    of: Option<TenantId>,
    now: DateTime<Utc>,
) -> Result<Vec<(TenantId, FolioId)>, BillingError> {
    let mut planned = table::table
        .filter(table::remind_at.le(now))
        .filter(sql::<Bool>(DOES_BUSINESS))
        .order(table::remind_at)
        .limit(AT_ONCE)
        .select((table::tenant_id, table::folio_id))
        .into_boxed();
    if let Some(tenant) = of {
        planned = planned.filter(table::tenant_id.eq(tenant));
    }
    Ok(planned.load(tx.conn()).await?)
}

/// What is done about something that is due and not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reminded {
    /// Nothing: it is not time, nothing is due, or money that was set aside is just being taken.
    Nothing,
    /// The guests are written to.
    Told,
    /// It is charged to the card they left; they are written to when that fails.
    Charged,
}

/// Has the guests of a folio reminded of what is due at `now` and not paid, when it is time to look: once each time, however
/// many ask at once. Who left a card for the rest is not reminded of it: the card is charged. Who is expected is reminded; who
/// is here is asked at the desk.
pub(crate) async fn remind(
    tx: &mut TenantTx,
    folio: FolioId,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<Reminded, BillingError> {
    let row: Option<(Option<DateTime<Utc>>, DateTime<Utc>)> = table::table
        .find((tx.tenant(), folio))
        .select((table::remind_at, table::rest_due_at))
        .for_update()
        .first(tx.conn())
        .await
        .optional()?;
    let Some((Some(planned_for), rest_due_at)) = row else {
        return Ok(Reminded::Nothing);
    };
    if planned_for > now {
        return Ok(Reminded::Nothing);
    }
    // What comes of it is not known yet: it is looked again then, and the rest is not forgotten over a part.
    let payments = queries::payments(tx, booking.id).await?;
    if payments.iter().any(takes_what_is_aside) {
        return Ok(Reminded::Nothing);
    }
    let is_expected = booking.status() == ReservationStatus::Confirmed;
    let next = next_reminder(rest_due_at, now).filter(|_| is_expected);
    diesel::update(table::table.find((tx.tenant(), folio)))
        .set(table::remind_at.eq(next))
        .execute(tx.conn())
        .await?;
    let due = queries::due(tx, booking, now).await?;
    if !is_expected || due.now.is_zero() {
        return Ok(Reminded::Nothing);
    }
    if now >= rest_due_at && charge_rest(tx, booking, due.now, now).await? {
        return Ok(Reminded::Charged);
    }
    let event = PaymentDue {
        booking_id: booking.id,
        planned_for,
        amount: due.now,
        card_refused: false,
    };
    motel_jobs::publish(tx, &event).await?;
    Ok(Reminded::Told)
}

/// False when no card was left, or when it was charged by itself before: what was given back then is not taken again.
async fn charge_rest(
    tx: &mut TenantTx,
    booking: &Booking,
    amount: Money,
    now: DateTime<Utc>,
) -> Result<bool, BillingError> {
    let payments = queries::payments(tx, booking.id).await?;
    if payments.iter().any(charged_by_itself) {
        return Ok(false);
    }
    match request_charge(tx, booking, Some(amount), By::system(), now).await {
        // Somebody is paying just now, or has paid.
        Ok(_) | Err(BillingError::BeingCharged | BillingError::NothingDue) => Ok(true),
        Err(BillingError::NoCardKept) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Money that was set aside and may be here any moment.
fn takes_what_is_aside(payment: &Payment) -> bool {
    payment.link.is_authorisation() && payment.is_charging()
}

fn charged_by_itself(payment: &Payment) -> bool {
    let by_itself =
        matches!(&payment.link.way, Way::KeptCard { by, .. } if by.actor == Actor::System);
    by_itself && !payment.paid.is_zero()
}
