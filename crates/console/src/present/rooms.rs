use motel_bookings::Reservation;
use motel_inventory::{Unit, UnitGroup};

/// Rooms, to name them.
#[derive(Default)]
pub(crate) struct Rooms {
    pub(crate) groups: Vec<UnitGroup>,
    pub(crate) units: Vec<Unit>,
}

impl Rooms {
    /// "King Suite".
    pub(super) fn kind(&self, stay: &Reservation) -> String {
        let group = self.groups.iter().find(|group| group.id == stay.unit_group);
        group.map(|group| group.name.clone()).unwrap_or_default()
    }

    /// "King Suite 203", or the kind alone while no room is assigned.
    pub(super) fn name(&self, stay: &Reservation) -> String {
        let unit = self.units.iter().find(|unit| Some(unit.id) == stay.unit);
        match unit {
            Some(unit) => format!("{} {}", self.kind(stay), unit.number),
            None => self.kind(stay),
        }
    }
}
