use motel_kernel::Money;

/// What the owner wants to spend in a period beyond the plan's price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// How much; more than nothing, in the currency of the subscription.
    pub amount: Money,
    /// Whether nothing metered is to be used any more when it is reached.
    pub hard_stop: bool,
    /// Grows with every change.
    pub version: i32,
}
