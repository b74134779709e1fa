use actix_web::{HttpResponse, get, post, web};
use motel_bookings::By;
use motel_db::{Db, TenantTx};
use motel_kernel::Email;
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{
    CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ProblemBody, ValidJson,
    ValidQuery,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::new_gift_card::{GiftCardInput, RawGiftCard, email};
use super::view::GiftCardView;
use crate::http::problem::for_staff;
use crate::queries::{self, GiftCardFilter};
use crate::{GiftCardId, commands};

/// Sells a gift card: money came in, and as much is owed to whoever holds the card.
///
/// With a `recipient_email` it is mailed there with its code; else print it (`actions/print`).
#[utoipa::path(
    tag = "gift cards",
    operation_id = "issue_gift_card",
    params(WriteParams),
    request_body = RawGiftCard,
    responses((status = 201, description = "The gift card", body = GiftCardView))
)]
#[post("/gift-cards")]
pub(crate) async fn issue(
    write: StaffWrite<may::SellVouchers>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<GiftCardInput>,
) -> Result<HttpResponse, Problem> {
    let now = write.property.now(&*clock);
    let today = write.property.today(&*clock);
    if input.expires_on().is_some_and(|day| day < today) {
        return Err(Problem::invalid("expires_on", "is over"));
    }
    let issuing = async |tx: &mut TenantTx| {
        let wanted = input.wanted();
        let by = By::actor(write.actor);
        let card = commands::issue_gift_card(tx, &write.property, &wanted, by, now).await?;
        let at = format!("/api/v1/gift-cards/{}", card.id);
        let moved = queries::movements(tx, card.id).await?;
        Ok(Answer::created(GiftCardView::new(card, now).with(moved)).location(at))
    };
    write.run(&db, &input, issuing).await
}

/// Which gift cards are wanted, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawFilter {
    /// The last four letters of the code; all cards when not said.
    #[param(min_length = 4, max_length = 4)]
    last_four: Option<String>,
}

/// The same, parsed.
pub(crate) struct FilterInput(GiftCardFilter);

impl Input for FilterInput {
    type Raw = RawFilter;

    fn parse(raw: RawFilter) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let letters = raw.last_four.as_deref();
        let last_four = letters.and_then(|letters| errors.text("last_four", letters, 4..=4));
        errors.into_result()?;
        Ok(Self(GiftCardFilter {
            last_four: last_four.map(|letters| letters.to_uppercase()),
        }))
    }
}

/// Lists gift cards, the latest first.
#[utoipa::path(
    tag = "gift cards",
    operation_id = "list_gift_cards",
    params(RawFilter, CursorParams),
    responses((status = 200, description = "A page of gift cards", body = CursorPage<GiftCardView>))
)]
#[get("/gift-cards")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadVouchers>,
    page: CursorQuery,
    ValidQuery(FilterInput(filter)): ValidQuery<FilterInput>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<web::Json<CursorPage<GiftCardView>>, Problem> {
    let before = page.after()?;
    let now = access.property.now(&*clock);
    let place = access.property.id;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::gift_cards(&mut tx, place, &filter, before, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(found, &page, |card| card.id)?;
    Ok(web::Json(page.map(|card| GiftCardView::new(card, now))))
}

/// Shows a gift card with what moved on it.
#[utoipa::path(
    tag = "gift cards",
    operation_id = "show_gift_card",
    params(("id" = Uuid, Path, description = "Which gift card")),
    responses((status = 200, description = "The gift card", body = GiftCardView))
)]
#[get("/gift-cards/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadVouchers>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<web::Json<GiftCardView>, Problem> {
    let id = gift_card_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let card = queries::gift_card(&mut tx, id).await?;
    let moved = queries::movements(&mut tx, id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let view = GiftCardView::new(card, access.property.now(&*clock));
    Ok(web::Json(view.with(moved)))
}

/// A gift card to be printed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrintedView {
    /// The code, in groups of five. It is shown this once; nobody can look it up later.
    #[schema(example = "7QF2M-0K3ZD-XA81T-9W4CH")]
    code: String,
    /// The card.
    gift_card: GiftCardView,
}

/// Makes a code for a gift card, to be printed now. The one before it works no more.
///
/// The answer holds a secret, so it is not kept for repetition: this route takes no `Idempotency-Key` and no `dry_run`.
#[utoipa::path(
    tag = "gift cards",
    operation_id = "print_gift_card",
    params(("id" = Uuid, Path, description = "Which gift card")),
    responses(
        (status = 200, description = "The code and the card", body = PrintedView),
        (status = 409, description = "`voucher_not_usable`: it is void or expired", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/gift-cards/{id}/actions/print")]
pub(crate) async fn print(
    access: StaffAccess<may::SellVouchers>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<web::Json<PrintedView>, Problem> {
    let id = gift_card_id(&path)?;
    let now = access.property.now(&*clock);
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let told = commands::tell_code(&mut tx, id, now).await;
    let (card, code) = told.map_err(for_staff)?;
    let moved = queries::movements(&mut tx, id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(PrintedView {
        code: code.in_groups(),
        gift_card: GiftCardView::new(card, now).with(moved),
    }))
}

/// Where a gift card is mailed to, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = GiftCardReceiver)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReceiver {
    /// Their address from now on; the recipient's when left out.
    #[schema(format = "email", max_length = 254)]
    email: Option<String>,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct Receiver {
    email: Option<Email>,
}

impl Input for Receiver {
    type Raw = RawReceiver;

    fn parse(raw: RawReceiver) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let email = email(&mut errors, "email", raw.email.as_deref());
        errors.into_result()?;
        Ok(Self { email })
    }
}

/// Mails a gift card once more, with a new code: soon after the answer, and once. The code before it works no more then.
#[utoipa::path(
    tag = "gift cards",
    operation_id = "send_gift_card",
    params(("id" = Uuid, Path, description = "Which gift card"), WriteParams),
    request_body = RawReceiver,
    responses(
        (status = 200, description = "The card, on its way", body = GiftCardView),
        (status = 404, description = "No such gift card, or no address is known", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`voucher_not_usable`: it is void or expired", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/gift-cards/{id}/actions/send")]
pub(crate) async fn send(
    write: StaffWrite<may::SellVouchers>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(to): ValidJson<Receiver>,
) -> Result<HttpResponse, Problem> {
    let id = gift_card_id(&path)?;
    let now = write.property.now(&*clock);
    let sending = async |tx: &mut TenantTx| {
        let sent = commands::send_gift_card(tx, id, to.email.as_ref(), now).await;
        let card = sent.map_err(for_staff)?;
        let moved = queries::movements(tx, id).await?;
        Ok(Answer::ok(GiftCardView::new(card, now).with(moved)))
    };
    write.run(&db, &to, sending).await
}

pub(super) fn gift_card_id(path: &str) -> Result<GiftCardId, Problem> {
    path.parse().map_err(|_| Problem::not_found("gift card"))
}
