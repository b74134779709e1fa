//! The demo motel's rooms, for the tests of this crate and of those above it.

use motel_db::TenantTx;
use motel_kernel::PropertyId;

use crate::commands::{put_unit, put_unit_group};
use crate::{InventoryError, UnitDetails, UnitGroup, UnitGroupDetails};

/// The demo motel's groups, in the order they are shown.
#[derive(Debug, Clone)]
pub struct DemoRooms {
    /// `standard_queen`: 101, 102, 103, 201, 202; sleeps 2.
    pub standard_queen: UnitGroup,
    /// `king_suite`: 104, 203, 204; sleeps 4, at most 2 adults.
    pub king_suite: UnitGroup,
    /// `pet_friendly`: 105, 205; sleeps 4, at most 2 adults, pets welcome.
    pub pet_friendly: UnitGroup,
}

impl DemoRooms {
    /// The three groups.
    pub fn all(&self) -> [&UnitGroup; 3] {
        [&self.standard_queen, &self.king_suite, &self.pet_friendly]
    }
}

/// Gives a property the demo motel's three groups and ten units. No night is open yet.
pub async fn demo_rooms(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<DemoRooms, InventoryError> {
    let queen = details("standard_queen", "Standard Queen", 1, 2);
    let king = details("king_suite", "King Suite", 2, 4);
    let pets = UnitGroupDetails {
        pets_allowed: true,
        ..details("pet_friendly", "Pet-Friendly Room", 3, 4)
    };
    Ok(DemoRooms {
        standard_queen: group_of(tx, property, queen, &["101", "102", "103", "201", "202"]).await?,
        king_suite: group_of(tx, property, king, &["104", "203", "204"]).await?,
        pet_friendly: group_of(tx, property, pets, &["105", "205"]).await?,
    })
}

/// A unit group for two adults and `max_guests` people, without pets.
pub fn details(code: &str, name: &str, sort: i16, max_guests: i16) -> UnitGroupDetails {
    UnitGroupDetails {
        code: code.to_owned(),
        name: name.to_owned(),
        description: format!("A room of the type {name}."),
        max_guests,
        max_adults: 2,
        pets_allowed: false,
        beds: "one bed".to_owned(),
        size_sqft: Some(250),
        amenities: vec!["Wi-Fi".to_owned(), "TV".to_owned()],
        sort,
    }
}

/// A unit group with units of these numbers; the first digit is the floor.
pub async fn group_of(
    tx: &mut TenantTx,
    property: PropertyId,
    details: UnitGroupDetails,
    numbers: &[&str],
) -> Result<UnitGroup, InventoryError> {
    let group = put_unit_group(tx, property, details).await?.row;
    for number in numbers {
        let floor = number.chars().next().and_then(|first| first.to_digit(10));
        let unit = UnitDetails {
            number: (*number).to_owned(),
            floor: floor
                .and_then(|floor| i16::try_from(floor).ok())
                .unwrap_or(1),
            accessible: *number == "101",
            note: String::new(),
        };
        put_unit(tx, &group, unit).await?;
    }
    Ok(group)
}
