use motel_appointments::commands::{Effect, cancel};
use motel_appointments::{By, queries};
use motel_db::TenantTx;
use motel_kernel::Actor;

use super::{BookingProof, Desk, Tool, ToolError};

/// Calls an appointment off.
pub struct CancelAppointment;

impl Tool for CancelAppointment {
    type Input = BookingProof;
    type Output = Effect;
    const NAME: &'static str = "cancel_appointment";
    const DESCRIPTION: &'static str = "Calls an appointment off for who knows its code and its e-mail address. Only after \
        the guest was told the fee and has said yes.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        proof: BookingProof,
    ) -> Result<Effect, ToolError> {
        let found = queries::find_for_guest(tx, &proof.code, &proof.email).await?;
        let by = By::actor(Actor::Guest);
        Ok(cancel(tx, found.id, Some(found.version), &by, desk.now).await?)
    }

    fn outcome(_: &Effect) -> String {
        "cancelled".to_owned()
    }
}
