//! Storing rate plans, prices and what bears on them. The caller commits.

mod cancellation_policies;
mod packages;
mod prices;
mod promo_codes;
mod promo_uses;
mod rate_plans;
mod refusal;
mod restrictions;
mod seasons;

pub use cancellation_policies::{
    change_cancellation_policy, create_cancellation_policy, remove_cancellation_policy,
};
pub use packages::{change_package, create_package, remove_package};
pub use prices::{EditedNight, PriceEdit, edit_prices};
pub use promo_codes::{change_promo_code, create_promo_code, remove_promo_code};
pub use promo_uses::{give_back_promo, use_promo};
pub use rate_plans::{change_rate_plan, create_rate_plan, put_rate_plan, remove_rate_plan};
pub use restrictions::{EditedRestriction, RestrictionEdit, edit_restrictions};
pub use seasons::{change_season, create_season, remove_season};
