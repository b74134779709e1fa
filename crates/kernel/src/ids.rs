//! Typed identifiers: a booking's id can never be passed where a unit's is wanted.

use diesel_derive_newtype::DieselNewType;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The text was not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no identifier of the right form")]
pub struct InvalidId {
    /// Which kind of id was expected, e.g. `BookingId`.
    pub what: &'static str,
}

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DieselNewType)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id, ordered by time of creation (UUID version 7).
            #[expect(clippy::new_without_default, reason = "two fresh ids are never equal, so there is no default one")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            /// The bare UUID, for SQL and logs.
            pub fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self).map_err(|_| InvalidId { what: stringify!($name) })
            }
        }
    )+};
}

typed_ids! {
    /// A business: the customer of the installation.
    TenantId,
    /// A location of a tenant, with its own address, timezone and currency.
    PropertyId,
    /// A room type.
    UnitGroupId,
    /// A room.
    UnitId,
    /// A way of pricing a night.
    RatePlanId,
    /// A frozen price.
    QuoteId,
    /// A person who stays or asks.
    GuestId,
    /// What one payer bought: one or more reservations.
    BookingId,
    /// One unit's stay within a booking.
    ReservationId,
    /// A booking's account.
    FolioId,
    /// One line of a folio.
    PostingId,
    /// A request to pay, with its page at a gateway.
    PaymentLinkId,
    /// Money on its way back through the gateway it came by.
    RefundId,
    /// A person who may book one day.
    LeadId,
    /// A thread of messages with one guest.
    ConversationId,
    /// A telephone call.
    CallId,
    /// A member of a tenant's team.
    StaffId,
    /// A member of the staff being signed in, on one device.
    SessionId,
    /// A note of the staff's on a guest.
    GuestNoteId,
    /// Something a guest said about being written to.
    ConsentId,
    /// A passport or the like that a guest showed.
    IdentityDocumentId,
    /// Something that was done to a guest's profile.
    GuestEventId,
    /// A document of the knowledge base.
    DocumentId,
    /// Something that happened, as written to the outbox.
    EventId,
    /// A key by which a program acts for a tenant.
    ApiKeyId,
    /// A time in which a unit is out of order or out of service.
    BlockId,
    /// A piece of housekeeping work.
    TaskId,
    /// A part of the year with prices of its own.
    SeasonId,
    /// A code that makes a stay cheaper.
    PromoCodeId,
    /// What cancelling and not coming costs, as rate plans refer to it.
    CancellationPolicyId,
    /// A tax.
    TaxId,
    /// A fee on top of the nights.
    FeeId,
    /// A stay or service with extras at one price.
    PackageId,
    /// One closing of a property's business day.
    NightAuditId,
    /// What is sold by the slot: a dinner, a consultation.
    ServiceId,
    /// An extra to a service.
    AddOnId,
    /// Somebody who performs services, or a place where they are performed.
    StationId,
    /// Whole days on which no slots are sold.
    BlackoutId,
    /// One slot sold.
    AppointmentId,
    /// An invoice, a receipt or a credit note.
    InvoiceId,
}
