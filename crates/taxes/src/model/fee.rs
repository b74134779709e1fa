use motel_kernel::{FeeId, PropertyId};

use crate::{AgeBand, Charge, Validity};

motel_db::text_enum! {
    /// Which stays a fee is charged for.
    pub enum FeeOccasion {
        /// All.
        Always = "always",
        /// Those with a pet, however many.
        Pets = "pets",
    }
}

/// A fee of a property, such as for cleaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// The id.
    pub id: FeeId,
    /// Whose fee it is.
    pub property_id: PropertyId,
    /// Counts the changes of the row, from 1.
    pub version: i32,
    /// What it is.
    pub details: FeeDetails,
}

/// A fee as a property describes it. Fees of one code never overlap in their validities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeDetails {
    /// The word programs use.
    pub code: String,
    /// As it stands on the bill.
    pub name: String,
    /// How much it is.
    pub charge: Charge,
    /// For which stays.
    pub occasion: FeeOccasion,
    /// True when the taxes that cover fees are taken of it.
    pub taxed: bool,
    /// By service date; a fee of the whole stay goes by the date of arrival.
    pub validity: Validity,
    /// Children who pay less of an amount per person.
    pub age_bands: Vec<AgeBand>,
}
