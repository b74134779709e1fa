use chrono::NaiveDate;
use motel_inventory::InventoryError;
use motel_kernel::MoneyError;
use motel_taxes::TaxesError;

use crate::{BrokenDerivation, Reason};

/// Why rates could not be stored, or a search not be made. That a room cannot be sold is no error but a
/// [`Reason`](crate::Reason).
#[derive(Debug, thiserror::Error)]
pub enum RatesError {
    /// The arrival lies before today at the property.
    #[error("check-in can't be in the past; today is {today}")]
    InPast {
        /// The date at the property.
        today: NaiveDate,
    },
    /// The property takes no stays of that length at all.
    #[error("a stay can't be longer than {longest} nights")]
    TooLong {
        /// The most nights.
        longest: u32,
    },
    /// The property has no unit group of that code.
    #[error("there is no room type {code:?}; there are: {known}", known = .known.join(", "))]
    UnknownUnitGroup {
        /// What was asked for.
        code: String,
        /// The codes there are.
        known: Vec<String>,
    },
    /// The property has no rate plan of that code on sale.
    #[error("there is no rate {code:?} on sale")]
    UnknownRatePlan {
        /// What was asked for.
        code: String,
    },
    /// Plans cannot be derived from one another like that.
    #[error(transparent)]
    Derivation(#[from] BrokenDerivation),
    /// A derived plan has no base prices of its own.
    #[error("rate plan {code:?} is derived from another one: its prices are changed there")]
    DerivedPrices {
        /// The plan's code.
        code: String,
    },
    /// Something of the property has that code already.
    #[error("the code {code:?} is taken")]
    CodeTaken {
        /// The code.
        code: String,
    },
    /// It was changed since it was read.
    #[error("it was changed meanwhile: this is version {current} now")]
    Stale {
        /// The version it has.
        current: i32,
    },
    /// There is no such plan, season or promo code.
    #[error("there is no such {what}")]
    Unknown {
        /// `rate plan`, `season`, `promo code`, `unit group`.
        what: &'static str,
    },
    /// It cannot be removed because something refers to it.
    #[error("this {what} is still in use")]
    InUse {
        /// `rate plan`, `promo code`.
        what: &'static str,
    },
    /// A promo code cannot be used.
    #[error("{0}")]
    Promo(Reason),
    /// Amounts that cannot be put together: a rate in another currency than the property's, or a sum beyond 64 bits.
    #[error("a price could not be reckoned")]
    Money(#[from] MoneyError),
    /// The taxes and fees could not be read.
    #[error("the taxes could not be read")]
    Taxes(#[from] TaxesError),
    /// The inventory could not be read.
    #[error("the inventory could not be read")]
    Inventory(#[from] InventoryError),
    /// A statement failed: an unknown fault.
    #[error("the rates could not be read or written")]
    Sql(#[from] diesel::result::Error),
}

impl RatesError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InPast { .. } => "in_past",
            Self::TooLong { .. } => "too_long",
            Self::UnknownUnitGroup { .. } => "unknown_room_type",
            Self::UnknownRatePlan { .. } => "unknown_rate_plan",
            Self::Derivation(BrokenDerivation::Cycle { .. }) => "derivation_cycle",
            Self::Derivation(BrokenDerivation::TooDeep { .. }) => "derivation_too_deep",
            Self::Derivation(BrokenDerivation::NoParent { .. }) => "unknown_parent",
            Self::DerivedPrices { .. } => "derived_prices",
            Self::CodeTaken { .. } => "code_taken",
            Self::Stale { .. } => "version_mismatch",
            Self::Unknown { .. } => "not_found",
            Self::InUse { .. } => "in_use",
            Self::Promo(reason) => reason.code(),
            Self::Money(_) | Self::Taxes(_) | Self::Inventory(_) | Self::Sql(_) => "internal",
        }
    }
}
