use chrono::{DateTime, Utc};
use motel_appointments::commands::{BookRequest, Booked, book};
use motel_appointments::{By, Destination};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_kernel::{Actor, Email, Money, PersonName, Phone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::search_times::wishes;
use super::{Desk, Tool, ToolError};

/// Books an appointment at the price that was read back.
pub struct BookAppointment;

/// What was read back and agreed to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BookAppointmentInput {
    /// The code of the service.
    pub service: String,
    /// When it begins: one of the open times.
    pub starts_at: DateTime<Utc>,
    /// How many come.
    pub guests: u32,
    /// Where it takes place, for a service that travels.
    #[schema(value_type = Option<Object>)]
    pub destination: Option<Destination>,
    /// The guest's full name.
    #[schema(value_type = String)]
    pub full_name: PersonName,
    /// Where the confirmation goes.
    #[schema(value_type = String)]
    pub email: Email,
    /// The telephone number, if given.
    #[schema(value_type = Option<String>)]
    pub phone: Option<Phone>,
    /// The total the guest said yes to; another price is refused.
    #[schema(value_type = Object)]
    pub agreed_total: Money,
    /// Which read-back of the conversation was agreed to: saying yes to it twice books once.
    pub read_back: u32,
}

impl Tool for BookAppointment {
    type Input = BookAppointmentInput;
    type Output = Booked;
    const NAME: &'static str = "book_appointment";
    const DESCRIPTION: &'static str = "Books a service at a time. Only after the guest has said yes to a read-back of \
        service, day, time, guests, name, e-mail address and total.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        input: Self::Input,
    ) -> Result<Booked, ToolError> {
        let key = format!("conversation-{}-{}", desk.conversation, input.read_back);
        let request = BookRequest {
            service: input.service,
            starts_at: input.starts_at,
            wishes: wishes(input.guests, input.destination),
            guest: GuestDetails {
                name: input.full_name,
                email: input.email,
                phone: input.phone,
            },
            notes: String::new(),
            hold: None,
            agreed: Some(input.agreed_total),
            any_notice: false,
        };
        let by = By::actor(Actor::Guest);
        let booked = book(tx, desk.property, &request, Some(&key), &by, desk.now).await?;
        motel_conversations::commands::know_guest(
            tx,
            desk.conversation,
            booked.appointment.booker.guest,
        )
        .await?;
        Ok(booked)
    }

    fn outcome(booked: &Booked) -> String {
        booked.appointment.code.to_string()
    }
}
