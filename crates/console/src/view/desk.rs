use askama::Template;

use super::Head;

/// The front desk's day.
#[derive(Debug, Template)]
#[template(path = "desk_page.html")]
pub struct DeskPage {
    /// The bar at the top.
    pub head: Head,
    /// The lists.
    pub desk: Desk,
}

/// The lists alone, fetched again when something happened.
#[derive(Debug, Template)]
#[template(path = "desk.html")]
pub struct DeskFragment {
    /// The lists.
    pub desk: Desk,
}

/// Everything the desk looks at.
#[derive(Clone, Debug)]
pub struct Desk {
    /// "Saturday, November 21".
    pub today: String,
    /// The property's name.
    pub place: String,
    /// Whether the property has rooms, and with them arrivals and bookings.
    pub has_rooms: bool,
    /// Today in figures.
    pub tiles: Vec<Tile>,
    /// Arrivals and departures.
    pub movements: Vec<Movements>,
    /// Newest first.
    pub bookings: Vec<BookingRow>,
    /// Newest first.
    pub leads: Vec<LeadRow>,
    /// Latest word first.
    pub conversations: Vec<ConversationRow>,
    /// Newest first.
    pub calls: Vec<CallRow>,
}

/// One figure.
#[derive(Clone, Debug)]
pub struct Tile {
    /// The number.
    pub figure: String,
    /// What it counts.
    pub label: &'static str,
}

/// Who comes, or who goes.
#[derive(Clone, Debug)]
pub struct Movements {
    /// The section's id.
    pub id: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// What it says when empty.
    pub nothing: &'static str,
    /// The stays.
    pub stays: Vec<StayRow>,
}

/// One stay that begins or ends today.
#[derive(Clone, Debug)]
pub struct StayRow {
    /// Booking code.
    pub code: String,
    /// Full name.
    pub guest: String,
    /// "2 adults, 1 pet".
    pub party: String,
    /// Kind of room, with its number when one is assigned.
    pub room: String,
    /// Number of nights.
    pub nights: u32,
    /// What is still to pay.
    pub balance: String,
}

/// One booking.
#[derive(Clone, Debug)]
pub struct BookingRow {
    /// Booking code.
    pub code: String,
    /// Full name.
    pub guest: String,
    /// Kind of room.
    pub room: String,
    /// "Mar 12 – Mar 15".
    pub stay: String,
    /// "Confirmed".
    pub status: &'static str,
    /// The badge's colour.
    pub tone: &'static str,
    /// With taxes.
    pub total: String,
    /// When it was made.
    pub when: String,
}

/// One lead.
#[derive(Clone, Debug)]
pub struct LeadRow {
    /// `LD00001`.
    pub number: String,
    /// Full name.
    pub name: String,
    /// E-mail and telephone.
    pub contact: String,
    /// Dates and party.
    pub wants: String,
    /// "new".
    pub status: String,
}

/// One conversation.
#[derive(Clone, Debug)]
pub struct ConversationRow {
    /// Its id, for the address of the transcript.
    pub id: String,
    /// The last thing the guest said.
    pub words: String,
    /// "web" or "voice".
    pub channel: String,
    /// When that was.
    pub when: String,
}

/// One call.
#[derive(Clone, Debug)]
pub struct CallRow {
    /// Its id.
    pub id: String,
    /// The caller's number.
    pub from: String,
    /// "completed".
    pub status: String,
    /// The badge's colour.
    pub tone: &'static str,
    /// When it began.
    pub when: String,
    /// The transcript's address.
    pub transcript: Option<String>,
}
