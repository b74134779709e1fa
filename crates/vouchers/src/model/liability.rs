use motel_kernel::Money;

use super::GiftCardState;

/// What is owed on gift cards, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Liability {
    /// The cards by what can be done with them.
    pub rows: Vec<LiabilityRow>,
    /// What is on all of them.
    pub total: Money,
    /// What the ledger owes on them. The same; the database sees to it.
    pub ledger: Money,
}

/// The gift cards of one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiabilityRow {
    /// Which.
    pub state: GiftCardState,
    /// How many.
    pub cards: i64,
    /// What is on them.
    pub balance: Money,
}
