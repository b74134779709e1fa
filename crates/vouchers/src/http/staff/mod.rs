//! What staff see and do: gift cards, coupons, and both on folios.

mod coupon_body;
mod coupons;
mod gift_cards;
mod liability;
mod new_gift_card;
mod reason;
mod uses;
mod view;
mod void;

use actix_web::web;

pub use coupon_body::{CouponBody, CouponView, CouponWorthBody};
pub use gift_cards::PrintedView;
pub use liability::{LiabilityRowView, LiabilityView};
pub use uses::VoucherUsesView;
pub use view::{GiftCardView, MovementView, VoucherUseView};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    gift_cards::issue,
    gift_cards::list,
    gift_cards::show,
    gift_cards::print,
    gift_cards::send,
    void::void,
    liability::show,
    coupons::create,
    coupons::list,
    coupons::show,
    coupons::replace,
    coupons::end,
    uses::redeem,
    uses::list,
    uses::take_off
))]
pub struct StaffApiDoc;

/// Mounts the routes under `/gift-cards`, `/coupons`, `/voucher-uses`, `/folios/{id}/vouchers` and `/bookings/{id}/vouchers`, in a
/// scope for staff. Needs `web::Data<Db>`, the directory, the clock and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(liability::show)
        .service(gift_cards::issue)
        .service(gift_cards::list)
        .service(gift_cards::show)
        .service(gift_cards::print)
        .service(gift_cards::send)
        .service(void::void)
        .service(coupons::create)
        .service(coupons::list)
        .service(coupons::show)
        .service(coupons::replace)
        .service(coupons::end)
        .service(uses::redeem)
        .service(uses::list)
        .service(uses::take_off);
}
