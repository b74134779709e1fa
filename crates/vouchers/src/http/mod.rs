//! The HTTP face: guests pay with a code; staff sell gift cards, make coupons, and use and take off both.

mod problem;
mod redeem;
mod staff;

use actix_web::web;

pub use redeem::RedeemedView;
pub use staff::{
    CouponBody, CouponView, CouponWorthBody, GiftCardView, LiabilityRowView, LiabilityView,
    MovementView, PrintedView, StaffApiDoc, VoucherUseView, VoucherUsesView, configure_staff,
};

/// What these routes take and answer, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(redeem::redeem))]
pub struct ApiDoc;

/// Mounts what guests call: `POST /bookings/{code}/vouchers`. Needs `web::Data<Db>`, the directory of tenants and the clock.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(redeem::redeem);
}
