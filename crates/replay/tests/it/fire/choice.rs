//! Whom an operation is tried on: mostly somebody with whom it can succeed, so that it is done and not only refused.

use diesel::sql_types::{Date, Timestamptz, Uuid};
use diesel_async::RunQueryDsl;
use motel_bookings::{BookingError, queries};
use motel_db::TenantTx;
use motel_kernel::ReservationId;
use rand::RngExt;
use rand::rngs::StdRng;

use super::house::House;
use super::operation::Operation;

/// How often it is anybody at all.
const ANYBODY: f64 = 0.2;

#[derive(diesel::QueryableByName)]
struct Candidate {
    #[diesel(sql_type = Uuid)]
    id: ReservationId,
}

/// A reservation to try `operation` on.
pub(super) async fn choose(
    operation: Operation,
    tx: &mut TenantTx,
    house: &House,
    dice: &mut StdRng,
) -> Result<Option<ReservationId>, BookingError> {
    if dice.random_bool(ANYBODY) {
        return Ok(house.some(dice.random_range(0..usize::MAX)));
    }
    let today = queries::business_date(tx, house.property(), house.now()).await?;
    let query = format!(
        "SELECT r.id FROM bookings.reservations r, (SELECT $2 AS now, $3 AS today) AS at
         WHERE r.tenant_id = $1 AND {} ORDER BY r.id DESC LIMIT 40",
        likely(operation)
    );
    let found: Vec<Candidate> = diesel::sql_query(query)
        .bind::<Uuid, _>(tx.tenant())
        .bind::<Timestamptz, _>(house.now())
        .bind::<Date, _>(today)
        .load(tx.conn())
        .await?;
    let place = dice.random_range(0..usize::MAX);
    Ok((!found.is_empty()).then(|| found[place % found.len()].id))
}

fn likely(operation: Operation) -> &'static str {
    match operation {
        Operation::Confirm => "r.status = 'held' AND r.hold_expires_at > at.now",
        Operation::Cancel => "r.status IN ('held', 'confirmed') AND r.arrival >= at.today",
        Operation::CheckIn => {
            "r.status = 'confirmed' AND r.arrival <= at.today AND at.today < r.departure"
        }
        Operation::CheckOut => "r.status = 'in_house' AND r.departure <= at.today + 1",
        Operation::NoShow => "r.status = 'confirmed' AND r.arrival <= at.today",
        Operation::Reinstate => {
            "r.status IN ('cancelled', 'no_show', 'expired') AND at.today < r.departure"
        }
        Operation::Undo => {
            "EXISTS (SELECT FROM bookings.reservation_events e
                WHERE (e.tenant_id, e.reservation_id, e.seq) = (r.tenant_id, r.id, r.version)
                    AND e.business_date = at.today
                    AND e.kind IN ('checked_in', 'checked_out', 'cancelled', 'no_show'))"
        }
        Operation::Extend => "r.status IN ('confirmed', 'in_house') AND at.today < r.departure",
        Operation::Split => {
            "r.status IN ('confirmed', 'in_house') AND at.today <= r.arrival AND r.departure - r.arrival > 1"
        }
        Operation::DepartEarly => "r.status = 'in_house' AND r.departure > at.today + 1",
        Operation::Unpin => "r.pinned AND at.today < r.departure",
        _ => "r.status IN ('held', 'confirmed', 'in_house') AND at.today < r.departure",
    }
}
