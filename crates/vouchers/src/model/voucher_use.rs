use chrono::{DateTime, Utc};
use motel_kernel::{BookingId, FolioId, Money, MoneyError, PostingId};

use super::{CouponId, GiftCardId, VoucherUseId};

/// What was paid with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Voucher {
    /// A gift card.
    GiftCard(GiftCardId),
    /// A coupon.
    Coupon(CouponId),
}

/// A gift card or a coupon on a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherUse {
    /// The id.
    pub id: VoucherUseId,
    /// What was paid with.
    pub voucher: Voucher,
    /// How that is called: `Gift card ending in 7QF2`, `Coupon WINTER10`.
    pub title: String,
    /// On which booking.
    pub booking: BookingId,
    /// On which of its folios.
    pub folio: FolioId,
    /// The line there.
    pub posting: PostingId,
    /// What it took off.
    pub amount: Money,
    /// What of that went back to where it came from: all of it when it was taken off.
    pub given_back: Money,
    /// When.
    pub used_at: DateTime<Utc>,
}

impl VoucherUse {
    /// What it still takes off.
    ///
    /// # Errors
    /// The two have no difference, which the database excludes.
    pub fn standing(&self) -> Result<Money, MoneyError> {
        self.amount.minus(self.given_back)
    }
}
