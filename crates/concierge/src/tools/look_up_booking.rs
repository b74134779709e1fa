use motel_bookings::{Booking, queries};
use motel_db::TenantTx;
use motel_inventory::UnitGroup;
use motel_kernel::{BookingCode, Email, Money};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Desk, Tool, ToolError};

/// Shows a guest their booking.
pub struct LookUpBooking;

/// The booking's code with the e-mail address it was made with: together they are the proof.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BookingProof {
    /// What the guest quotes, `RM-7K3F9Q`.
    #[schema(value_type = String)]
    pub code: BookingCode,
    /// The address it was booked with.
    #[schema(value_type = String)]
    pub email: Email,
}

/// A booking with what a guest asks about it.
#[derive(Debug, Clone)]
pub struct BookingSeen {
    /// The booking.
    pub booking: Booking,
    /// Its room type.
    pub unit_group: UnitGroup,
    /// What cancelling it now would cost.
    pub fee_now: Money,
}

impl Tool for LookUpBooking {
    type Input = BookingProof;
    type Output = BookingSeen;
    const NAME: &'static str = "look_up_booking";
    const DESCRIPTION: &'static str = "Shows a booking, and what cancelling it now would cost, to who knows its code and \
        its e-mail address.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        proof: BookingProof,
    ) -> Result<BookingSeen, ToolError> {
        let booking = queries::find_for_guest(tx, &proof.code, &proof.email).await?;
        BookingSeen::of(tx, desk, booking).await
    }

    fn outcome(seen: &BookingSeen) -> String {
        seen.booking.status().to_string()
    }
}

impl BookingSeen {
    /// A booking that was proved, or was just made.
    pub(super) async fn of(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        booking: Booking,
    ) -> Result<Self, ToolError> {
        let unit_group = motel_inventory::queries::unit_group(tx, booking.first().unit_group)
            .await
            .map_err(ToolError::fault)?
            .ok_or_else(|| ToolError::fault("a booking without a room type"))?;
        let fee_now = booking.cancellation_fee(desk.now);
        Ok(Self {
            booking,
            unit_group,
            fee_now,
        })
    }
}
