use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, get, web};
use motel_kernel::PaymentLinkId;
use motel_tenancy::http::CurrentClock;
use motel_web::Problem;

use crate::PaymentDesk;

/// Where a guest comes back to from a gateway whose page asks and does not take: the money is taken now. It works without
/// JavaScript, and doing it twice takes it once.
#[get("/payments/returns/{link}")]
pub(crate) async fn come_back(
    link: web::Path<String>,
    desk: web::Data<PaymentDesk>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let link: PaymentLinkId = link.parse().map_err(|_| Problem::not_found("payment"))?;
    let booking_page = desk.come_back(link, clock.now()).await?;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, booking_page))
        .finish())
}
