use motel_kernel::{RatePlanId, UnitGroupId};

use crate::WeekCalendar;

motel_db::text_enum! {
    /// What a restriction forbids. Where several bear on a stay, all must be kept.
    #[derive(PartialOrd, Ord)]
    pub enum RestrictionKind {
        /// No stay may have the night.
        Closed = "closed",
        /// No stay may begin on the date.
        ClosedToArrival = "closed_to_arrival",
        /// No stay may end on the date.
        ClosedToDeparture = "closed_to_departure",
        /// The fewest nights of a stay that begins on the date.
        MinStayArrival = "min_stay_arrival",
        /// The most nights of a stay that begins on the date.
        MaxStayArrival = "max_stay_arrival",
        /// The fewest nights of a stay that has the night.
        MinStayThrough = "min_stay_through",
        /// The most nights of a stay that has the night.
        MaxStayThrough = "max_stay_through",
        /// The fewest days a stay that begins on the date is booked ahead, counted in calendar days at the property.
        MinAdvance = "min_advance",
        /// The most days a stay that begins on the date is booked ahead.
        MaxAdvance = "max_advance",
    }
}

/// What a restriction bears on: with neither, the whole property.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RestrictionScope {
    /// The only unit group.
    pub unit_group: Option<UnitGroupId>,
    /// The only rate plan, and those derived from it that have no restriction of the kind on that night themselves.
    pub rate_plan: Option<RatePlanId>,
}

/// The restrictions of one kind and scope: 1 for a closed night, a number of nights or days otherwise. 0 restricts
/// nothing, and lets a derived plan be free of what its parent restricts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restrictions {
    /// The kind.
    pub kind: RestrictionKind,
    /// The scope.
    pub scope: RestrictionScope,
    /// The values.
    pub calendar: WeekCalendar<i32>,
}

impl RestrictionKind {
    /// The largest number it takes: 1 for what is either so or not.
    pub fn largest(self) -> i32 {
        match self {
            Self::Closed | Self::ClosedToArrival | Self::ClosedToDeparture => 1,
            Self::MinStayArrival
            | Self::MaxStayArrival
            | Self::MinStayThrough
            | Self::MaxStayThrough => 365,
            Self::MinAdvance | Self::MaxAdvance => 1_000,
        }
    }

    /// The stricter of two numbers; 0 is none.
    pub(crate) fn stricter(self, one: i32, other: i32) -> i32 {
        match self {
            Self::MaxStayArrival | Self::MaxStayThrough | Self::MaxAdvance => match (one, other) {
                (0, any) | (any, 0) => any,
                (one, other) => one.min(other),
            },
            _ => one.max(other),
        }
    }
}
