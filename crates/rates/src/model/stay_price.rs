use chrono::NaiveDate;
use motel_kernel::{Money, MoneyError};
use motel_taxes::{FeeLine, TaxLine};
use serde::{Deserialize, Serialize};

use crate::{NightPart, SoldPackage};

/// What a stay costs, component by component. A booking keeps it as it was agreed.
///
/// `subtotal` is the nights and the fees, `total` is `subtotal` and the taxes on top: always, and to the minor unit.
/// A price that was stored before there were lists of fees and taxes reads with both empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayPrice {
    /// Each night in order.
    pub nights: Vec<NightPrice>,
    /// What comes to the nights: for pets, for cleaning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<FeeLine>,
    /// Taxes on top of nights and fees, and those within them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<TaxLine>,
    /// The promo code that made it cheaper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promo: Option<String>,
    /// The package it is sold with, which is in the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<SoldPackage>,
    /// The fees for pets alone; zero without pets.
    pub pet_fee: Money,
    /// The nights and the fees.
    pub subtotal: Money,
    /// Tax that comes on top of the subtotal; zero where prices hold it already.
    pub tax: Money,
    /// The part of the subtotal that is tax, where prices hold it already; zero elsewhere.
    pub included_tax: Money,
    /// What the guest pays.
    pub total: Money,
}

/// What one night costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightPrice {
    /// The night, by the date it begins on.
    pub date: NaiveDate,
    /// The code of the rate plan that priced it.
    pub rate_plan: String,
    /// Per unit, discounts taken off, before tax that comes on top.
    pub price: Money,
    /// How the price came about: the parts add up to it. Empty for a price stored before there were parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<NightPart>,
}

impl StayPrice {
    /// The nights alone, without fees and taxes.
    pub fn room_total(&self) -> Result<Money, MoneyError> {
        let nights = self.nights.iter().map(|night| night.price);
        Money::total(nights, self.total.currency())
    }
}
