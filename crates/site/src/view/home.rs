use askama::Template;
use motel_web::FieldError;

use super::{Notice, Place};

/// The first page of a place with rooms: search, rooms or offers, policies.
#[derive(Debug, Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// Whose page it is.
    pub place: Place,
    /// The drawing at the top.
    pub scene: Scene,
    /// The search form as it was sent.
    pub search: Search,
    /// What was found.
    pub results: Results,
    /// News, such as that the chosen room was taken meanwhile.
    pub notice: Option<Notice>,
}

/// The drawn motel and its sign.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The name on the sign.
    pub name: String,
    /// Whether the sign says that no room is free.
    pub full: bool,
}

impl Scene {
    /// The words of the lower sign.
    pub fn sign(&self) -> &'static str {
        if self.full { "NO VACANCY" } else { "VACANCY" }
    }
}

/// The search form.
#[derive(Clone, Debug)]
pub struct Search {
    /// ISO date, or whatever was sent.
    pub check_in: String,
    /// ISO date, or whatever was sent.
    pub check_out: String,
    /// First day that can be chosen, ISO.
    pub earliest: String,
    /// Last day that can be chosen, ISO.
    pub latest: String,
    /// Number of adults.
    pub adults: u8,
    /// Number of children.
    pub children: u8,
    /// Number of pets.
    pub pets: u8,
    /// What was refused.
    pub errors: Vec<SearchError>,
}

/// One refused search field.
#[derive(Clone, Debug)]
pub struct SearchError {
    /// The field's name.
    pub field: String,
    /// Why it was refused.
    pub reason: String,
}

impl Search {
    fn error(&self, field: &str) -> Option<&SearchError> {
        self.errors.iter().find(|error| error.field == field)
    }
}

impl SearchError {
    fn label(&self) -> &str {
        match self.field.as_str() {
            "check_in" => "Check-in",
            "check_out" => "Check-out",
            "adults" => "Adults",
            "children" => "Children",
            "pets" => "Pets",
            other => other,
        }
    }
}

impl From<FieldError> for SearchError {
    fn from(error: FieldError) -> Self {
        Self {
            field: error.field,
            reason: error.reason,
        }
    }
}

/// What the page shows under the search form.
#[derive(Clone, Debug)]
pub enum Results {
    /// No dates yet: every room, without prices of a stay.
    Showcase(Vec<Room>),
    /// Rooms that are free.
    Offers(Offers),
    /// Nothing is free.
    Nothing(Nothing),
}

/// The rooms free for a stay.
#[derive(Clone, Debug)]
pub struct Offers {
    /// "Fri, Mar 12 to Mon, Mar 15".
    pub stay: String,
    /// "2 adults, 1 pet".
    pub party: String,
    /// Each with its offer.
    pub rooms: Vec<Room>,
}

/// Why nothing is free, and what is.
#[derive(Clone, Debug)]
pub struct Nothing {
    /// "Fri, Mar 12 to Mon, Mar 15".
    pub stay: String,
    /// A sentence.
    pub reason: String,
    /// Near stays that would work.
    pub alternatives: Vec<Alternative>,
}

/// A link to another search that has rooms.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// "Mar 13 to Mar 16".
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// One kind of room.
#[derive(Clone, Debug)]
pub struct Room {
    /// The code of the API, which also picks the drawing.
    pub code: String,
    /// Its name.
    pub name: String,
    /// A few sentences.
    pub description: String,
    /// "one queen bed".
    pub beds: String,
    /// How many people.
    pub sleeps: u32,
    /// Floor area, where known.
    pub size_sqft: Option<u32>,
    /// What is in it.
    pub amenities: Vec<String>,
    /// The lowest price of a night before tax, when no dates were given.
    pub from_price: Option<String>,
    /// What the asked stay costs.
    pub offer: Option<OfferView>,
}

/// What a stay costs in one kind of room.
#[derive(Clone, Debug)]
pub struct OfferView {
    /// "Only 2 left", when few are.
    pub few_left: Option<String>,
    /// "for 3 nights".
    pub for_nights: String,
    /// Each night, fee and tax.
    pub lines: Vec<Line>,
    /// With everything.
    pub total: String,
    /// The booking page of this offer.
    pub book_href: String,
}

/// One line of a price.
#[derive(Clone, Debug)]
pub struct Line {
    /// What for.
    pub label: String,
    /// How much.
    pub amount: String,
}
