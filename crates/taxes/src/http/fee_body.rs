use chrono::NaiveDate;
use motel_kernel::FeeId;
use motel_web::{FieldErrors, Input};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::charge::{AgeBandBody, ChargeBody, age_bands, code, validity};
use crate::{Fee, FeeDetails, FeeOccasion};

/// A fee as it is described.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeBody {
    /// The word programs use. Fees may share it when they are not in force on the same day.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$")]
    code: String,
    /// As it stands on the bill.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// How much it is.
    charge: ChargeBody,
    /// For which stays.
    #[schema(value_type = OccasionBody)]
    occasion: FeeOccasion,
    /// True when the taxes that cover fees are taken of it.
    taxed: bool,
    /// The first service date on which it is charged; the day of arrival for a fee of the whole stay.
    #[serde(default)]
    valid_from: Option<NaiveDate>,
    /// The first no more.
    #[serde(default)]
    valid_until: Option<NaiveDate>,
    /// Children who pay less of an amount per person.
    #[serde(default)]
    #[schema(max_items = 10)]
    age_bands: Vec<AgeBandBody>,
}

/// Which stays a fee is charged for.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum OccasionBody {
    /// All.
    Always,
    /// Those with a pet.
    Pets,
}

/// A fee of the property.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeeView {
    /// Which fee.
    #[schema(value_type = Uuid)]
    id: FeeId,
    /// Goes up with every change: the `ETag`.
    version: i32,
    /// What it is.
    #[serde(flatten)]
    fee: FeeBody,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct FeeInput(pub(crate) FeeDetails);

impl Input for FeeInput {
    type Raw = FeeBody;

    fn parse(raw: FeeBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let code = code("code", &raw.code, &mut errors);
        let name = errors.text("name", &raw.name, 1..=80);
        let charge = raw.charge.parse(&mut errors);
        let age_bands = age_bands(raw.age_bands, &mut errors);
        let validity = validity(raw.valid_from, raw.valid_until, &mut errors);
        let details = (|| {
            Some(FeeDetails {
                code: code?,
                name: name?,
                charge: charge?,
                occasion: raw.occasion,
                taxed: raw.taxed,
                validity: validity?,
                age_bands: age_bands?,
            })
        })();
        details.map(Self).ok_or(errors)
    }
}

impl From<FeeDetails> for FeeBody {
    fn from(details: FeeDetails) -> Self {
        Self {
            code: details.code,
            name: details.name,
            charge: details.charge.into(),
            occasion: details.occasion,
            taxed: details.taxed,
            valid_from: details.validity.from,
            valid_until: details.validity.until,
            age_bands: details
                .age_bands
                .into_iter()
                .map(AgeBandBody::from)
                .collect(),
        }
    }
}

impl From<Fee> for FeeView {
    fn from(fee: Fee) -> Self {
        Self {
            id: fee.id,
            version: fee.version,
            fee: fee.details.into(),
        }
    }
}
