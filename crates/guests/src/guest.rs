use chrono::{DateTime, Utc};
use diesel::prelude::{Queryable, Selectable};
use motel_kernel::{Email, GuestId, PersonName, Phone};
use serde::{Deserialize, Serialize};

use crate::schema::guests;

/// A person who stays, or asks to. Within a tenant the e-mail address tells two guests apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable)]
#[diesel(table_name = guests, check_for_backend(diesel::pg::Pg))]
pub struct Guest {
    /// The id.
    pub id: GuestId,
    /// The full name as the guest gave it last.
    #[diesel(column_name = full_name)]
    pub name: PersonName,
    /// The address, in lower case.
    pub email: Email,
    /// The telephone number, if one was ever given.
    pub phone: Option<Phone>,
    /// When the guest was first heard of.
    pub created_at: DateTime<Utc>,
}

/// What a guest says about himself or herself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestDetails {
    /// The full name.
    pub name: PersonName,
    /// The address; two spellings that differ in case are one.
    pub email: Email,
    /// The telephone number.
    #[serde(default)]
    pub phone: Option<Phone>,
}
