use motel_db::TenantTx;
use motel_kernel::{BookingCode, Email, Money};
use motel_upsells::{Added, Addition, Offered, commands};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Desk, Tool, ToolError};

/// Adds what was offered to a booking that stands. Only a guest's yes to the house's own read-back calls for it, so it is not in the
/// registry: no model and no program may ask for it.
pub(crate) struct AddToBooking;

/// What was read back and agreed to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct AddToBookingInput {
    /// The booking.
    #[schema(value_type = String)]
    pub(crate) code: BookingCode,
    /// The address it was made with.
    #[schema(value_type = String)]
    pub(crate) email: Email,
    /// What is added.
    #[schema(value_type = Object)]
    pub(crate) offered: Offered,
    /// The total the guest said yes to; another one is refused.
    #[schema(value_type = Object)]
    pub(crate) agreed_total: Money,
}

impl Tool for AddToBooking {
    type Input = AddToBookingInput;
    type Output = Addition;
    const NAME: &'static str = "add_to_booking";
    const DESCRIPTION: &'static str =
        "Adds to a booking what the guest was offered and has said yes to, at the total read back.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        input: Self::Input,
    ) -> Result<Addition, ToolError> {
        let added = Added {
            code: &input.code,
            email: &input.email,
            offered: &input.offered,
        };
        let agreed = input.agreed_total;
        Ok(commands::add(tx, desk.property, &added, agreed, desk.now).await?)
    }

    fn outcome(added: &Addition) -> String {
        added.booking.code.to_string()
    }
}
