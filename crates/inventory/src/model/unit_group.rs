use chrono::{DateTime, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use motel_kernel::{PropertyId, UnitGroupId};
use serde::{Deserialize, Serialize};

use crate::schema::unit_groups;

/// A room type: units that a guest takes for each other. The sale is of a unit group, the unit is decided later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Queryable, Selectable)]
#[diesel(table_name = unit_groups, check_for_backend(diesel::pg::Pg))]
pub struct UnitGroup {
    /// The id.
    pub id: UnitGroupId,
    /// The property it belongs to.
    pub property_id: PropertyId,
    /// The word programs use, unique in the property: `standard_queen`.
    pub code: String,
    /// What guests read: "Standard Queen".
    pub name: String,
    /// A few sentences for guests.
    pub description: String,
    /// How many people may sleep in it, children included.
    pub max_guests: i16,
    /// How many of them may be adults.
    pub max_adults: i16,
    /// Whether pets may stay.
    pub pets_allowed: bool,
    /// The beds in words: "one queen bed".
    pub beds: String,
    /// Floor area in square feet.
    pub size_sqft: Option<i32>,
    /// What is in the room, in the order it is shown.
    pub amenities: Vec<String>,
    /// Place in lists, lowest first.
    pub sort: i16,
    /// Grows with every change.
    pub version: i32,
    /// When it was archived: it is not sold any more.
    #[serde(default)]
    pub archived_at: Option<DateTime<Utc>>,
}

/// A unit group as a property describes it; what the fields mean stands at [`UnitGroup`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Insertable, AsChangeset)]
#[diesel(table_name = unit_groups, treat_none_as_null = true)]
#[expect(missing_docs, reason = "the fields are those of UnitGroup")]
pub struct UnitGroupDetails {
    pub code: String,
    pub name: String,
    pub description: String,
    pub max_guests: i16,
    pub max_adults: i16,
    pub pets_allowed: bool,
    pub beds: String,
    pub size_sqft: Option<i32>,
    pub amenities: Vec<String>,
    pub sort: i16,
}

impl UnitGroupDetails {
    /// Whether that is how the group is described already.
    pub(crate) fn describes(&self, group: &UnitGroup) -> bool {
        let UnitGroup {
            id: _,
            property_id: _,
            version: _,
            archived_at: _,
            code,
            name,
            description,
            max_guests,
            max_adults,
            pets_allowed,
            beds,
            size_sqft,
            amenities,
            sort,
        } = group.clone();
        *self
            == Self {
                code,
                name,
                description,
                max_guests,
                max_adults,
                pets_allowed,
                beds,
                size_sqft,
                amenities,
                sort,
            }
    }
}
