use chrono::{DateTime, Utc};
use motel_billing::BillingError;
use motel_bookings::Booking;
use motel_db::TenantTx;

use crate::present::Account;

/// What a booking costs, with the fees for what of it was cancelled, and what is still open.
pub(super) async fn account(
    tx: &mut TenantTx,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<Account, BillingError> {
    let account = motel_billing::queries::account(tx, booking).await?;
    let mut due = account.balance;
    for line in account.postings {
        if line.contra.is_some_and(|contra| contra.kind.settles()) {
            due = due.minus(line.amount)?;
        }
    }
    Ok(Account {
        due,
        asked: motel_billing::queries::due(tx, booking, now).await?,
        balance: account.balance,
    })
}
