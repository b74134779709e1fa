use motel_billing::{IssuedLink, PaymentDesk, Sum};
use motel_kernel::{BookingId, TenantId};

use super::{Desk, ToolError};

/// Makes a page at which a booking can be paid.
///
/// A gateway must not be asked inside a transaction, so this is not a [`Tool`](super::Tool): it is given the booking
/// that [`LookUpBooking`](super::LookUpBooking) has proved, after that was committed.
pub struct CreatePaymentLink;

impl CreatePaymentLink {
    /// What it is called.
    pub const NAME: &'static str = "create_payment_link";
    /// What it does.
    pub const DESCRIPTION: &'static str = "Makes a page at which what is due for a booking can be paid, for who knows \
        its code and its e-mail address.";

    /// Does it.
    ///
    /// # Errors
    /// [`ToolError::Refused`] when nothing is due or the gateway makes no page now.
    pub async fn run(
        payments: &PaymentDesk,
        tenant: TenantId,
        desk: &Desk<'_>,
        booking: BookingId,
    ) -> Result<IssuedLink, ToolError> {
        Ok(payments.link(tenant, booking, Sum::Due, desk.now).await?)
    }
}
