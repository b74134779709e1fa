use motel_kernel::{PropertyId, TaxId};

use crate::{AgeBand, Charge, Validity};

motel_db::text_enum! {
    /// Where the exact amount of a tax becomes whole minor units.
    pub enum Rounding {
        /// The tax of each service date is rounded by itself, half up.
        PerLine = "per_line",
        /// The tax of the whole stay is rounded once, half up, and divided among the dates by the largest remainder.
        PerStay = "per_stay",
    }
}

/// A tax of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tax {
    /// The id.
    pub id: TaxId,
    /// Whose tax it is.
    pub property_id: PropertyId,
    /// Counts the changes of the row, from 1.
    pub version: i32,
    /// What it is.
    pub details: TaxDetails,
}

/// A tax as a property describes it.
///
/// Several taxes may share a code when their validities do not overlap: what the law makes of one tax over the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxDetails {
    /// The word programs use.
    pub code: String,
    /// As it stands on the bill.
    pub name: String,
    /// How much it is.
    pub charge: Charge,
    /// True when prices hold it already, false when it comes on top.
    pub included: bool,
    /// True when a share is also taken of the fees that are taxed, and not of the nights alone.
    pub covers_fees: bool,
    /// The codes of the taxes that belong to what a share is taken of.
    pub on_top_of: Vec<String>,
    /// By service date.
    pub validity: Validity,
    /// Charged for the first so many nights of a stay only.
    pub max_nights: Option<u32>,
    /// Not charged for a stay that carries one of these flags, such as `business`.
    pub exempt_flags: Vec<String>,
    /// Children who pay less of an amount per person.
    pub age_bands: Vec<AgeBand>,
    /// Where it is rounded.
    pub rounding: Rounding,
}
