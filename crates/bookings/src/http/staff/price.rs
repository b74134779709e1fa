use chrono::NaiveDate;
use motel_rates::{NightPart, NightPrice, PriceLine, StayPrice};
use motel_web::MoneyView;
use serde::Serialize;
use utoipa::ToSchema;

/// What a stay costs, component by component. `subtotal` is the nights and the fees, `total` that and the taxes on top.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReservationPrice)]
pub struct PriceView {
    /// Each night in order.
    nights: Vec<NightPriceView>,
    /// What comes to the nights.
    fees: Vec<ChargeView>,
    /// Taxes, those within the prices included.
    taxes: Vec<TaxView>,
    /// The nights and the fees.
    subtotal: MoneyView,
    /// Tax on top.
    tax: MoneyView,
    /// Tax within the subtotal.
    included_tax: MoneyView,
    /// What the guest pays.
    total: MoneyView,
}

/// What a night costs, and how that came about: the parts add up to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NightPriceView {
    date: NaiveDate,
    rate_plan: String,
    price: MoneyView,
    parts: Vec<NightPartView>,
}

/// A component of the price of a night.
#[derive(Debug, Serialize, ToSchema)]
pub struct NightPartView {
    /// `base`, `season`, `weekday`, `derivation`, `occupancy`, `length_of_stay`, `promo`, `package` or `rounding`.
    #[schema(value_type = String)]
    kind: motel_rates::PartKind,
    /// The code of the season, plan, promo or package it comes from.
    #[schema(required)]
    of: Option<String>,
    amount: MoneyView,
}

/// A fee.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChargeView {
    code: String,
    name: String,
    /// The night it is for; `null` for one of the whole stay.
    #[schema(required)]
    date: Option<NaiveDate>,
    amount: MoneyView,
}

/// A tax.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReservationTax)]
pub struct TaxView {
    code: String,
    name: String,
    /// The night it is for; `null` for one of the whole stay.
    #[schema(required)]
    date: Option<NaiveDate>,
    amount: MoneyView,
    /// True for the part of the prices that is tax.
    included: bool,
}

/// A line that will be posted to the folio, or was.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReservationPosting)]
pub struct PostingView {
    /// The night it is posted with.
    date: NaiveDate,
    /// `room`, `fee` or `tax`.
    #[schema(value_type = String)]
    kind: motel_rates::LineKind,
    code: String,
    description: String,
    amount: MoneyView,
}

impl From<&StayPrice> for PriceView {
    fn from(price: &StayPrice) -> Self {
        Self {
            nights: price.nights.iter().map(NightPriceView::from).collect(),
            fees: price
                .fees
                .iter()
                .map(|fee| ChargeView {
                    code: fee.code.clone(),
                    name: fee.name.clone(),
                    date: fee.date,
                    amount: fee.amount.into(),
                })
                .collect(),
            taxes: price
                .taxes
                .iter()
                .map(|tax| TaxView {
                    code: tax.code.clone(),
                    name: tax.name.clone(),
                    date: tax.date,
                    amount: tax.amount.into(),
                    included: tax.included,
                })
                .collect(),
            subtotal: price.subtotal.into(),
            tax: price.tax.into(),
            included_tax: price.included_tax.into(),
            total: price.total.into(),
        }
    }
}

impl From<&NightPrice> for NightPriceView {
    fn from(night: &NightPrice) -> Self {
        Self {
            date: night.date,
            rate_plan: night.rate_plan.clone(),
            price: night.price.into(),
            parts: night.parts.iter().map(NightPartView::from).collect(),
        }
    }
}

impl From<&NightPart> for NightPartView {
    fn from(part: &NightPart) -> Self {
        Self {
            kind: part.kind,
            of: part.of.clone(),
            amount: part.amount.into(),
        }
    }
}

impl From<PriceLine> for PostingView {
    fn from(line: PriceLine) -> Self {
        Self {
            date: line.date,
            kind: line.kind,
            code: line.code,
            description: line.description,
            amount: line.amount.into(),
        }
    }
}
