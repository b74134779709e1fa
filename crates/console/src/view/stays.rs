/// A reservation of a booking, and what the desk can do with it.
#[derive(Clone, Debug)]
pub struct StayCard {
    /// Its id.
    pub id: String,
    /// "King Suite 203".
    pub room: String,
    /// "Dec 4 – Dec 6".
    pub dates: String,
    /// "2 adults".
    pub party: String,
    /// "Confirmed".
    pub status: &'static str,
    /// The badge's colour.
    pub tone: &'static str,
    /// The version that is shown.
    pub version: i32,
    /// What can be done next, or could be if something did not stand in the way.
    pub actions: Vec<StayAction>,
}

/// One thing to do with a stay.
#[derive(Clone, Debug)]
pub struct StayAction {
    /// The last part of its address.
    pub path: &'static str,
    /// "Check in".
    pub label: &'static str,
    /// What stands in the way, in words; `None` when nothing does.
    pub obstacle: Option<String>,
    /// True where staff may do it all the same, with a reason.
    pub can_force: bool,
}
