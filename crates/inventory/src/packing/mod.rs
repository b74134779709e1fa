//! Which unit each stay of a group gets: pure, exact within a stated bound, with the fewest moves.
//!
//! A [`TapeChart`] is what the front desk sees of one unit group: its units, the nights on which one of them is closed,
//! and the stays. [`TapeChart::pack`] gives every stay a unit, [`TapeChart::best_fit`] finds one for a new stay without
//! moving anybody, and [`TapeChart::split`] parts a stay that fits nowhere in one piece.
//!
//! # The guarantee
//! If no stay is fixed and nothing is closed, stays fit exactly when no night has more of them than there are units
//! (they are intervals). The same holds while only guests in house are fixed, because those stays have all begun: each
//! of their units is free from one day on. So whatever the nightly counters allow is placed. A pin or a closed unit
//! ahead makes gaps that end, and then counting alone does not tell: the answer is searched for.
//!
//! # The method, and its bound
//! Nights that no movable stay crosses part the chart into components, and only those with something to do are looked
//! at. In each of them, in this order:
//! 1. *Counting.* Every night, and every pair of nights, needs as many open units as stays that cover it. This refutes
//!    most of what cannot be, and names the stays.
//! 2. *Chains.* To place a stay, evict those in its way from one unit, place them elsewhere, and so on; searched with
//!    one eviction allowed, then two, and so on, so the first answer has the fewest moves. It ends by itself or after
//!    [`CHAIN_LOOKS`] looks (a look tests one stay against one unit).
//! 3. *Wandering.* Stays push each other out of units, each time where it has happened least, until all have a place. It
//!    finds nearly every plan there is, and proves nothing when it does not within [`WANDER_LOOKS`] looks.
//! 4. *Sweep.* By arrival, each stay takes its own unit or one of each kind of remaining gap; dead ends are remembered
//!    and stepped back from. Without gaps that end it never steps back. It ends by itself or after [`SWEEP_LOOKS`] looks.
//!
//! A chain's answer has the fewest moves. Any other is valid but may move more stays than needed, and says so
//! ([`Packing::fewest`]). What neither could settle is [`Obstacle::Undecided`]: refused, and not called impossible.

#[cfg(test)]
mod agreement;
mod best_fit;
mod board;
mod chains;
mod core;
mod counting;
mod sweep;
mod wander;

use motel_kernel::{StayDates, UnitId};
use uuid::Uuid;

use board::{Board, Part};

/// How often the search for the fewest moves may test a stay against a unit, for each component.
pub const CHAIN_LOOKS: u64 = 400_000;

/// The same for stays that push each other out.
pub const WANDER_LOOKS: u64 = 1_000_000;

/// How often the search for any plan may test a stay against a unit, for each component and beyond one look each.
pub const SWEEP_LOOKS: u64 = 2_000_000;

/// One stay and what may be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The stay's own id; no two claims of a chart share one.
    pub key: Uuid,
    /// Its nights.
    pub dates: StayDates,
    /// Where it is.
    pub place: Place,
}

/// Where a stay is, and whether it may be put elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Nowhere yet.
    Waiting,
    /// In a unit, and it may be moved: the guest has not come and nobody promised them this one.
    Movable(UnitId),
    /// In this unit and no other: in house, or pinned.
    Fixed(UnitId),
}

/// Nights on which a unit takes nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// The unit.
    pub unit: UnitId,
    /// The nights.
    pub dates: StayDates,
}

/// One unit group, its stays and its closed nights.
///
/// Movable stays must not overlap each other as they are; they may overlap fixed ones and closed nights, and then move.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TapeChart {
    /// The units, in the order in which equals are taken.
    pub units: Vec<UnitId>,
    /// Nights on which a unit takes nobody.
    pub closed: Vec<Closed>,
    /// The stays.
    pub claims: Vec<Claim>,
}

/// A stay that gets a unit, or another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The stay.
    pub key: Uuid,
    /// Its nights.
    pub dates: StayDates,
    /// Where it was; `None` for a stay that waited.
    pub from: Option<UnitId>,
    /// Where it goes.
    pub to: UnitId,
}

/// What has to be done so that every stay has a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packing {
    /// The stays that get a unit or another one; all others stay where they are.
    pub placements: Vec<Placement>,
    /// True when it is proved that no plan moves fewer stays.
    pub fewest: bool,
}

impl Packing {
    /// The stays that had a unit and get another one.
    pub fn moves(&self) -> impl Iterator<Item = &Placement> {
        self.placements
            .iter()
            .filter(|placed| placed.from.is_some())
    }

    /// The unit a stay gets, if it gets one.
    pub fn unit_of(&self, key: Uuid) -> Option<UnitId> {
        let placed = self.placements.iter().find(|placed| placed.key == key);
        placed.map(|placed| placed.to)
    }
}

/// Why the stays cannot all have a unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// Two fixed stays, or a fixed stay and a closed night, want the same unit.
    #[error("a stay that cannot be moved is in the way")]
    Clash {
        /// The unit.
        unit: UnitId,
        /// The fixed stays concerned.
        stays: Vec<Uuid>,
    },
    /// A night has more stays than open units.
    #[error("there are more stays than units for the night of {night}")]
    Full {
        /// The first such night.
        night: chrono::NaiveDate,
        /// Everybody who stays that night.
        stays: Vec<Uuid>,
    },
    /// Each night has room, but these stays cannot all have one unit each for their whole time.
    #[error("each night has room, but not in one unit for the whole stay")]
    Fragmented {
        /// Movable stays which cannot all be placed; as few as were found.
        stays: Vec<Uuid>,
    },
    /// The search ended at its bound without an answer.
    #[error("no plan was found in reasonable time")]
    Undecided,
}

impl Obstacle {
    /// The stays it names.
    pub fn stays(&self) -> &[Uuid] {
        match self {
            Self::Clash { stays, .. } | Self::Full { stays, .. } | Self::Fragmented { stays } => {
                stays
            }
            Self::Undecided => &[],
        }
    }
}

/// What a search came to.
enum Found {
    /// A row for each stay of the part.
    Plan(Vec<usize>),
    /// There is none.
    Nothing,
    /// The bound was reached.
    Spent,
}

impl TapeChart {
    /// Gives every stay a unit, moving as few as it can.
    ///
    /// # Errors
    /// [`Obstacle`] says what stands in the way, and names the stays.
    pub fn pack(&self) -> Result<Packing, Obstacle> {
        counting::no_clash(self)?;
        let board = Board::of(self);
        let mut packing = Packing {
            placements: Vec::new(),
            fewest: true,
        };
        for part in board.parts() {
            self.pack_part(&part, &mut packing)?;
        }
        Ok(packing)
    }

    fn pack_part(&self, part: &Part<'_>, packing: &mut Packing) -> Result<(), Obstacle> {
        if part.unsettled().next().is_none() {
            return Ok(());
        }
        counting::enough_each_night(self, part)?;
        counting::enough_each_pair_of_nights(part)?;
        let plan = match chains::fewest_moves(part, CHAIN_LOOKS) {
            Found::Plan(plan) => plan,
            Found::Nothing => return Err(core::fragmented(part)),
            Found::Spent => {
                let plan = any_plan(part)?;
                packing.fewest &= part.moves_only_who_must(&plan);
                plan
            }
        };
        packing.placements.extend(part.placements(&plan));
        Ok(())
    }
}

/// The better one of two plans that are found in different ways.
fn any_plan(part: &Part<'_>) -> Result<Vec<usize>, Obstacle> {
    let wandered = wander::some_plan(part, WANDER_LOOKS).map(|plan| part.sent_home(plan));
    if let Some(plan) = &wandered
        && part.has_gaps_that_end()
    {
        return Ok(plan.clone());
    }
    let swept = match sweep::any_plan(part, SWEEP_LOOKS) {
        sweep::Swept::Plan(plan) => part.sent_home(plan),
        sweep::Swept::Nothing { .. } => return Err(core::fragmented(part)),
        sweep::Swept::Spent => return wandered.ok_or(Obstacle::Undecided),
    };
    match wandered {
        Some(plan) if part.moves(&plan) < part.moves(&swept) => Ok(plan),
        _ => Ok(swept),
    }
}
