use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A node of a flow that was checked.
pub type Node = NodeKind;

motel_db::text_enum! {
    /// What a guest can be asked for.
    pub enum Asked {
        /// The nights.
        Dates = "dates",
        /// Who comes.
        Party = "party",
        /// Which room.
        Room = "room",
        /// The full name.
        Name = "name",
        /// The e-mail address.
        Email = "email",
        /// The telephone number.
        Phone = "phone",
        /// The code of a booking.
        Code = "code",
        /// A yes or a no.
        Confirmation = "confirmation",
        /// Whatever they want.
        Anything = "anything",
    }
}

motel_db::text_enum! {
    /// Who can be asked to take over.
    pub enum Team {
        /// Whoever receives guests.
        FrontDesk = "front_desk",
        /// Whoever runs the house.
        Manager = "manager",
        /// Whoever cleans and mends.
        Housekeeping = "housekeeping",
        /// Whose business it is.
        Owner = "owner",
    }
}

/// What happens at a node, and to which node it goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema), schema(as = FlowNodeKind))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NodeKind {
    /// Says something.
    Say {
        /// What.
        text: String,
        /// Where it goes on.
        next: String,
    },
    /// Asks for something and waits for the guest.
    Ask {
        /// For what.
        #[cfg_attr(feature = "http", schema(value_type = String))]
        what: Asked,
        /// In these words; in the house's own where there are none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// Where it goes on.
        next: String,
    },
    /// Answers from what the business knows.
    Answer {
        /// Where it goes on when something was found.
        found: String,
        /// Where it goes on otherwise.
        otherwise: String,
    },
    /// Looks for what is free.
    Search {
        /// Where it goes on when something was found.
        found: String,
        /// Where it goes on otherwise.
        otherwise: String,
    },
    /// Books what was read back and agreed to.
    Book {
        /// Where it goes on when it is booked.
        done: String,
        /// Where it goes on otherwise.
        otherwise: String,
    },
    /// Goes by whether the desk is open.
    WhenOpen {
        /// Where it goes on while it is.
        open: String,
        /// Where it goes on otherwise.
        closed: String,
    },
    /// Goes by what the guest wants.
    OnIntent {
        /// Where it goes on, by intent.
        cases: BTreeMap<String, String>,
        /// Where it goes on otherwise.
        otherwise: String,
    },
    /// Hands over to a team: the end.
    HandOver {
        /// Which.
        #[cfg_attr(feature = "http", schema(value_type = String))]
        team: Team,
        /// What the guest is told.
        text: String,
    },
    /// The end.
    End,
}

impl NodeKind {
    /// Every node it may go on to.
    pub fn edges(&self) -> Vec<&str> {
        match self {
            Self::Say { next, .. } | Self::Ask { next, .. } => vec![next],
            Self::Answer { found, otherwise } | Self::Search { found, otherwise } => {
                vec![found, otherwise]
            }
            Self::Book { done, otherwise } => vec![done, otherwise],
            Self::WhenOpen { open, closed } => vec![open, closed],
            Self::OnIntent { cases, otherwise } => {
                let cases = cases.values().map(String::as_str);
                cases.chain([otherwise.as_str()]).collect()
            }
            Self::HandOver { .. } | Self::End => Vec::new(),
        }
    }

    /// What guests would read there.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Say { text, .. } | Self::HandOver { text, .. } => Some(text),
            Self::Ask { text, .. } => text.as_deref(),
            _ => None,
        }
    }

    /// Whether it waits for the guest, so that going round through it is no endless loop.
    pub fn waits(&self) -> bool {
        matches!(self, Self::Ask { .. })
    }
}
