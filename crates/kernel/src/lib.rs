#![doc = include_str!("../README.md")]

mod actor;
mod booking_code;
mod card_number;
mod clock;
mod contact;
mod ids;
mod money;
mod network;
mod party;
mod person_name;
mod rate;
mod stay_dates;

pub use actor::{Actor, InvalidActor};
pub use booking_code::{BookingCode, InvalidBookingCode};
pub use card_number::hide_card_numbers;
pub use clock::{Clock, FixedClock, SystemClock, local_instant};
pub use contact::{Email, InvalidEmail, InvalidPhone, Phone};
pub use ids::{
    AddOnId, ApiKeyId, AppointmentId, BlackoutId, BlockId, BookingId, CallId, CancellationPolicyId,
    ConsentId, ConversationId, DocumentId, EventId, FeeId, FolioId, GuestEventId, GuestId,
    GuestNoteId, IdentityDocumentId, InvalidId, InvoiceId, LeadId, NightAuditId, PackageId,
    PaymentLinkId, PostingId, PromoCodeId, PropertyId, QuoteId, RatePlanId, RefundId,
    ReservationId, SeasonId, ServiceId, SessionId, StaffId, StationId, TaskId, TaxId, TenantId,
    UnitGroupId, UnitId,
};
pub use money::{Amount, Currency, InvalidCurrency, Money, MoneyError};
pub use network::network_of;
pub use party::{InvalidParty, Party};
pub use person_name::{InvalidPersonName, PersonName};
pub use rate::{BasisPoints, InvalidBasisPoints};
pub use stay_dates::{InvalidStay, MAX_NIGHTS, StayDates};

#[doc(hidden)]
pub mod reexport {
    pub use diesel;
    pub use diesel_derive_newtype;
    pub use serde;
    pub use uuid;
}
