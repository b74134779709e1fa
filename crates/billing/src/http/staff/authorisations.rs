use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use motel_bookings::By;
use motel_db::{Db, TenantTx};
use motel_kernel::{Money, PaymentLinkId};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{MoneyView, Problem, ProblemBody, ValidJson};
use serde::Serialize;
use utoipa::ToSchema;

use super::authorisation_input::{
    AuthorisationInput, CaptureInput, RawAuthorisation, RawAuthorisationVoid, RawCapture, VoidInput,
};
use super::folios::booking_id;
use crate::commands::Aside;
use crate::{Authorisation, IntentState, LinkStatus, PaymentDesk, Way, commands, queries};

/// What was to be set aside for a booking.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthorisationsView {
    /// The first first; also what came to nothing.
    authorisations: Vec<AuthorisationView>,
}

/// Money that is set aside on a card, or was, or is to be. None of it is in the books until it is taken; then it is a payment
/// of the same id.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthorisationView {
    /// The id; of the payment too.
    #[schema(value_type = Uuid)]
    id: PaymentLinkId,
    /// `sandbox`, `stripe` or `paypal`.
    gateway: String,
    /// `created`, `requires_action`, `processing`; `authorised`: it is set aside; `capturing`, `voiding`: it is being taken, or let go;
    /// `succeeded`, `refunded` or `disputed`: it was taken; `cancelled`: it was withdrawn or let go; `lapsed`; `failed`.
    #[schema(value_type = String)]
    state: IntentState,
    /// Where guests agree to it, as long as they can.
    #[schema(required)]
    url: Option<String>,
    /// The kept card it is asked of; `null` when guests agree on a page.
    #[schema(value_type = Option<Uuid>, required)]
    card_id: Option<PaymentLinkId>,
    /// What was asked for.
    asked: MoneyView,
    /// What the gateway set aside.
    #[schema(required)]
    authorised: Option<MoneyView>,
    /// It can be taken before this moment.
    #[schema(required)]
    authorised_until: Option<DateTime<Utc>>,
    /// What was taken.
    taken: MoneyView,
    /// Why it was asked for.
    #[schema(required)]
    reason: Option<String>,
    /// Why the card was refused, or the gateway did not do what was wanted, in its words.
    #[schema(required)]
    failure: Option<String>,
}

impl AuthorisationView {
    pub(super) fn new(found: Authorisation, desk: &PaymentDesk) -> Self {
        let payment = found.payment;
        let link = payment.link;
        let (card_id, has_page) = match link.way {
            Way::KeptCard { card, .. } => (Some(card), false),
            Way::Page { .. } => (None, true),
        };
        let is_asked = has_page && link.status == LinkStatus::Open && payment.state.is_in_doubt();
        Self {
            id: link.id,
            gateway: link.gateway.to_string(),
            state: payment.state,
            url: is_asked.then(|| desk.authorisation_url(link.id)),
            card_id,
            asked: link.amount.into(),
            authorised_until: found.set_aside.as_ref().map(|it| it.until),
            authorised: found.set_aside.map(|it| it.amount.into()),
            taken: payment.paid.into(),
            reason: found.by.reason,
            failure: payment.failure,
        }
    }
}

/// Asks for money to be set aside. Nothing is taken and nothing posted. On a kept card it is asked for a moment later: look again
/// to see what became of it.
#[utoipa::path(
    tag = "payments",
    operation_id = "ask_for_authorisation",
    params(("id" = Uuid, Path, description = "Which booking"), WriteParams),
    request_body = RawAuthorisation,
    responses(
        (status = 201, description = "The authorisation, with the address for the guests", body = AuthorisationView),
        (status = 404, description = "No such booking", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`no_card_kept` or `authorisations_not_offered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{id}/authorisations")]
pub(crate) async fn ask(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    desk: web::Data<PaymentDesk>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<AuthorisationInput>,
) -> Result<HttpResponse, Problem> {
    let id = booking_id(&path)?;
    let now = write.property.now(&*clock);
    let asking = async |tx: &mut TenantTx| {
        let booking = motel_bookings::queries::find(tx, id).await?;
        let aside = match input.on_kept_card {
            true => Aside::KeptCard,
            false => Aside::Page(desk.authorising_gateway()?),
        };
        let (minor, currency) = input.amount;
        let by = By::actor(write.actor).because(&input.reason);
        let amount = Money::new(minor, currency);
        let asked = commands::request_authorisation(tx, &booking, amount, aside, by, now).await?;
        let location = format!("/api/v1/bookings/{id}/authorisations");
        Ok(Answer::created(AuthorisationView::new(asked, &desk)).location(location))
    };
    write.run(&db, &input, asking).await
}

/// Lists what was to be set aside for a booking.
#[utoipa::path(
    tag = "payments",
    operation_id = "list_authorisations",
    params(("id" = Uuid, Path, description = "Which booking")),
    responses(
        (status = 200, description = "The authorisations", body = AuthorisationsView),
        (status = 404, description = "No such booking", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[get("/bookings/{id}/authorisations")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    desk: web::Data<PaymentDesk>,
) -> Result<web::Json<AuthorisationsView>, Problem> {
    let id = booking_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let booking = motel_bookings::queries::find(&mut tx, id).await?;
    let found = queries::authorisations(&mut tx, booking.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let found = found.into_iter();
    let authorisations = found.map(|it| AuthorisationView::new(it, &desk)).collect();
    Ok(web::Json(AuthorisationsView { authorisations }))
}

/// Takes money that is set aside: an amount, or all of it. The rest is let go, and no more can be taken. It is done a moment
/// later and posted then; of two who want something of it, the first gets it.
#[utoipa::path(
    tag = "payments",
    operation_id = "capture_authorisation",
    params(("id" = Uuid, Path, description = "Which authorisation"), WriteParams),
    request_body = RawCapture,
    responses(
        (status = 200, description = "The authorisation, `capturing`", body = AuthorisationView),
        (status = 404, description = "No such authorisation", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`authorisation_over`, `above_authorised` or `being_charged`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/authorisations/{id}/actions/capture")]
pub(crate) async fn capture(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    desk: web::Data<PaymentDesk>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<CaptureInput>,
) -> Result<HttpResponse, Problem> {
    let id = authorisation_id(&path)?;
    let now = write.property.now(&*clock);
    let wanting = async |tx: &mut TenantTx| {
        let by = By::actor(write.actor).because(&input.reason);
        let amount = input.amount.map(|(minor, of)| Money::new(minor, of));
        let found = commands::want_capture(tx, id, amount, by, now).await?;
        Ok(Answer::ok(AuthorisationView::new(found, &desk)))
    };
    write.run(&db, &input, wanting).await
}

/// Lets go of money that is set aside, a moment later; where the guests have not agreed yet, they are no longer asked. Doing it
/// twice does it once.
#[utoipa::path(
    tag = "payments",
    operation_id = "void_authorisation",
    params(("id" = Uuid, Path, description = "Which authorisation"), WriteParams),
    request_body = RawAuthorisationVoid,
    responses(
        (status = 200, description = "The authorisation, `voiding` or `cancelled`", body = AuthorisationView),
        (status = 404, description = "No such authorisation", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`authorisation_over`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/authorisations/{id}/actions/void")]
pub(crate) async fn void(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    desk: web::Data<PaymentDesk>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<VoidInput>,
) -> Result<HttpResponse, Problem> {
    let id = authorisation_id(&path)?;
    let now = write.property.now(&*clock);
    let wanting = async |tx: &mut TenantTx| {
        let by = By::actor(write.actor).because(&input.reason);
        let found = commands::want_void(tx, id, by, now).await?;
        Ok(Answer::ok(AuthorisationView::new(found, &desk)))
    };
    write.run(&db, &input, wanting).await
}

fn authorisation_id(path: &str) -> Result<PaymentLinkId, Problem> {
    path.parse()
        .map_err(|_| Problem::not_found("authorisation"))
}
