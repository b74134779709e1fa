use chrono::{DateTime, Datelike, NaiveDate, Utc};
use motel_db::TenantTx;
use motel_kernel::{BasisPoints, Currency, PropertyId};
use motel_rates::DateWindow;
use motel_web::{FieldErrors, Input, MoneyView, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Coupon, CouponDetails, CouponId, CouponWorth};

/// The most an amount may be, in minor units.
const MOST: i64 = 100_000_000_000;

/// A coupon as it is described.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CouponBody {
    /// What the guest types, unique in the property; small letters are taken for capitals.
    #[schema(pattern = "^[A-Za-z0-9][A-Za-z0-9_-]{1,39}$")]
    code: String,
    /// What people read.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// ISO 4217: what every amount of it is in.
    #[schema(min_length = 3, max_length = 3, example = "USD")]
    currency: String,
    /// What it takes off.
    worth: CouponWorthBody,
    /// The first date on which it can be used, of the years 2000 to 2199.
    #[serde(default)]
    valid_from: Option<NaiveDate>,
    /// The first date no more.
    #[serde(default)]
    valid_until: Option<NaiveDate>,
    /// The first night it is for.
    #[serde(default)]
    stay_from: Option<NaiveDate>,
    /// The first night no more.
    #[serde(default)]
    stay_until: Option<NaiveDate>,
    /// What the booking has to cost at least, in minor units.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    min_spend_minor: i64,
    /// The codes of the room types it is for; all when left out.
    #[serde(default)]
    #[schema(max_items = 100)]
    room_types: Vec<String>,
    /// The codes of the rate plans it is for; all when left out.
    #[serde(default)]
    #[schema(max_items = 100)]
    rate_plans: Vec<String>,
    /// Only for guests who never booked before.
    #[serde(default)]
    first_booking_only: bool,
    /// On how many bookings it may stand; any number when left out.
    #[serde(default)]
    #[schema(minimum = 1)]
    max_uses: Option<i32>,
    /// On how many of one guest's.
    #[serde(default)]
    #[schema(minimum = 1)]
    max_uses_per_guest: Option<i32>,
    /// What it may take off in all, in minor units.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
    max_total_minor: Option<i64>,
}

/// What a coupon takes off; never more than is owed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CouponWorthBody {
    /// An amount.
    Amount {
        /// In minor units.
        #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
        amount_minor: i64,
    },
    /// A share of what is owed.
    Share {
        /// 1000 is a tenth.
        #[schema(minimum = 1, maximum = 10_000)]
        basis_points: u32,
        /// But at most so much, in minor units.
        #[serde(default)]
        #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
        most_minor: Option<i64>,
    },
}

/// A coupon of the property.
#[derive(Debug, Serialize, ToSchema)]
pub struct CouponView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: CouponId,
    /// Goes up with every change, not with a use: the `ETag`.
    version: i32,
    /// On how many bookings it stands.
    uses: i64,
    /// What it takes off there.
    taken_off: MoneyView,
    /// Since when it can't be used any more.
    #[schema(required)]
    ended_at: Option<DateTime<Utc>>,
    /// What it says.
    #[serde(flatten)]
    coupon: CouponBody,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct CouponInput {
    pub(super) body: CouponBody,
    details: CouponDetails,
}

impl Input for CouponInput {
    type Raw = CouponBody;

    fn parse(mut body: CouponBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        body.code = Coupon::spelling(&body.code);
        if !Coupon::is_code(&body.code) {
            let wrong = "must be 2 to 40 letters, digits, _ and -, the first a letter or digit";
            errors.push("code", wrong);
        }
        if let Some(name) = errors.text("name", &body.name, 1..=80) {
            body.name = name;
        }
        let currency: Option<Currency> = errors.check("currency", body.currency.parse());
        let worth = body.worth.parse(&mut errors);
        let valid = ("valid_from", "valid_until");
        let valid = window(&mut errors, valid, body.valid_from, body.valid_until);
        let stay = ("stay_from", "stay_until");
        let stay = window(&mut errors, stay, body.stay_from, body.stay_until);
        bounded(
            &mut errors,
            "min_spend_minor",
            0,
            Some(body.min_spend_minor),
        );
        bounded(&mut errors, "max_total_minor", 1, body.max_total_minor);
        let counts = [
            ("max_uses", body.max_uses),
            ("max_uses_per_guest", body.max_uses_per_guest),
        ];
        for (field, count) in counts {
            bounded(&mut errors, field, 1, count.map(i64::from));
        }
        let lists = [
            ("room_types", &body.room_types),
            ("rate_plans", &body.rate_plans),
        ];
        for (field, codes) in lists {
            if codes.len() > 100 {
                errors.push(field, "must not be more than 100");
            }
        }
        errors.clone().into_result()?;
        match currency.zip(worth) {
            Some((currency, worth)) => Ok(Self {
                details: body.details(currency, worth, valid, stay),
                body,
            }),
            None => Err(errors),
        }
    }
}

fn window(
    errors: &mut FieldErrors,
    (first, end): (&str, &str),
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
) -> DateWindow {
    for (field, day) in [(first, from), (end, until)] {
        if day.is_some_and(|day| !(2000..=2199).contains(&day.year())) {
            errors.push(field, "must lie in the years 2000 to 2199");
        }
    }
    if from.zip(until).is_some_and(|(from, until)| from >= until) {
        errors.push(end, format!("must be after {first}"));
    }
    DateWindow { from, until }
}

fn bounded(errors: &mut FieldErrors, field: &str, least: i64, value: Option<i64>) {
    if value.is_some_and(|value| !(least..=MOST).contains(&value)) {
        errors.push(field, format!("must lie between {least} and {MOST}"));
    }
}

impl CouponWorthBody {
    fn parse(&self, errors: &mut FieldErrors) -> Option<CouponWorth> {
        match *self {
            Self::Amount { amount_minor } => {
                bounded(errors, "worth.amount_minor", 1, Some(amount_minor));
                Some(CouponWorth::Amount(amount_minor))
            }
            Self::Share {
                basis_points,
                most_minor,
            } => {
                bounded(errors, "worth.most_minor", 1, most_minor);
                if !(1..=BasisPoints::WHOLE).contains(&basis_points) {
                    errors.push("worth.basis_points", "must lie between 1 and 10000");
                }
                let share = BasisPoints::new(basis_points).ok()?;
                Some(CouponWorth::Share { share, most_minor })
            }
        }
    }
}

impl CouponBody {
    fn details(
        &self,
        currency: Currency,
        worth: CouponWorth,
        valid: DateWindow,
        stay: DateWindow,
    ) -> CouponDetails {
        CouponDetails {
            code: self.code.clone(),
            name: self.name.clone(),
            currency,
            worth,
            valid,
            stay,
            min_spend_minor: self.min_spend_minor,
            room_types: self.room_types.clone(),
            rate_plans: self.rate_plans.clone(),
            first_booking_only: self.first_booking_only,
            max_uses: self.max_uses,
            max_uses_per_guest: self.max_uses_per_guest,
            max_total_minor: self.max_total_minor,
        }
    }
}

impl CouponInput {
    /// What it says, when the property has the room types and rate plans it names.
    pub(super) async fn details(
        &self,
        tx: &mut TenantTx,
        property: PropertyId,
    ) -> Result<&CouponDetails, Problem> {
        let groups = motel_inventory::queries::unit_groups(tx, property).await;
        let groups = groups.map_err(Problem::internal)?;
        let plans = motel_rates::queries::rate_plans(tx, property).await?;
        let is_group = |code: &String| groups.iter().any(|group| group.code == *code);
        let is_plan = |code: &String| plans.iter().any(|plan| plan.details.code == *code);
        if !self.body.room_types.iter().all(is_group) {
            return Err(Problem::invalid(
                "room_types",
                "is no room type of this property",
            ));
        }
        if !self.body.rate_plans.iter().all(is_plan) {
            return Err(Problem::invalid(
                "rate_plans",
                "is no rate plan of this property",
            ));
        }
        Ok(&self.details)
    }
}

impl From<Coupon> for CouponView {
    fn from(coupon: Coupon) -> Self {
        let said = coupon.details;
        let worth = match said.worth {
            CouponWorth::Amount(amount_minor) => CouponWorthBody::Amount { amount_minor },
            CouponWorth::Share { share, most_minor } => CouponWorthBody::Share {
                basis_points: u32::try_from(share.value()).unwrap_or_default(),
                most_minor,
            },
        };
        Self {
            id: coupon.id,
            version: coupon.version,
            uses: coupon.uses,
            taken_off: coupon.taken.into(),
            ended_at: coupon.ended_at,
            coupon: CouponBody {
                code: said.code,
                name: said.name,
                currency: said.currency.to_string(),
                worth,
                valid_from: said.valid.from,
                valid_until: said.valid.until,
                stay_from: said.stay.from,
                stay_until: said.stay.until,
                min_spend_minor: said.min_spend_minor,
                room_types: said.room_types,
                rate_plans: said.rate_plans,
                first_booking_only: said.first_booking_only,
                max_uses: said.max_uses,
                max_uses_per_guest: said.max_uses_per_guest,
                max_total_minor: said.max_total_minor,
            },
        }
    }
}
