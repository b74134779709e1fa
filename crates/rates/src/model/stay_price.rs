use chrono::NaiveDate;
use motel_kernel::{Money, MoneyError};
use serde::{Deserialize, Serialize};

/// What a stay costs, component by component. A booking keeps it as it was agreed.
///
/// `subtotal` is the nights and the pet fee, `total` is `subtotal` and `tax`: always, and to the minor unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayPrice {
    /// Each night in order.
    pub nights: Vec<NightPrice>,
    /// For the pets of the whole stay; zero without pets.
    pub pet_fee: Money,
    /// The nights and the pet fee.
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
    /// Per unit, before tax that comes on top.
    pub price: Money,
}

impl StayPrice {
    /// The nights alone, without pet fee and tax.
    pub fn room_total(&self) -> Result<Money, MoneyError> {
        let nights = self.nights.iter().map(|night| night.price);
        Money::total(nights, self.total.currency())
    }
}
