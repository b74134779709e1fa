use motel_inventory::packing::Obstacle;
use motel_kernel::{ReservationId, StayDates};

/// Why a stay cannot have a unit, or a unit cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoRoom {
    /// Each night has room, but pinned stays and closed units leave no unit for all of them.
    #[error("each night has room, but no room is free for the whole stay{}", in_pieces(.pieces))]
    Fragmented {
        /// Stays that follow each other and can be had instead, each in one unit; none when not even that is possible.
        pieces: Vec<StayDates>,
    },
    /// Stays that cannot be moved, or have nowhere to go.
    #[error("stays are in the way that cannot be given another room")]
    InTheWay {
        /// Which.
        stays: Vec<ReservationId>,
    },
    /// The search for a plan ended at its bound.
    #[error("no plan was found in reasonable time that gives every stay a room")]
    Undecided,
    /// Somebody else is changing the nights that would have to be changed.
    #[error("these nights are just being changed; please try again")]
    Busy,
}

impl NoRoom {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Fragmented { .. } => "fragmented",
            Self::InTheWay { .. } => "in_the_way",
            Self::Undecided => "undecided",
            Self::Busy => "busy",
        }
    }

    /// What keeps a stay from a certain unit; the stay itself is not in its own way.
    pub(super) fn in_the_way(obstacle: &Obstacle, of: Option<ReservationId>) -> Self {
        if *obstacle == Obstacle::Undecided {
            return Self::Undecided;
        }
        let stays = obstacle.stays().iter().copied().map(ReservationId::from);
        Self::InTheWay {
            stays: stays.filter(|stay| Some(*stay) != of).collect(),
        }
    }
}

fn in_pieces(pieces: &[StayDates]) -> String {
    let changes: Vec<String> = pieces
        .iter()
        .skip(1)
        .map(|piece| piece.arrival().to_string())
        .collect();
    if changes.is_empty() {
        return String::new();
    }
    format!(
        "; it can be had with a change of rooms on {}",
        changes.join(" and ")
    )
}
