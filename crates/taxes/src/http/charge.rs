use chrono::NaiveDate;
use motel_kernel::{BasisPoints, Currency, Money};
use motel_web::FieldErrors;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{AgeBand, Charge, Per, Validity};

/// The most an amount may be, in minor units; the table has the same bound.
const LARGEST_AMOUNT: i64 = 100_000_000_000;
const MOST_BANDS: usize = 10;

/// How much it is: a share of the price, or an amount.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChargeBody {
    /// A share: of the net price for a tax, of each night for a fee.
    Percent {
        /// 500 is 5 %.
        #[schema(minimum = 0, maximum = 100_000)]
        basis_points: u32,
    },
    /// An amount.
    Flat {
        /// In minor units of the currency.
        #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
        amount_minor: i64,
        /// ISO 4217: that of the property.
        #[schema(pattern = "^[A-Z]{3}$")]
        currency: String,
        /// How often.
        #[schema(value_type = PerBody)]
        per: Per,
    },
}

/// How often an amount is charged.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PerBody {
    /// Once.
    Stay,
    /// For each night.
    Night,
    /// For each guest, once.
    Person,
    /// For each guest and night.
    PersonNight,
    /// For each unit, once.
    Unit,
    /// For each unit and night.
    UnitNight,
    /// For each pet, once.
    Pet,
    /// For each pet and night.
    PetNight,
}

/// Children of some ages who pay less of an amount per person.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgeBandBody {
    /// The youngest age that belongs to it.
    #[schema(minimum = 0, maximum = 120)]
    from: u8,
    /// The first age that belongs to it no more.
    #[schema(minimum = 1, maximum = 120)]
    until: u8,
    /// How much of the amount they pay: 0 is exempt, 5,000 half.
    #[schema(minimum = 0, maximum = 10_000)]
    share_basis_points: u32,
}

impl ChargeBody {
    pub(super) fn parse(self, errors: &mut FieldErrors) -> Option<Charge> {
        match self {
            Self::Percent { basis_points } => {
                let rate = BasisPoints::new(basis_points);
                errors
                    .check("charge.basis_points", rate)
                    .map(Charge::Percent)
            }
            Self::Flat {
                amount_minor,
                currency,
                per,
            } => {
                let currency = currency.parse::<Currency>();
                let currency = errors.check("charge.currency", currency);
                let minor = (0..=LARGEST_AMOUNT).contains(&amount_minor);
                let minor = minor.then_some(amount_minor).ok_or("is out of bounds");
                let minor = errors.check("charge.amount_minor", minor);
                let amount = Money::new(minor?, currency?);
                Some(Charge::Flat { amount, per })
            }
        }
    }
}

impl From<Charge> for ChargeBody {
    fn from(charge: Charge) -> Self {
        match charge {
            Charge::Percent(rate) => Self::Percent {
                basis_points: rate.value().unsigned_abs(),
            },
            Charge::Flat { amount, per } => Self::Flat {
                amount_minor: amount.minor(),
                currency: amount.currency().to_string(),
                per,
            },
        }
    }
}

impl AgeBandBody {
    fn parse(self) -> Result<AgeBand, &'static str> {
        if self.from >= self.until || self.until > 120 {
            return Err("must begin before it ends");
        }
        if self.share_basis_points > BasisPoints::WHOLE {
            return Err("must be a share of at most the whole");
        }
        let share = BasisPoints::new(self.share_basis_points).map_err(|_| "is out of bounds")?;
        Ok(AgeBand {
            from: self.from,
            until: self.until,
            share,
        })
    }
}

impl From<AgeBand> for AgeBandBody {
    fn from(band: AgeBand) -> Self {
        Self {
            from: band.from,
            until: band.until,
            share_basis_points: band.share.value().unsigned_abs(),
        }
    }
}

/// The bands, youngest first and none within another.
pub(super) fn age_bands(raw: Vec<AgeBandBody>, errors: &mut FieldErrors) -> Option<Vec<AgeBand>> {
    if raw.len() > MOST_BANDS {
        errors.push("age_bands", format_args!("can be at most {MOST_BANDS}"));
        return None;
    }
    let bands: Result<Vec<_>, _> = raw.into_iter().map(AgeBandBody::parse).collect();
    let mut bands = errors.check("age_bands", bands)?;
    bands.sort_by_key(|band| band.from);
    let apart = bands
        .iter()
        .zip(bands.iter().skip(1))
        .all(|(younger, older)| younger.until <= older.from);
    errors.check(
        "age_bands",
        apart.then_some(bands).ok_or("must not overlap"),
    )
}

pub(super) fn validity(
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    errors: &mut FieldErrors,
) -> Option<Validity> {
    if from.zip(until).is_some_and(|(from, until)| from >= until) {
        errors.push("valid_until", "must be after valid_from");
        return None;
    }
    Some(Validity { from, until })
}

/// A word for programs: small letters, digits and underscores, at most 40.
pub(super) fn code(field: &str, raw: &str, errors: &mut FieldErrors) -> Option<String> {
    let mut letters = raw.chars();
    let begins = letters
        .next()
        .is_some_and(|first| first.is_ascii_lowercase());
    let goes_on = letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let well_formed = begins && goes_on && raw.len() <= 40;
    errors.check(
        field,
        well_formed
            .then(|| raw.to_owned())
            .ok_or("must be 1 to 40 small letters, digits and underscores"),
    )
}

/// Several such words.
pub(super) fn codes(
    field: &str,
    raw: Vec<String>,
    errors: &mut FieldErrors,
) -> Option<Vec<String>> {
    if raw.len() > 10 {
        errors.push(field, "can be at most 10");
        return None;
    }
    raw.iter().map(|word| code(field, word, errors)).collect()
}
