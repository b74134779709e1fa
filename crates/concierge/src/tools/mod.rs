//! What the concierge can do: typed tools over the domain commands, listed in one [`registry`].
//!
//! A tool checks nothing again that its input type already guarantees and decides nothing that a domain decides. It
//! runs in the caller's transaction; the one exception is [`CreatePaymentLink`], which must ask a gateway outside of any.

mod add_to_booking;
mod book_appointment;
mod book_room;
mod cancel_appointment;
mod cancel_booking;
mod create_lead;
mod create_payment_link;
mod door;
mod error;
mod hand_over;
mod list_packages;
mod list_services;
mod look_up_appointment;
mod look_up_booking;
mod offer_extra;
mod plain_schema;
mod registry;
mod search_availability;
mod search_knowledge;
mod search_times;
pub mod view;

use std::future::Future;

use chrono::{DateTime, NaiveDate, Utc};
use motel_conversations::Channel;
use motel_db::TenantTx;
use motel_kernel::ConversationId;
use motel_llm::Embedder;
use motel_tenancy::Property;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::PartialSchema;

pub(crate) use add_to_booking::{AddToBooking, AddToBookingInput};
pub use book_appointment::{BookAppointment, BookAppointmentInput};
pub use book_room::{BookRoom, BookRoomInput};
pub use cancel_appointment::CancelAppointment;
pub use cancel_booking::{CancelBooking, Cancelled};
pub use create_lead::{CreateLead, CreateLeadInput};
pub use create_payment_link::CreatePaymentLink;
pub use door::{BookedNow, Called, Payable, Sold, call, payable};
pub use error::ToolError;
pub use hand_over::{HandOver, HandOverInput};
pub use list_packages::{ListPackages, ListPackagesInput};
pub use list_services::{ListServices, ListServicesInput};
pub use look_up_appointment::{AppointmentSeen, LookUpAppointment};
pub use look_up_booking::{BookingProof, BookingSeen, LookUpBooking};
pub(crate) use offer_extra::{OfferExtra, OfferExtraInput};
pub use plain_schema::plain_schema;
pub use registry::{ToolDescription, registry};
pub use search_availability::{RoomsFound, SearchAvailability, SearchAvailabilityInput};
pub use search_knowledge::{SearchKnowledge, SearchKnowledgeInput};
pub use search_times::{SearchTimes, SearchTimesInput, TimesFound};

/// Where a tool runs: for whom, when, in which conversation.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The property talked about.
    pub property: &'a Property,
    /// The moment of the turn.
    pub now: DateTime<Utc>,
    /// The thread.
    pub conversation: ConversationId,
    /// How the guest reached us.
    pub channel: Channel,
    /// What turns a question into a vector.
    pub embedder: &'a dyn Embedder,
}

impl Desk<'_> {
    /// The calendar day at the property.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.property.timezone).date_naive()
    }
}

/// Something the concierge can do.
pub trait Tool {
    /// What it is given. Its JSON form is described by its schema.
    type Input: Serialize + DeserializeOwned + PartialSchema + Send;
    /// What it answers.
    type Output: Send;
    /// What it is called.
    const NAME: &'static str;
    /// What it does and when to use it, in a sentence or two.
    const DESCRIPTION: &'static str;

    /// Does it.
    ///
    /// # Errors
    /// [`ToolError::Refused`] when the domain says no; the transaction stays usable. [`ToolError::Fault`] otherwise.
    fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        input: Self::Input,
    ) -> impl Future<Output = Result<Self::Output, ToolError>> + Send;

    /// One word or short phrase for the record of the turn.
    fn outcome(output: &Self::Output) -> String;
}
