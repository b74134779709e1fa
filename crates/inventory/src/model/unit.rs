use chrono::{DateTime, Utc};
use diesel::prelude::{Insertable, Queryable, Selectable};
use motel_kernel::{PropertyId, TenantId, UnitGroupId, UnitId};
use serde::{Deserialize, Serialize};

use crate::schema::units;

/// A room with a door and a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Queryable, Selectable)]
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
    /// How housekeeping found it.
    pub condition: UnitCondition,
    /// Grows with every change.
    pub version: i32,
    /// When it was archived: nobody is given it any more.
    #[serde(default)]
    pub archived_at: Option<DateTime<Utc>>,
}

motel_db::text_enum! {
    /// How housekeeping found a unit.
    pub enum UnitCondition {
        /// Made up for the next guest.
        Clean = "clean",
        /// Somebody slept in it.
        Dirty = "dirty",
        /// Clean, and a second pair of eyes has seen it.
        Inspected = "inspected",
    }
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
    /// Whether that is how the unit is described already.
    pub(crate) fn describes(&self, unit: &Unit) -> bool {
        self.number == unit.number
            && self.floor == unit.floor
            && self.accessible == unit.accessible
            && self.note == unit.note
    }
}

#[derive(Insertable)]
#[diesel(table_name = units)]
pub(crate) struct NewUnit<'a> {
    pub(crate) tenant_id: TenantId,
    pub(crate) id: UnitId,
    pub(crate) property_id: PropertyId,
    pub(crate) unit_group_id: UnitGroupId,
    pub(crate) number: &'a str,
    pub(crate) floor: i16,
    pub(crate) accessible: bool,
    pub(crate) note: &'a str,
}
