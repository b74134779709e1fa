use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::{Reservation, ReservationNightCharged};
use motel_db::TenantTx;
use motel_kernel::{Money, NightAuditId};

use super::house::House;
use crate::rules::{charges, nights_to_charge};
use crate::schema::charged_nights;
use crate::{ChargedNight, NightAuditError};

/// Charges every night of the guests that has begun and was not charged before. A night that was charged is
/// in a table under its reservation, written with the event: whatever is run again, it is charged once.
pub(super) async fn charge(
    tx: &mut TenantTx,
    house: &House,
    audit: NightAuditId,
    day: NaiveDate,
) -> Result<Vec<ChargedNight>, NightAuditError> {
    let mut charged = Vec::new();
    for stay in house.guests(day) {
        for night in nights_to_charge(stay.dates, day) {
            if claim(tx, stay, night, audit).await? {
                let amount = publish(tx, stay, night, day).await?;
                charged.push(ChargedNight {
                    booking_code: house.booking(stay)?.code.clone(),
                    reservation_id: stay.id,
                    night,
                    amount,
                });
            }
        }
    }
    Ok(charged)
}

async fn claim(
    tx: &mut TenantTx,
    stay: &Reservation,
    night: NaiveDate,
    audit: NightAuditId,
) -> Result<bool, NightAuditError> {
    let written = diesel::insert_into(charged_nights::table)
        .values((
            charged_nights::tenant_id.eq(tx.tenant()),
            charged_nights::reservation_id.eq(stay.id),
            charged_nights::night.eq(night),
            charged_nights::audit_id.eq(audit),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(written == 1)
}

async fn publish(
    tx: &mut TenantTx,
    stay: &Reservation,
    night: NaiveDate,
    day: NaiveDate,
) -> Result<Money, NightAuditError> {
    let lines = charges(&stay.price, night);
    let amounts = lines.iter().map(|line| line.amount);
    let amount = Money::total(amounts, stay.total().currency())?;
    let event = ReservationNightCharged {
        booking_id: stay.booking,
        reservation_id: stay.id,
        night,
        business_date: day,
        lines,
    };
    motel_jobs::publish(tx, &event).await?;
    Ok(amount)
}
