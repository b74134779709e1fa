use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::QuoteId;
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, MoneyView, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::price::PriceView;
use super::stay_input::{RawStay, parse_stays};
use super::view::TermsView;
use crate::http::view::BookedPackageView;
use crate::{Quote, QuotedStay, StayRequest, commands, queries};

/// The stays a price is wanted for, as they come in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawQuote {
    /// One for each unit.
    #[schema(min_items = 1, max_items = 20)]
    stays: Vec<RawStay>,
}

/// The same, parsed.
pub(crate) struct QuoteInput {
    raw: RawQuote,
    stays: Vec<StayRequest>,
}

impl Input for QuoteInput {
    type Raw = RawQuote;

    fn parse(raw: RawQuote) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        match parse_stays(&raw.stays, &mut errors) {
            Some(stays) => Ok(Self { raw, stays }),
            None => Err(errors),
        }
    }
}

/// A price that stands until it expires. It takes no room out of the sale.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteView {
    #[schema(value_type = Uuid)]
    id: QuoteId,
    stays: Vec<QuotedStayView>,
    /// What all of them cost together.
    total: MoneyView,
    /// When it stops being honoured.
    expires_at: DateTime<Utc>,
}

/// One unit's stay with the price and the terms it is offered on.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuotedStayView {
    arrival: NaiveDate,
    departure: NaiveDate,
    unit_group: String,
    adults: u8,
    children: u8,
    child_ages: Vec<u8>,
    pets: u8,
    rate_plan: String,
    /// The package it is with.
    #[schema(required)]
    package: Option<BookedPackageView>,
    price: PriceView,
    terms: TermsView,
}

impl From<&Quote> for QuoteView {
    fn from(quote: &Quote) -> Self {
        Self {
            id: quote.id,
            stays: quote.stays.iter().map(QuotedStayView::from).collect(),
            total: quote.total.into(),
            expires_at: quote.expires_at,
        }
    }
}

impl From<&QuotedStay> for QuotedStayView {
    fn from(stay: &QuotedStay) -> Self {
        let (dates, party) = (stay.request.dates, stay.request.party);
        Self {
            arrival: dates.arrival(),
            departure: dates.departure(),
            unit_group: stay.request.unit_group.clone(),
            adults: party.adults(),
            children: party.children(),
            child_ages: stay.request.child_ages.clone(),
            pets: party.pets(),
            rate_plan: stay.rate_plan.clone(),
            package: stay.price.package.as_ref().map(BookedPackageView::from),
            price: PriceView::from(&stay.price),
            terms: TermsView::from(&stay.terms),
        }
    }
}

/// Freezes the price and the terms of one or several stays for a quarter of an hour.
#[utoipa::path(
    tag = "reservations",
    operation_id = "create_quote",
    params(WriteParams),
    request_body = RawQuote,
    responses(
        (status = 201, description = "The price stands", body = QuoteView),
        (status = 409, description = "`sold_out`"),
    )
)]
#[post("/quotes")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteReservations>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<QuoteInput>,
) -> Result<HttpResponse, Problem> {
    let property = &write.property;
    let now = property.now(&*clock);
    let work = async |tx: &mut TenantTx| {
        let quote = commands::quote(tx, property, &input.stays, now).await?;
        let path = format!("/api/v1/quotes/{}", quote.id);
        Ok(Answer::created(QuoteView::from(&quote)).location(path))
    };
    write.run(&db, &input.raw.stays, work).await
}

/// Shows a quote, also one that is no longer honoured.
#[utoipa::path(
    tag = "reservations",
    operation_id = "show_quote",
    params(("id" = Uuid, Path, description = "Which quote")),
    responses((status = 200, description = "The quote", body = QuoteView))
)]
#[get("/quotes/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadReservations>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<QuoteView>, Problem> {
    let id: QuoteId = path.parse().map_err(|_| Problem::not_found("quote"))?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let quote = queries::quote(&mut tx, id).await?;
    Ok(web::Json(QuoteView::from(&quote)))
}
