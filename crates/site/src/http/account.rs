use motel_billing::BillingError;
use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_kernel::Money;

use crate::present::Account;

/// What a booking costs and what is still open. The folio may not be opened yet: then nothing was paid.
pub(super) async fn account(tx: &mut TenantTx, booking: &Booking) -> Result<Account, BillingError> {
    let due = booking
        .cancellation()
        .map_or(booking.total(), |cancelled| cancelled.fee);
    Ok(Account {
        due,
        balance: balance(tx, booking, due).await?,
    })
}

async fn balance(tx: &mut TenantTx, booking: &Booking, due: Money) -> Result<Money, BillingError> {
    match motel_billing::queries::folio(tx, booking.id).await? {
        Some(folio) => motel_billing::queries::balance(tx, &folio).await,
        None => Ok(due),
    }
}
