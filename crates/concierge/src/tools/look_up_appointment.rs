use motel_appointments::rules::cancellation_fee;
use motel_appointments::{Appointment, Service, queries};
use motel_db::TenantTx;
use motel_kernel::Money;

use super::{BookingProof, Desk, Tool, ToolError};

/// Shows a guest their appointment.
pub struct LookUpAppointment;

/// An appointment with what a guest asks about it.
#[derive(Debug, Clone)]
pub struct AppointmentSeen {
    /// The appointment.
    pub appointment: Appointment,
    /// What it is.
    pub service: Service,
    /// What calling it off now would cost.
    pub fee_now: Money,
}

impl Tool for LookUpAppointment {
    type Input = BookingProof;
    type Output = AppointmentSeen;
    const NAME: &'static str = "look_up_appointment";
    const DESCRIPTION: &'static str = "Shows an appointment, and what calling it off now would cost, to who knows its \
        code and its e-mail address.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        proof: BookingProof,
    ) -> Result<AppointmentSeen, ToolError> {
        let appointment = queries::find_for_guest(tx, &proof.code, &proof.email).await?;
        let service = queries::service(tx, appointment.service).await?;
        let fee_now = cancellation_fee(&appointment.terms, desk.now);
        Ok(AppointmentSeen {
            appointment,
            service,
            fee_now,
        })
    }

    fn outcome(seen: &AppointmentSeen) -> String {
        seen.appointment.status.to_string()
    }
}
