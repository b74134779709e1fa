use motel_inventory::UnitGroup;
use motel_kernel::{Money, Party};

use crate::{PlanOffer, SearchRequest};

/// A search for several units at once, for people who travel together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomsRequest {
    /// The nights and everybody who comes, with whatever else is wanted of each unit.
    pub search: SearchRequest,
    /// How many units; as few as will do if left open.
    pub rooms: Option<u8>,
}

/// Units that together take everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomCombination {
    /// The units, at least one, in the order the groups are shown.
    pub rooms: Vec<RoomOffer>,
    /// What all cost together.
    pub total: Money,
}

/// One unit of a combination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomOffer {
    /// Its group.
    pub unit_group: UnitGroup,
    /// Who sleeps in it.
    pub party: Party,
    /// The ages of the children among them, as far as they are known.
    pub child_ages: Vec<u8>,
    /// At what price and on what terms.
    pub plan: PlanOffer,
}
