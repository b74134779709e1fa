use actix_web::{HttpResponse, post, web};
use motel_db::Db;
use motel_kernel::{BookingCode, Email};
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::PaymentLinkView;
use crate::{PaymentDesk, Sum};

/// Which booking is to be paid, as it comes in. Other fields are refused: whoever names an amount must hear that it is not
/// theirs to name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawLinkRequest {
    /// `RM-7K3F9Q`.
    booking_code: String,
    /// The address it was booked with.
    email: String,
    /// True to pay everything, also what is due later.
    #[serde(default)]
    whole: bool,
    /// True when the guest agreed that the card they pay with is kept, and charged for what is left on the day it is due.
    #[serde(default)]
    keep_card: bool,
}

/// The same, parsed.
pub(crate) struct LinkRequest {
    code: BookingCode,
    email: Email,
    sum: Sum,
    keep_card: bool,
}

impl Input for LinkRequest {
    type Raw = RawLinkRequest;

    fn parse(raw: RawLinkRequest) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let code = errors.check("booking_code", BookingCode::parse(&raw.booking_code));
        let email = errors.check("email", Email::parse(&raw.email));
        let sum = if raw.whole { Sum::Whole } else { Sum::Due };
        let keep_card = raw.keep_card;
        code.zip(email)
            .map(|(code, email)| Self {
                code,
                email,
                sum,
                keep_card,
            })
            .ok_or(errors)
    }
}

/// Makes a link by which what is due for a booking can be paid: the deposit, when the rest is due later, then the rest.
///
/// Asking again for the same answers the same link (200 instead of 201) until it is paid or over.
#[utoipa::path(
    tag = "payments",
    request_body = RawLinkRequest,
    responses(
        (status = 201, description = "A new link", body = PaymentLinkView),
        (status = 200, description = "The link made before", body = PaymentLinkView),
        (status = 404, description = "No such booking", content_type = "application/problem+json"),
        (status = 409, description = "`nothing_due`, `being_charged` or `cards_not_kept`", content_type = "application/problem+json"),
        (status = 503, description = "`payments_unavailable`", content_type = "application/problem+json"),
    )
)]
#[post("/payments/links")]
pub(crate) async fn create(
    place: PublicTenant,
    db: web::Data<Db>,
    desk: web::Data<PaymentDesk>,
    clock: CurrentClock,
    ValidJson(wanted): ValidJson<LinkRequest>,
) -> Result<HttpResponse, Problem> {
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let booking =
        motel_bookings::queries::find_for_guest(&mut tx, &wanted.code, &wanted.email).await?;
    drop(tx);
    let now = place.property.now(&*clock);
    let (tenant, booking) = (place.tenant, booking.id);
    let issued = match wanted.keep_card {
        true => {
            desk.link_keeping_card(tenant, booking, wanted.sum, now)
                .await?
        }
        false => desk.link(tenant, booking, wanted.sum, now).await?,
    };
    let mut answer = if issued.is_new {
        HttpResponse::Created()
    } else {
        HttpResponse::Ok()
    };
    Ok(answer.json(PaymentLinkView::from(issued)))
}
