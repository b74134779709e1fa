//! Reading gift cards, coupons and where they were used. Nothing here writes.

mod circumstances;
mod coupons;
mod gift_cards;
mod liability;
mod mailed;
mod of_person;
mod uses;

pub(crate) use circumstances::circumstances;
pub(crate) use coupons::coupon_by_code;
pub use coupons::{coupon, coupons};
pub(crate) use gift_cards::gift_card_by_digest;
pub use gift_cards::{GiftCardFilter, gift_card, gift_cards, movements};
pub use liability::liability;
pub(crate) use mailed::is_mailed;
pub use of_person::gift_cards_of;
pub use uses::{uses_on, voucher_use};
