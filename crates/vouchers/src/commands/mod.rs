//! Use cases, one a file. The caller opens the transaction and commits it.

mod coupons;
mod expire;
mod forget;
mod give_back;
mod issue;
mod locked;
mod moves;
mod redeem;
mod redeem_coupon;
mod redeem_gift_card;
mod settle_cancelled;
mod take_off;
mod tell_code;
mod void;

pub use coupons::{change_coupon, create_coupon, end_coupon};
pub use expire::expire_gift_card;
pub(crate) use expire::gift_cards_to_expire;
pub use forget::forget;
pub use issue::{NewGiftCard, issue_gift_card};
pub use redeem::{RedeemRequest, redeem};
pub use settle_cancelled::settle_cancelled;
pub use take_off::take_off;
pub use tell_code::{send_gift_card, tell_code};
pub use void::void_gift_card;
