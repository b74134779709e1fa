use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use motel_kernel::{BookingId, ConversationId, Email, LeadId, Phone};

use crate::model::{LeadNumber, LeadSource};
use crate::schema::leads;

motel_db::text_enum! {
    /// How far a lead has come.
    pub enum LeadStatus {
        /// Nobody has looked at it yet.
        New = "new",
        /// Somebody has written or called.
        Contacted = "contacted",
        /// They really want to come.
        Qualified = "qualified",
        /// They booked.
        Converted = "converted",
        /// They won't come.
        Lost = "lost",
    }
}

impl LeadStatus {
    /// The states in which somebody may still become a guest.
    pub const OPEN: [Self; 3] = [Self::New, Self::Contacted, Self::Qualified];
}

/// A person who may book one day.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = leads, check_for_backend(diesel::pg::Pg))]
pub struct Lead {
    /// Which one.
    pub id: LeadId,
    /// What people call it.
    pub number: LeadNumber,
    /// The first word of the name.
    pub given_name: String,
    /// The rest of the name; empty for a single name.
    pub family_name: String,
    /// E-mail address.
    pub email: Option<Email>,
    /// Phone number.
    pub phone: Option<Phone>,
    /// Wanted day of arrival.
    pub check_in: Option<NaiveDate>,
    /// Wanted day of departure.
    pub check_out: Option<NaiveDate>,
    /// Grown-ups who would come.
    pub adults: Option<i16>,
    /// Children who would come.
    pub children: Option<i16>,
    /// Where the lead came from.
    pub source: LeadSource,
    /// What else they said; may be empty.
    pub notes: String,
    /// How far it has come.
    pub status: LeadStatus,
    /// The conversation it was taken in.
    pub conversation_id: Option<ConversationId>,
    /// What they booked in the end.
    pub booking_id: Option<BookingId>,
    /// When it was first heard of.
    pub created_at: DateTime<Utc>,
    /// When something of it last changed.
    pub updated_at: DateTime<Utc>,
}

impl Lead {
    /// Given and family name together.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
            .trim_end()
            .to_owned()
    }
}
