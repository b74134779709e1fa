use motel_kernel::{Currency, Money};
use motel_tenancy::Property;

use crate::rules::in_order;
use crate::{Charge, FeeDetails, FeeOccasion, LevyError, Per, Rounding, TaxDetails, Validity};

/// The taxes and fees of a property that fit together: no tax is reckoned on itself, and each is in an order in which
/// it can be reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levies {
    currency: Currency,
    taxes: Vec<TaxDetails>,
    fees: Vec<FeeDetails>,
}

impl Levies {
    /// The code of the one tax and the pet fee of a property that has described none.
    pub const DEFAULT_CODES: (&'static str, &'static str) = ("tax", "pets");

    /// Taxes and fees that are charged together.
    ///
    /// # Errors
    /// As for [`LevyError`]: amounts in another currency, a tax on a tax that is not there or on itself …
    pub fn new(
        currency: Currency,
        taxes: Vec<TaxDetails>,
        fees: Vec<FeeDetails>,
    ) -> Result<Self, LevyError> {
        super::levy_check::check(currency, &taxes, &fees)?;
        let taxes = in_order(taxes)?;
        Ok(Self {
            currency,
            taxes,
            fees,
        })
    }

    /// Nothing but the nights.
    pub fn none(currency: Currency) -> Self {
        Self {
            currency,
            taxes: Vec::new(),
            fees: Vec::new(),
        }
    }

    /// The one tax and the pet fee that stand in a property's settings.
    pub fn of_settings(property: &Property) -> Self {
        Self {
            currency: property.currency,
            taxes: settings_tax(property).into_iter().collect(),
            fees: settings_pet_fee(property).into_iter().collect(),
        }
    }

    /// The same with one fee more, in their currency.
    #[must_use]
    pub fn with_fee(&self, fee: FeeDetails) -> Self {
        let mut more = self.clone();
        more.fees.push(fee);
        more
    }

    /// The currency of every amount.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The taxes, each after those it is reckoned on.
    pub fn taxes(&self) -> &[TaxDetails] {
        &self.taxes
    }

    /// The fees.
    pub fn fees(&self) -> &[FeeDetails] {
        &self.fees
    }
}

/// The tax on nights and fees, rounded once per stay; none where nothing is taxed.
pub(crate) fn settings_tax(property: &Property) -> Option<TaxDetails> {
    (property.tax.rate.value() > 0).then(|| TaxDetails {
        code: Levies::DEFAULT_CODES.0.to_owned(),
        name: property.tax.name.clone(),
        charge: Charge::Percent(property.tax.rate),
        included: property.tax.included,
        covers_fees: true,
        on_top_of: Vec::new(),
        validity: Validity::default(),
        max_nights: None,
        exempt_flags: Vec::new(),
        age_bands: Vec::new(),
        rounding: Rounding::PerStay,
    })
}

/// The flat fee per night as soon as there is a pet, however many.
pub(crate) fn settings_pet_fee(property: &Property) -> Option<FeeDetails> {
    let minor = property.policies.pets.as_ref()?.fee_minor_per_night;
    (minor > 0).then(|| FeeDetails {
        code: Levies::DEFAULT_CODES.1.to_owned(),
        name: "Pet fee".to_owned(),
        charge: Charge::Flat {
            amount: Money::new(minor, property.currency),
            per: Per::Night,
        },
        occasion: FeeOccasion::Pets,
        taxed: true,
        validity: Validity::default(),
        age_bands: Vec::new(),
    })
}
