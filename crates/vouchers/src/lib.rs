#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
mod events;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod model;
pub mod queries;
mod rules;
mod schema;

pub use error::{Unusable, VoucherError};
pub use events::GiftCardSent;
pub use model::{
    Coupon, CouponDetails, CouponId, CouponWorth, GiftCard, GiftCardCode, GiftCardId,
    GiftCardState, InvalidVoucherCode, Liability, LiabilityRow, Movement, MovementId, MovementKind,
    PaidBy, Recipient, Voucher, VoucherCode, VoucherUse, VoucherUseId,
};
pub use rules::CouponRefusal;
