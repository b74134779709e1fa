use chrono::NaiveDate;
use motel_kernel::PromoCodeId;
use motel_web::{FieldErrors, Input, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fields::{LARGEST_AMOUNT, number, window};
use super::names::Names;
use crate::{DateWindow, PromoCode, PromoCodeDetails, PromoDiscount};

/// A promo code as it is described.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PromoCodeBody {
    /// What the guest types, unique in the property; small letters are taken for capitals.
    #[schema(pattern = "^[A-Za-z0-9][A-Za-z0-9_-]{1,39}$")]
    code: String,
    /// What people read.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// False ends it.
    #[serde(default = "yes")]
    active: bool,
    /// What it takes off every night.
    discount: PromoDiscountBody,
    /// The first date it can be booked with, of the years 2000 to 2199.
    #[serde(default)]
    booking_from: Option<NaiveDate>,
    /// The first date no more.
    #[serde(default)]
    booking_until: Option<NaiveDate>,
    /// The first night it can be used for.
    #[serde(default)]
    stay_from: Option<NaiveDate>,
    /// The first night no more.
    #[serde(default)]
    stay_until: Option<NaiveDate>,
    /// The codes of the rate plans it applies to; every plan when left out.
    #[serde(default)]
    #[schema(max_items = 100)]
    rate_plans: Vec<String>,
    /// How many bookings may use it; any number when left out.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1_000_000_000)]
    max_uses: Option<i32>,
}

/// What a promo code takes off every night; no night is ever less than nothing.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PromoDiscountBody {
    /// A share.
    Percent {
        /// 1000 is a tenth.
        #[schema(minimum = 1, maximum = 10_000)]
        basis_points: i32,
    },
    /// An amount.
    PerNight {
        /// In minor units of the property's currency.
        #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
        amount_minor: i64,
    },
}

/// A promo code of the property.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromoCodeView {
    /// Which promo code.
    #[schema(value_type = Uuid)]
    id: PromoCodeId,
    /// Goes up with every change, not with a use: the `ETag`.
    version: i32,
    /// How many bookings use it.
    uses: i32,
    /// What it says.
    #[serde(flatten)]
    promo: PromoCodeBody,
}

/// The same, parsed; plans are still codes.
#[derive(Debug)]
pub(crate) struct PromoCodeInput {
    pub(super) body: PromoCodeBody,
    booking: DateWindow,
    stay: DateWindow,
}

fn yes() -> bool {
    true
}

impl Input for PromoCodeInput {
    type Raw = PromoCodeBody;

    fn parse(mut body: PromoCodeBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        body.code = PromoCode::spelling(&body.code);
        if !is_code(&body.code) {
            let wrong = "must be 2 to 40 letters, digits, _ and -, the first a letter or digit";
            errors.push("code", wrong);
        }
        if let Some(name) = errors.text("name", &body.name, 1..=80) {
            body.name = name;
        }
        body.discount.check(&mut errors);
        let booking = ("booking_from", "booking_until");
        let booking = window(booking, body.booking_from, body.booking_until, &mut errors);
        let stay = ("stay_from", "stay_until");
        let stay = window(stay, body.stay_from, body.stay_until, &mut errors);
        if body.rate_plans.len() > 100 {
            errors.push("rate_plans", "must not be more than 100");
        }
        if let Some(most) = body.max_uses {
            number("max_uses", most, 1..=1_000_000_000, &mut errors);
        }
        errors.clone().into_result()?;
        match (booking, stay) {
            (Some(booking), Some(stay)) => Ok(Self {
                body,
                booking,
                stay,
            }),
            _ => Err(errors),
        }
    }
}

fn is_code(code: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
    (2..=40).contains(&code.len())
        && code.starts_with(plain)
        && code
            .chars()
            .all(|letter| plain(letter) || matches!(letter, '_' | '-'))
}

impl PromoDiscountBody {
    fn check(&self, errors: &mut FieldErrors) {
        match *self {
            Self::Percent { basis_points } => {
                number("discount.basis_points", basis_points, 1..=10_000, errors);
            }
            Self::PerNight { amount_minor } => {
                number(
                    "discount.amount_minor",
                    amount_minor,
                    1..=LARGEST_AMOUNT,
                    errors,
                );
            }
        }
    }
}

impl PromoCodeInput {
    pub(super) fn details(&self, names: &Names) -> Result<PromoCodeDetails, Problem> {
        let body = self.body.clone();
        let plans = body.rate_plans.iter();
        let plans = plans.map(|code| names.plan("rate_plans", code));
        Ok(PromoCodeDetails {
            rate_plans: plans.collect::<Result<_, _>>()?,
            code: body.code,
            name: body.name,
            active: body.active,
            discount: match body.discount {
                PromoDiscountBody::Percent { basis_points } => PromoDiscount::Percent(basis_points),
                PromoDiscountBody::PerNight { amount_minor } => {
                    PromoDiscount::PerNight(amount_minor)
                }
            },
            booking: self.booking,
            stay: self.stay,
            max_uses: body.max_uses,
        })
    }
}

impl PromoCodeView {
    pub(super) fn new(promo: PromoCode, names: &Names) -> Self {
        let details = promo.details;
        let discount = match details.discount {
            PromoDiscount::Percent(basis_points) => PromoDiscountBody::Percent { basis_points },
            PromoDiscount::PerNight(amount_minor) => PromoDiscountBody::PerNight { amount_minor },
        };
        let plans = details.rate_plans.iter();
        Self {
            id: promo.id,
            version: promo.version,
            uses: promo.uses,
            promo: PromoCodeBody {
                code: details.code,
                name: details.name,
                active: details.active,
                discount,
                booking_from: details.booking.from,
                booking_until: details.booking.until,
                stay_from: details.stay.from,
                stay_until: details.stay.until,
                rate_plans: plans.map(|id| names.plan_code(*id)).collect(),
                max_uses: details.max_uses,
            },
        }
    }
}
