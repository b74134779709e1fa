use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use motel_kernel::{Money, PaymentLinkId};
use motel_tenancy::http::CurrentClock;
use motel_web::{Entry, Page, Problem};

use crate::{AuthorisationOffer, PaymentDesk};

#[derive(Template)]
#[template(path = "authorisation.html")]
struct OfferPage<'a> {
    offer: &'a AuthorisationOffer,
    amount: Money,
    action: &'a str,
}

/// What guests agree to before they go on to the gateway. It works without JavaScript; whoever only looks at the address, as a
/// program that reads mail does, has no page made.
#[get("/payments/authorisations/{link}")]
pub(crate) async fn show(
    request: HttpRequest,
    link: web::Path<String>,
    desk: web::Data<PaymentDesk>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let offer = desk.authorisation_offer(parse(&link)?, clock.now()).await?;
    let amount = offer.authorisation.payment.link.amount;
    Page::new(&request, Entry::Site, format!("Set aside {amount}")).respond(&OfferPage {
        offer: &offer,
        amount,
        action: request.path(),
    })
}

/// Sends a guest who agreed on to the gateway's page.
#[post("/payments/authorisations/{link}")]
pub(crate) async fn go_on(
    link: web::Path<String>,
    desk: web::Data<PaymentDesk>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let opened = desk.open_authorisation_page(parse(&link)?, clock.now());
    let page = opened.await?;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, page))
        .finish())
}

fn parse(link: &str) -> Result<PaymentLinkId, Problem> {
    link.parse().map_err(|_| Problem::not_found("page"))
}
