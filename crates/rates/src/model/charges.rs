use motel_kernel::{BasisPoints, Money};
use motel_tenancy::Property;

/// What comes on top of the nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charges {
    /// Per night when pets come along, however many. Its currency is that of the whole price.
    pub pet_fee_per_night: Money,
    /// The tax on nights and pet fee.
    pub tax: BasisPoints,
    /// True when prices hold the tax already.
    pub tax_included: bool,
}

impl Charges {
    /// What a property charges by its tax and its policy on pets.
    pub fn of(property: &Property) -> Self {
        let pets = property.policies.pets.as_ref();
        let pet_fee = pets.map_or(0, |policy| policy.fee_minor_per_night);
        Self {
            pet_fee_per_night: Money::new(pet_fee, property.currency),
            tax: property.tax.rate,
            tax_included: property.tax.included,
        }
    }
}
