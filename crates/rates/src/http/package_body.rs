use chrono::NaiveDate;
use motel_kernel::PackageId;
use motel_taxes::Per;
use motel_taxes::http::PerBody;
use motel_web::{FieldErrors, Input, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fields::{LARGEST_AMOUNT, code, number, window};
use super::names::Names;
use crate::{DateWindow, Package, PackageDetails, PackageEffect};

const MOST_CONTENTS: usize = 20;
const MOST_PLANS: usize = 100;

/// A package as it is described.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageBody {
    /// The word programs use, unique in the property.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$")]
    code: String,
    /// What guests read.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// A few sentences for guests.
    #[serde(default)]
    #[schema(max_length = 1000)]
    description: String,
    /// False ends it, whatever its dates say.
    #[serde(default = "yes")]
    active: bool,
    /// What is in it, each 1 to 120 characters.
    #[schema(max_items = 20)]
    contents: Vec<String>,
    /// What it does to the price of the stay.
    effect: PackageEffectBody,
    /// The first date it can be booked on, of the years 2000 to 2199.
    #[serde(default)]
    booking_from: Option<NaiveDate>,
    /// The first date no more.
    #[serde(default)]
    booking_until: Option<NaiveDate>,
    /// The first night it is for.
    #[serde(default)]
    stay_from: Option<NaiveDate>,
    /// The first night no more.
    #[serde(default)]
    stay_until: Option<NaiveDate>,
    /// The codes of the rate plans it goes with; every plan when left out.
    #[serde(default)]
    #[schema(max_items = 100)]
    rate_plans: Vec<String>,
}

/// What a package does to the price of a stay.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PackageEffectBody {
    /// An amount comes to it like a fee.
    Extra {
        /// Each time, in minor units of the property's currency.
        #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
        amount_minor: i64,
        /// How often.
        #[schema(value_type = PerBody)]
        per: Per,
    },
    /// A share comes off every night.
    Discount {
        /// 1000 is a tenth.
        #[schema(minimum = 1, maximum = 10_000)]
        basis_points: u32,
    },
}

/// A package of the property.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackageView {
    /// Which package.
    #[schema(value_type = Uuid)]
    id: PackageId,
    /// Goes up with every change: the `ETag`.
    version: i32,
    /// What it says.
    #[serde(flatten)]
    package: PackageBody,
}

/// The same, parsed; plans are still codes.
#[derive(Debug)]
pub(crate) struct PackageInput {
    pub(super) body: PackageBody,
    booking: DateWindow,
    stay: DateWindow,
}

fn yes() -> bool {
    true
}

impl Input for PackageInput {
    type Raw = PackageBody;

    fn parse(mut body: PackageBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        code("code", &body.code, &mut errors);
        body.name = errors.text("name", &body.name, 1..=80).unwrap_or_default();
        let description = errors.text("description", &body.description, 0..=1_000);
        body.description = description.unwrap_or_default();
        if body.contents.len() > MOST_CONTENTS {
            errors.push(
                "contents",
                format_args!("must not be more than {MOST_CONTENTS}"),
            );
        }
        for content in &mut body.contents {
            *content = errors
                .text("contents", content, 1..=120)
                .unwrap_or_default();
        }
        match body.effect {
            PackageEffectBody::Extra { amount_minor, .. } => {
                number(
                    "effect.amount_minor",
                    amount_minor,
                    0..=LARGEST_AMOUNT,
                    &mut errors,
                );
            }
            PackageEffectBody::Discount { basis_points } => {
                number("effect.basis_points", basis_points, 1..=10_000, &mut errors);
            }
        }
        let booking = ("booking_from", "booking_until");
        let booking = window(booking, body.booking_from, body.booking_until, &mut errors);
        let stay = ("stay_from", "stay_until");
        let stay = window(stay, body.stay_from, body.stay_until, &mut errors);
        if body.rate_plans.len() > MOST_PLANS {
            errors.push(
                "rate_plans",
                format_args!("must not be more than {MOST_PLANS}"),
            );
        }
        match booking.zip(stay) {
            Some((booking, stay)) if errors.is_empty() => Ok(Self {
                body,
                booking,
                stay,
            }),
            _ => Err(errors),
        }
    }
}

impl PackageInput {
    pub(super) fn details(&self, names: &Names) -> Result<PackageDetails, Problem> {
        let body = self.body.clone();
        let plans = body.rate_plans.iter();
        Ok(PackageDetails {
            code: body.code,
            name: body.name,
            description: body.description,
            active: body.active,
            contents: body.contents,
            effect: match body.effect {
                PackageEffectBody::Extra { amount_minor, per } => {
                    PackageEffect::Extra { amount_minor, per }
                }
                PackageEffectBody::Discount { basis_points } => {
                    PackageEffect::Discount { basis_points }
                }
            },
            booking: self.booking,
            stay: self.stay,
            rate_plans: plans
                .map(|code| names.plan("rate_plans", code))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl PackageBody {
    pub(super) fn new(details: PackageDetails, names: &Names) -> Self {
        let plans = details.rate_plans.iter();
        Self {
            code: details.code,
            name: details.name,
            description: details.description,
            active: details.active,
            contents: details.contents,
            effect: match details.effect {
                PackageEffect::Extra { amount_minor, per } => {
                    PackageEffectBody::Extra { amount_minor, per }
                }
                PackageEffect::Discount { basis_points } => {
                    PackageEffectBody::Discount { basis_points }
                }
            },
            booking_from: details.booking.from,
            booking_until: details.booking.until,
            stay_from: details.stay.from,
            stay_until: details.stay.until,
            rate_plans: plans.map(|id| names.plan_code(*id)).collect(),
        }
    }
}

impl PackageView {
    pub(super) fn new(package: Package, names: &Names) -> Self {
        Self {
            id: package.id,
            version: package.version,
            package: PackageBody::new(package.details, names),
        }
    }
}
