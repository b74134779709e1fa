//! Pure rules: what a coupon takes off.

mod worth;

pub use worth::CouponRefusal;
pub(crate) use worth::{Circumstances, NothingOff, Stay, worth};
