use async_trait::async_trait;
use motel_bookings::{Booking, GuestLedger};
use motel_db::TenantTx;
use motel_kernel::Money;

use crate::queries;

/// The folios, as the crate of bookings asks them before guests leave.
#[derive(Debug, Clone, Copy, Default)]
pub struct Folios;

#[async_trait]
impl GuestLedger for Folios {
    async fn owed(
        &self,
        tx: &mut TenantTx,
        booking: &Booking,
    ) -> Result<Money, Box<dyn std::error::Error + Send + Sync>> {
        Ok(queries::owed_by_guests(tx, booking).await?)
    }
}
