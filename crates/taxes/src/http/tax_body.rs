use chrono::NaiveDate;
use motel_kernel::TaxId;
use motel_web::{FieldErrors, Input};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::charge::{AgeBandBody, ChargeBody, age_bands, code, codes, validity};
use crate::{Rounding, Tax, TaxDetails};

/// A tax as it is described.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxBody {
    /// The word programs use. Taxes may share it when they are not in force on the same day.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$")]
    code: String,
    /// As it stands on the bill.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// How much it is.
    charge: ChargeBody,
    /// True when prices hold it already, false when it comes on top.
    included: bool,
    /// True when a share is also taken of the fees that are taxed.
    #[serde(default)]
    covers_fees: bool,
    /// The codes of the taxes that belong to what the share is taken of.
    #[serde(default)]
    #[schema(max_items = 10)]
    on_top_of: Vec<String>,
    /// The first service date on which it is charged.
    #[serde(default)]
    valid_from: Option<NaiveDate>,
    /// The first no more.
    #[serde(default)]
    valid_until: Option<NaiveDate>,
    /// Charged for the first so many nights of a stay only.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 365)]
    max_nights: Option<u32>,
    /// Stays with one of these flags do not pay it, such as `business`.
    #[serde(default)]
    #[schema(max_items = 10)]
    exempt_flags: Vec<String>,
    /// Children who pay less of an amount per person.
    #[serde(default)]
    #[schema(max_items = 10)]
    age_bands: Vec<AgeBandBody>,
    /// Where it is rounded to minor units.
    #[schema(value_type = RoundingBody)]
    rounding: Rounding,
}

/// Where a tax is rounded.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum RoundingBody {
    /// For each service date by itself.
    PerLine,
    /// Once for the stay, divided among the dates by the largest remainder.
    PerStay,
}

/// A tax of the property.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxView {
    /// Which tax.
    #[schema(value_type = Uuid)]
    id: TaxId,
    /// Goes up with every change: the `ETag`.
    version: i32,
    /// What it is.
    #[serde(flatten)]
    tax: TaxBody,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct TaxInput(pub(crate) TaxDetails);

impl Input for TaxInput {
    type Raw = TaxBody;

    fn parse(raw: TaxBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let code = code("code", &raw.code, &mut errors);
        let name = errors.text("name", &raw.name, 1..=80);
        let charge = raw.charge.parse(&mut errors);
        let on_top_of = codes("on_top_of", raw.on_top_of, &mut errors);
        let exempt_flags = codes("exempt_flags", raw.exempt_flags, &mut errors);
        let age_bands = age_bands(raw.age_bands, &mut errors);
        let validity = validity(raw.valid_from, raw.valid_until, &mut errors);
        if raw
            .max_nights
            .is_some_and(|most| !(1..=365).contains(&most))
        {
            errors.push("max_nights", "must lie between 1 and 365");
        }
        let details = (|| {
            Some(TaxDetails {
                code: code?,
                name: name?,
                charge: charge?,
                included: raw.included,
                covers_fees: raw.covers_fees,
                on_top_of: on_top_of?,
                validity: validity?,
                max_nights: raw.max_nights,
                exempt_flags: exempt_flags?,
                age_bands: age_bands?,
                rounding: raw.rounding,
            })
        })();
        match details {
            Some(details) if errors.is_empty() => Ok(Self(details)),
            _ => Err(errors),
        }
    }
}

impl From<TaxDetails> for TaxBody {
    fn from(details: TaxDetails) -> Self {
        Self {
            code: details.code,
            name: details.name,
            charge: details.charge.into(),
            included: details.included,
            covers_fees: details.covers_fees,
            on_top_of: details.on_top_of,
            valid_from: details.validity.from,
            valid_until: details.validity.until,
            max_nights: details.max_nights,
            exempt_flags: details.exempt_flags,
            age_bands: details
                .age_bands
                .into_iter()
                .map(AgeBandBody::from)
                .collect(),
            rounding: details.rounding,
        }
    }
}

impl From<Tax> for TaxView {
    fn from(tax: Tax) -> Self {
        Self {
            id: tax.id,
            version: tax.version,
            tax: tax.details.into(),
        }
    }
}
