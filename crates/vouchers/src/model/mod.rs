//! The nouns: one a file.

mod code;
mod coupon;
mod coupon_row;
mod gift_card;
mod ids;
mod liability;
mod movement;
mod voucher_use;

pub(crate) use code::CodeDigest;
pub use code::{GiftCardCode, InvalidVoucherCode, VoucherCode};
pub use coupon::{Coupon, CouponDetails, CouponWorth};
pub(crate) use coupon_row::{CouponColumns, CouponRow};
pub(crate) use gift_card::GiftCardRow;
pub use gift_card::{GiftCard, GiftCardState, PaidBy, Recipient};
pub use ids::{CouponId, GiftCardId, MovementId, VoucherUseId};
pub use liability::{Liability, LiabilityRow};
pub(crate) use movement::MovementRow;
pub use movement::{Movement, MovementKind};
pub use voucher_use::{Voucher, VoucherUse};
