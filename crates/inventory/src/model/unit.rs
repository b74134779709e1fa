use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use motel_kernel::{PropertyId, UnitGroupId, UnitId};
use serde::{Deserialize, Serialize};

use crate::schema::units;

/// A room with a door and a number.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    Queryable,
    Selectable,
    Insertable,
    AsChangeset,
)]
#[diesel(table_name = units, check_for_backend(diesel::pg::Pg))]
pub struct Unit {
    /// The id.
    pub id: UnitId,
    /// The property it stands in.
    pub property_id: PropertyId,
    /// The group it is sold as.
    pub unit_group_id: UnitGroupId,
    /// What is written on the door, unique in the property: `101`.
    pub number: String,
    /// The storey; 1 is the ground floor.
    pub floor: i16,
    /// Step-free, with an accessible bathroom.
    pub accessible: bool,
    /// What the front desk should know of it; may be empty.
    pub note: String,
}

/// A unit as a property describes it; what the fields mean stands at [`Unit`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of Unit")]
pub struct UnitDetails {
    pub number: String,
    pub floor: i16,
    pub accessible: bool,
    pub note: String,
}

impl UnitDetails {
    pub(crate) fn into_unit(
        self,
        id: UnitId,
        property_id: PropertyId,
        unit_group_id: UnitGroupId,
    ) -> Unit {
        Unit {
            id,
            property_id,
            unit_group_id,
            number: self.number,
            floor: self.floor,
            accessible: self.accessible,
            note: self.note,
        }
    }
}
