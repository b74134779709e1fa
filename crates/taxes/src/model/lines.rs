use chrono::NaiveDate;
use motel_kernel::{Money, MoneyError};
use serde::{Deserialize, Serialize};

/// A fee of a stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    /// The word programs use: `pets`.
    pub code: String,
    /// What the guest reads.
    pub name: String,
    /// The night it is for; none for a fee of the whole stay.
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// How much.
    pub amount: Money,
}

/// A tax of a stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxLine {
    /// The word programs use: `tax`.
    pub code: String,
    /// What the guest reads.
    pub name: String,
    /// The night it is for; none for a tax of the whole stay.
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// How much.
    pub amount: Money,
    /// True for the part of the prices that is tax; false for tax on top of them.
    pub included: bool,
}

/// The fees and taxes of a stay. No line is zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoned {
    /// What comes to the nights, in the order of the fees and then by date.
    pub fees: Vec<FeeLine>,
    /// The part of the fees that is charged because of pets.
    pub pet_fee: Money,
    /// Taxes on top of nights and fees and those within them, in the order they are reckoned and then by date.
    pub taxes: Vec<TaxLine>,
}

impl Reckoned {
    /// All fees together.
    pub fn fee_total(&self) -> Result<Money, MoneyError> {
        let amounts = self.fees.iter().map(|fee| fee.amount);
        Money::total(amounts, self.pet_fee.currency())
    }

    /// All taxes that come on top.
    pub fn tax_on_top(&self) -> Result<Money, MoneyError> {
        self.tax_total(false)
    }

    /// All taxes that the prices hold already.
    pub fn tax_within(&self) -> Result<Money, MoneyError> {
        self.tax_total(true)
    }

    fn tax_total(&self, included: bool) -> Result<Money, MoneyError> {
        let taxes = self.taxes.iter().filter(|tax| tax.included == included);
        Money::total(taxes.map(|tax| tax.amount), self.pet_fee.currency())
    }
}
