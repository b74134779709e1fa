use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::{Insertable, Queryable, Selectable};
use motel_kernel::{Actor, GuestId, IdentityDocumentId};
use serde::Serialize;

use super::Country;
use crate::schema::documents;

/// The most documents that are kept on a guest.
pub const MOST_DOCUMENTS: i64 = 20;

motel_db::text_enum! {
    /// What was shown.
    pub enum DocumentKind {
        /// A passport.
        Passport = "passport",
        /// A national identity card.
        IdCard = "id_card",
        /// A driving licence.
        DrivingLicence = "driving_licence",
        /// A residence permit.
        ResidencePermit = "residence_permit",
        /// Something else.
        Other = "other",
    }
}

/// What is kept of a document: enough to know it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = documents, check_for_backend(diesel::pg::Pg))]
pub struct DocumentDetails {
    /// What was shown.
    pub kind: DocumentKind,
    /// Who issued it.
    pub issuing_country: Country,
    /// The last day on which it is valid.
    pub expires_on: Option<NaiveDate>,
    /// The last four letters or digits of its number.
    pub last_four: String,
}

/// A document that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable)]
#[diesel(table_name = documents, check_for_backend(diesel::pg::Pg))]
pub struct Document {
    /// The id.
    pub id: IdentityDocumentId,
    /// On whom.
    #[diesel(column_name = guest_id)]
    pub guest: GuestId,
    /// What is kept of it.
    #[serde(flatten)]
    #[diesel(embed)]
    pub details: DocumentDetails,
    /// Who saw it.
    pub actor: Actor,
    /// When.
    pub at: DateTime<Utc>,
}
