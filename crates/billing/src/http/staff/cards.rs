use actix_web::{HttpResponse, delete, get, post, web};
use chrono::{DateTime, Utc};
use motel_bookings::By;
use motel_db::{Db, TenantTx};
use motel_kernel::{Currency, Money, PaymentLinkId};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ProblemBody, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::folios::booking_id;
use super::input::amount_minor;
use super::payments::PaymentView;
use crate::{BillingError, KeptCard, commands, queries};

/// The cards that the guests of a booking left.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardsView {
    /// The first first; also those that were removed. At most one is kept.
    cards: Vec<CardView>,
}

/// A card that guests left for what is left to pay. Its gateway has it, and we never saw its number.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardView {
    /// The payment it was left with.
    #[schema(value_type = Uuid)]
    id: PaymentLinkId,
    /// `sandbox` or `stripe`.
    gateway: String,
    /// `visa`, `mastercard` …, in the gateway's words.
    brand: String,
    /// Its last four digits.
    #[schema(example = "4242")]
    last_four: String,
    /// The last month it is good for.
    #[schema(example = "2028-08")]
    expires: String,
    /// The version of the text that the guest agreed to.
    consent: String,
    /// When they did.
    consented_at: DateTime<Utc>,
    /// Since when it is kept.
    kept_at: DateTime<Utc>,
    /// Since when it is charged no more.
    #[schema(required)]
    removed_at: Option<DateTime<Utc>>,
}

impl From<KeptCard> for CardView {
    fn from(kept: KeptCard) -> Self {
        let card = kept.card;
        Self {
            id: kept.id,
            gateway: kept.gateway.to_string(),
            expires: format!("{}-{:02}", card.expires_year, card.expires_month),
            brand: card.brand,
            last_four: card.last_four,
            consent: kept.consent.version,
            consented_at: kept.consent.at,
            kept_at: kept.kept_at,
            removed_at: kept.removed_at,
        }
    }
}

/// Lists the cards that the guests of a booking left.
#[utoipa::path(
    tag = "payments",
    operation_id = "list_cards",
    params(("id" = Uuid, Path, description = "Which booking")),
    responses(
        (status = 200, description = "The cards", body = CardsView),
        (status = 404, description = "No such booking", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[get("/bookings/{id}/cards")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<CardsView>, Problem> {
    let id = booking_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let booking = motel_bookings::queries::find(&mut tx, id).await?;
    let cards = queries::cards(&mut tx, booking.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let cards = cards.into_iter().map(Into::into).collect();
    Ok(web::Json(CardsView { cards }))
}

/// Has a card charged no more, and forgotten at its gateway. Removing it twice removes it once.
#[utoipa::path(
    tag = "payments",
    operation_id = "remove_card",
    params(("id" = Uuid, Path, description = "Which card"), WriteParams),
    responses(
        (status = 200, description = "The card, removed", body = CardView),
        (status = 404, description = "No such card", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[delete("/cards/{id}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let id: PaymentLinkId = path.parse().map_err(|_| Problem::not_found("card"))?;
    let now = write.property.now(&*clock);
    let removing = async |tx: &mut TenantTx| {
        let card = commands::remove_card(tx, id, now).await?;
        Ok(Answer::ok(CardView::from(card)))
    };
    write.run(&db, &(), removing).await
}

/// What is to be charged to the card that a booking's guests left, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewCharge)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCharge {
    /// In minor units; all that is owed when not said.
    #[schema(minimum = 1)]
    amount_minor: Option<i64>,
    /// ISO 4217, the booking's; said along with an amount.
    #[schema(min_length = 3, max_length = 3, example = "USD")]
    currency: Option<String>,
    /// Why.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct ChargeInput {
    amount: Option<(i64, Currency)>,
    reason: String,
}

impl Input for ChargeInput {
    type Raw = RawCharge;

    fn parse(raw: RawCharge) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let minor = raw
            .amount_minor
            .and_then(|minor| amount_minor(&mut errors, minor));
        let currency = raw
            .currency
            .as_ref()
            .and_then(|currency| errors.check("currency", currency.parse()));
        if raw.amount_minor.is_some() != raw.currency.is_some() {
            errors.push("currency", "say amount and currency, or neither");
        }
        let reason = errors.text("reason", &raw.reason, 1..=500);
        errors.into_result()?;
        let amount = minor.zip(currency);
        reason
            .map(|reason| Self { amount, reason })
            .ok_or_else(|| FieldErrors::of("reason", "is missing"))
    }
}

/// Charges the card that a booking's guests left: an amount, or all that they owe. It is charged as soon as it is written;
/// look at the payments again to see what became of it.
#[utoipa::path(
    tag = "payments",
    operation_id = "charge_kept_card",
    params(("id" = Uuid, Path, description = "Which booking"), WriteParams),
    request_body = RawCharge,
    responses(
        (status = 201, description = "The payment, `created`", body = PaymentView),
        (status = 404, description = "No such booking", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`no_card_kept`, `nothing_due`, `above_owed` or `being_charged`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{id}/payments")]
pub(crate) async fn charge(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<ChargeInput>,
) -> Result<HttpResponse, Problem> {
    let id = booking_id(&path)?;
    let now = write.property.now(&*clock);
    let asking = async |tx: &mut TenantTx| {
        let booking = motel_bookings::queries::find(tx, id).await?;
        let by = By::actor(write.actor).because(&input.reason);
        let wanted = input.amount.map(|(minor, of)| Money::new(minor, of));
        let link = commands::request_charge(tx, &booking, wanted, by, now).await?;
        let payment = queries::payment(tx, link.id).await?;
        let payment = payment.ok_or(BillingError::NotFound("payment"))?;
        let location = format!("/api/v1/bookings/{id}/payments");
        Ok(Answer::created(PaymentView::try_from(payment)?).location(location))
    };
    write.run(&db, &input, asking).await
}
