use chrono::{DateTime, Utc};
use diesel_async::SimpleAsyncConnection;
use motel_bookings::commands::{Modification, modify};
use motel_bookings::{Booking, BookingError, By, Effect, ReservationStatus};
use motel_db::TenantTx;
use motel_kernel::Money;
use motel_tenancy::Property;

use crate::queries::priced_change;
use crate::{Added, Addition, Offered, Priced, UpsellError};

/// What adding something to a booking would come to: the very change is made and taken back. `None` when the house does not sell it so,
/// or when it costs nothing more.
pub async fn would_add(
    tx: &mut TenantTx,
    property: &Property,
    added: &Added<'_>,
    now: DateTime<Utc>,
) -> Result<Option<Priced>, UpsellError> {
    let Some(booking) = simple(tx, added).await? else {
        return Ok(None);
    };
    set_mark(tx).await?;
    let changed = change(tx, property, &booking, added, now).await;
    back_to_mark(tx).await?;
    match changed {
        Ok(effect) => priced_change(tx, property, added.offered, &effect).await,
        Err(error) if error.code() != "internal" => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Adds something to a booking by the command that the desk uses, at the total that was agreed to and at no other.
///
/// # Errors
/// [`UpsellError::PriceChanged`]: nothing was changed then. The refusals of [`motel_bookings::commands::modify`].
pub async fn add(
    tx: &mut TenantTx,
    property: &Property,
    added: &Added<'_>,
    agreed: Money,
    now: DateTime<Utc>,
) -> Result<Addition, UpsellError> {
    let booking = simple(tx, added).await?.ok_or(UpsellError::PriceChanged)?;
    set_mark(tx).await?;
    match change(tx, property, &booking, added, now).await {
        Ok(effect) if effect.price_after == agreed => Ok(Addition {
            booking: motel_bookings::queries::find(tx, booking.id).await?,
            extra: effect.difference,
        }),
        Ok(_) => {
            back_to_mark(tx).await?;
            Err(UpsellError::PriceChanged)
        }
        Err(error) => {
            back_to_mark(tx).await?;
            Err(error.into())
        }
    }
}

/// The booking, if it is one room that is yet to be stayed in; a package is not put in the place of another one.
async fn simple(tx: &mut TenantTx, added: &Added<'_>) -> Result<Option<Booking>, UpsellError> {
    let booking = motel_bookings::queries::find_for_guest(tx, added.code, added.email).await?;
    let stay = booking.first();
    let takes = match added.offered {
        Offered::Package(_) => stay.package_code().is_none(),
        Offered::Room(_) => true,
    };
    let simple = booking.reservations.len() == 1 && stay.status == ReservationStatus::Confirmed;
    Ok((simple && takes).then_some(booking))
}

async fn change(
    tx: &mut TenantTx,
    property: &Property,
    booking: &Booking,
    added: &Added<'_>,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let mut wish = Modification::default();
    match added.offered {
        Offered::Package(code) => wish.package = Some(Some(code.clone())),
        Offered::Room(code) => wish.unit_group = Some(code.clone()),
    }
    let stay = booking.first();
    let by = By::concierge().because("the guest said yes to an offer");
    modify(tx, property, stay.id, Some(stay.version), &wish, &by, now).await
}

async fn set_mark(tx: &mut TenantTx) -> Result<(), UpsellError> {
    tx.conn().batch_execute("SAVEPOINT adding").await?;
    Ok(())
}

async fn back_to_mark(tx: &mut TenantTx) -> Result<(), UpsellError> {
    let back = "ROLLBACK TO SAVEPOINT adding";
    tx.conn().batch_execute(back).await?;
    Ok(())
}
