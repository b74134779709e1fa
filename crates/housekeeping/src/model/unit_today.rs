use motel_inventory::Unit;

/// A unit as housekeeping sees it on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitToday {
    /// The unit with its condition.
    pub unit: Unit,
    /// A guest is in it now.
    pub occupied: bool,
    /// Somebody is to arrive in it that day.
    pub arriving: bool,
    /// Its guest is to leave that day, or has.
    pub departing: bool,
    /// How many tasks of that day are not done.
    pub unfinished: u32,
}
