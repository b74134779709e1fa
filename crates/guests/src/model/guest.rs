use chrono::{DateTime, Utc};
use diesel::prelude::{Queryable, Selectable};
use motel_kernel::{Email, GuestId, PersonName, Phone};
use serde::{Deserialize, Serialize};

use super::{Country, Language};
use crate::schema::guests;

/// The highest VIP level; 0 is none.
pub const MOST_VIP: i16 = 5;

/// The most preferences a guest has.
pub const MOST_PREFERENCES: usize = 20;

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
    /// What they like to be spoken to in.
    pub language: Option<Language>,
    /// Where they live.
    pub country: Option<Country>,
    /// How much attention they get, from 0 to [`MOST_VIP`].
    pub vip_level: i16,
    /// What they like, in short words: `high floor`, `feather-free`.
    pub preferences: Vec<String>,
    /// When the guest was first heard of.
    pub created_at: DateTime<Utc>,
    /// When the profile was changed last.
    pub updated_at: DateTime<Utc>,
    /// The guest that this one turned out to be.
    pub(crate) merged_into: Option<GuestId>,
    /// When everything personal was overwritten, if it was.
    pub erased_at: Option<DateTime<Utc>>,
    /// Grows with every change of the profile or of a consent.
    pub version: i32,
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

/// What staff may change about a guest. The e-mail address is not among it: it is what tells two guests apart, and the
/// proof that a booking is theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// The full name.
    pub name: PersonName,
    /// The telephone number.
    pub phone: Option<Phone>,
    /// What they like to be spoken to in.
    pub language: Option<Language>,
    /// Where they live.
    pub country: Option<Country>,
    /// From 0 to [`MOST_VIP`].
    pub vip_level: i16,
    /// At most [`MOST_PREFERENCES`], each once, of 1 to 60 characters.
    pub preferences: Vec<String>,
}

impl Guest {
    /// What staff may change.
    pub fn profile(&self) -> Profile {
        Profile {
            name: self.name.clone(),
            phone: self.phone.clone(),
            language: self.language.clone(),
            country: self.country.clone(),
            vip_level: self.vip_level,
            preferences: self.preferences.clone(),
        }
    }
}
