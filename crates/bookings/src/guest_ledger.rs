use async_trait::async_trait;
use motel_db::TenantTx;
use motel_kernel::Money;

use crate::Booking;

/// Knows what guests owe. This crate knows no payments: the crate of folios implements this, and the binary brings the two
/// together.
#[async_trait]
pub trait GuestLedger: Send + Sync {
    /// What the guests of a booking still owe, never below zero. What a company is billed for is not theirs.
    async fn owed(
        &self,
        tx: &mut TenantTx,
        booking: &Booking,
    ) -> Result<Money, Box<dyn std::error::Error + Send + Sync>>;
}
