use chrono::{DateTime, NaiveDate, Utc};
use motel_kernel::{Amount, Money};
use motel_taxes::{FeeLine, TaxLine};
use serde::Serialize;
use utoipa::ToSchema;

use super::view::AvailableNight;
use crate::{CancellationStep, PackageOffer, PlanOffer};

/// A room type under one rate plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct AvailablePlan {
    /// The plan's code.
    rate_plan: String,
    /// What it is called.
    name: String,
    /// What is in the price besides the room: `breakfast`.
    inclusions: Vec<String>,
    /// Each night with its price.
    nightly: Vec<AvailableNight>,
    /// What comes to the nights.
    fees: Vec<FeeView>,
    /// Taxes on top of nights and fees, and those within them.
    taxes: Vec<TaxView>,
    /// Nights and fees.
    #[schema(value_type = f64)]
    subtotal: Amount,
    /// The taxes on top.
    #[schema(value_type = f64)]
    tax: Amount,
    /// The taxes that the prices hold already.
    #[schema(value_type = f64)]
    included_tax: Amount,
    /// What the stay costs.
    #[schema(value_type = f64)]
    total: Amount,
    /// The same in minor units.
    total_minor: i64,
    /// ISO 4217.
    currency: &'static str,
    /// What cancelling costs from when on, in order of time. Before the first step it is free.
    cancellation: Vec<StepView>,
    /// The packages that go with it, and what the stay costs with each.
    packages: Vec<PackageOfferView>,
    /// What not coming costs.
    #[schema(value_type = f64)]
    no_show_fee: Amount,
    /// The same in minor units.
    no_show_fee_minor: i64,
}

/// From some moment on, cancelling costs this much.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepView {
    /// The first moment.
    from: DateTime<Utc>,
    /// How much.
    #[schema(value_type = f64)]
    fee: Amount,
    /// The same in minor units.
    fee_minor: i64,
}

/// A fee.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StayFee)]
pub struct FeeView {
    /// The word programs use.
    code: String,
    /// What the guest reads.
    name: String,
    /// The night it is for; null for a fee of the whole stay.
    date: Option<NaiveDate>,
    /// How much.
    #[schema(value_type = f64)]
    amount: Amount,
    /// The same in minor units.
    amount_minor: i64,
}

/// A tax.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StayTax)]
pub struct TaxView {
    /// The word programs use.
    code: String,
    /// What the guest reads.
    name: String,
    /// The night it is for; null for a tax of the whole stay.
    date: Option<NaiveDate>,
    /// How much.
    #[schema(value_type = f64)]
    amount: Amount,
    /// The same in minor units.
    amount_minor: i64,
    /// True when the prices hold it already.
    included: bool,
}

/// A package for a stay.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageOfferView {
    /// The package's code.
    code: String,
    /// What it is called.
    name: String,
    /// What is in it.
    contents: Vec<String>,
    /// What the stay costs with it.
    #[schema(value_type = f64)]
    total: Amount,
    /// The same in minor units.
    total_minor: i64,
}

impl From<&PackageOffer> for PackageOfferView {
    fn from(offer: &PackageOffer) -> Self {
        Self {
            code: offer.code.clone(),
            name: offer.name.clone(),
            contents: offer.contents.clone(),
            total: offer.total().amount(),
            total_minor: offer.total().minor(),
        }
    }
}

impl From<&PlanOffer> for AvailablePlan {
    fn from(plan: &PlanOffer) -> Self {
        let (price, terms) = (&plan.price, &plan.terms);
        Self {
            rate_plan: plan.code.clone(),
            name: plan.name.clone(),
            inclusions: plan.inclusions.clone(),
            nightly: price.nights.iter().map(AvailableNight::from).collect(),
            fees: price.fees.iter().map(FeeView::from).collect(),
            taxes: price.taxes.iter().map(TaxView::from).collect(),
            subtotal: price.subtotal.amount(),
            tax: price.tax.amount(),
            included_tax: price.included_tax.amount(),
            total: price.total.amount(),
            total_minor: price.total.minor(),
            currency: price.total.currency().code(),
            cancellation: terms.cancellation.iter().map(StepView::from).collect(),
            packages: plan.packages.iter().map(PackageOfferView::from).collect(),
            no_show_fee: terms.no_show_fee.amount(),
            no_show_fee_minor: terms.no_show_fee.minor(),
        }
    }
}

impl From<&CancellationStep> for StepView {
    fn from(step: &CancellationStep) -> Self {
        Self {
            from: step.from,
            fee: step.fee.amount(),
            fee_minor: step.fee.minor(),
        }
    }
}

impl From<&FeeLine> for FeeView {
    fn from(fee: &FeeLine) -> Self {
        Self {
            code: fee.code.clone(),
            name: fee.name.clone(),
            date: fee.date,
            amount: fee.amount.amount(),
            amount_minor: fee.amount.minor(),
        }
    }
}

impl From<&TaxLine> for TaxView {
    fn from(tax: &TaxLine) -> Self {
        Self {
            code: tax.code.clone(),
            name: tax.name.clone(),
            date: tax.date,
            amount: tax.amount.amount(),
            amount_minor: tax.amount.minor(),
            included: tax.included,
        }
    }
}

/// An amount and its twin, where an answer has only one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ShownAmount)]
pub struct PriceView {
    /// In major units.
    #[schema(value_type = f64)]
    amount: Amount,
    /// In minor units.
    amount_minor: i64,
    /// ISO 4217.
    currency: &'static str,
}

impl From<Money> for PriceView {
    fn from(money: Money) -> Self {
        Self {
            amount: money.amount(),
            amount_minor: money.minor(),
            currency: money.currency().code(),
        }
    }
}
