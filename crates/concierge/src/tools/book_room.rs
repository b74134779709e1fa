use motel_bookings::commands::{BookRequest, Booked, book};
use motel_bookings::{BookingSource, IdempotencyKey, StayRequest};
use motel_conversations::Channel;
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_kernel::{Email, Money, Party, PersonName, Phone, StayDates};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::search_availability::{PartyFields, StayFields};
use super::{Desk, Tool, ToolError};

/// Books a room at the price that was read back.
pub struct BookRoom;

/// What was read back and agreed to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BookRoomInput {
    /// Day of arrival and day of departure.
    #[serde(flatten)]
    #[schema(value_type = StayFields, inline)]
    pub stay: StayDates,
    /// Who comes.
    #[serde(flatten)]
    #[schema(value_type = PartyFields, inline)]
    pub party: Party,
    /// The code of the room type.
    pub room_type: String,
    /// The code of a package that was offered and taken. It is the house's to say, so it is in no schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(ignore)]
    pub package: Option<String>,
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

impl Tool for BookRoom {
    type Input = BookRoomInput;
    type Output = Booked;
    const NAME: &'static str = "book_room";
    const DESCRIPTION: &'static str = "Books a room. Only after the guest has said yes to a read-back of dates, party, \
        room, name, e-mail address and total.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        input: Self::Input,
    ) -> Result<Booked, ToolError> {
        let key = format!("conversation-{}-{}", desk.conversation, input.read_back);
        let key = IdempotencyKey::parse(&key).map_err(ToolError::fault)?;
        let request = BookRequest {
            stays: vec![StayRequest {
                package: input.package,
                ..StayRequest::new(input.stay, input.party, input.room_type)
            }],
            guest: GuestDetails {
                name: input.full_name,
                email: input.email,
                phone: input.phone,
            },
            source: match desk.channel {
                Channel::Phone => BookingSource::Phone,
                Channel::Mcp => BookingSource::Api,
                _ => BookingSource::Chat,
            },
            agreed: Some(input.agreed_total),
        };
        let booked = book(tx, desk.property, &request, Some(&key), desk.now).await?;
        motel_conversations::commands::know_guest(
            tx,
            desk.conversation,
            booked.booking.booker.guest,
        )
        .await?;
        Ok(booked)
    }

    fn outcome(booked: &Booked) -> String {
        booked.booking.code.to_string()
    }
}
