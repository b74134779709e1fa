use motel_kernel::Money;

use super::RuleId;

/// What became of a rule's offers over some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakeUp {
    /// The rule.
    pub rule: RuleId,
    /// How often it was said.
    pub shown: i64,
    /// How often the guest said yes.
    pub taken: i64,
    /// How often the guest said no. The rest were passed over.
    pub declined: i64,
    /// How often it became part of a booking.
    pub booked: i64,
    /// What it brought those bookings when it became part of them, tax included.
    pub revenue: Money,
}
