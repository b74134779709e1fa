use motel_billing::{commands::keep_folio, queries::refund_due};
use motel_bookings::{Booking, By, commands, queries};
use motel_db::TenantTx;
use motel_kernel::Money;

use super::{BookingProof, Desk, Tool, ToolError};

/// Cancels a booking.
pub struct CancelBooking;

/// A cancelled booking and what the guest gets back.
#[derive(Debug, Clone)]
pub struct Cancelled {
    /// The booking.
    pub booking: Booking,
    /// What was paid beyond the fee.
    pub refund: Money,
}

impl Tool for CancelBooking {
    type Input = BookingProof;
    type Output = Cancelled;
    const NAME: &'static str = "cancel_booking";
    const DESCRIPTION: &'static str = "Cancels a booking for who knows its code and its e-mail address. Only after the \
        guest was told the fee and has said yes.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        proof: BookingProof,
    ) -> Result<Cancelled, ToolError> {
        let booking = queries::find_for_guest(tx, &proof.code, &proof.email).await?;
        let booking =
            commands::cancel(tx, desk.property, booking.id, &By::concierge(), desk.now).await?;
        let folio = keep_folio(tx, &booking).await?;
        let refund = refund_due(tx, &folio).await?;
        Ok(Cancelled { booking, refund })
    }

    fn outcome(_: &Cancelled) -> String {
        "cancelled".to_owned()
    }
}
