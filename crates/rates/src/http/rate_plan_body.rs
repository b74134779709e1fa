use motel_kernel::RatePlanId;
use motel_web::{FieldErrors, Input, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fields::{self, LARGEST_AMOUNT, SHARES, number};
use super::names::Names;
use crate::{Change, Derivation, LengthDiscount, OccupancyPrices, RatePlan, RatePlanDetails};

/// A rate plan as it is described.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RatePlanBody {
    /// The word programs use, unique in the property.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$")]
    code: String,
    /// What people read.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// A sentence or two on what makes it special.
    #[serde(default)]
    #[schema(max_length = 500)]
    description: String,
    /// False takes it off sale; plans derived from it stay on.
    #[serde(default = "yes")]
    active: bool,
    /// Plans are shown in ascending order.
    #[serde(default)]
    sort: i16,
    /// Where its prices come from, if it has no base prices of its own.
    #[serde(default)]
    derivation: Option<DerivationBody>,
    /// Basis points added by the day a night begins on, Monday first: 2000 is a fifth more.
    #[serde(default)]
    #[schema(min_items = 7, max_items = 7, value_type = Vec<i32>)]
    weekday_changes: [i32; 7],
    /// What the number of guests does to the price; a derived plan without it goes by its parent's.
    #[serde(default)]
    occupancy: Option<OccupancyPrices>,
    /// Discounts on long stays.
    #[serde(default)]
    #[schema(max_items = 10)]
    length_discounts: Vec<LengthDiscount>,
    /// What is in the price besides the room: `breakfast`.
    #[serde(default)]
    #[schema(max_items = 20)]
    inclusions: Vec<String>,
    /// A night is rounded half up to a multiple of so many minor units.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 1_000_000, default = 1)]
    rounding_minor: i64,
}

/// The prices of a plan are those of another plan: a share is added, then an amount.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DerivationBody {
    /// The code of the other plan.
    #[schema(max_length = 40)]
    parent: String,
    /// -1000 is a tenth less.
    #[serde(default)]
    #[schema(minimum = -10_000, maximum = 100_000)]
    basis_points: i32,
    /// In minor units.
    #[serde(default)]
    #[schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    amount_minor: i64,
    /// True to change the price for the guests who come; false to change the price for the standard occupancy and add the
    /// surcharges for guests as they are.
    #[serde(default)]
    of_total: bool,
}

/// A rate plan of the property.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatePlanView {
    /// Which plan.
    #[schema(value_type = Uuid)]
    id: RatePlanId,
    /// Goes up with every change: the `ETag`.
    version: i32,
    /// What it says.
    #[serde(flatten)]
    plan: RatePlanBody,
}

/// The same, parsed; the parent is still a code.
#[derive(Debug)]
pub(crate) struct RatePlanInput {
    pub(super) body: RatePlanBody,
}

fn yes() -> bool {
    true
}

fn one() -> i64 {
    1
}

impl Input for RatePlanInput {
    type Raw = RatePlanBody;

    fn parse(mut body: RatePlanBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        fields::code("code", &body.code, &mut errors);
        if let Some(name) = errors.text("name", &body.name, 1..=80) {
            body.name = name;
        }
        if let Some(text) = errors.text("description", &body.description, 0..=500) {
            body.description = text;
        }
        for change in body.weekday_changes {
            number("weekday_changes", change, SHARES, &mut errors);
        }
        if let Some(derivation) = &body.derivation {
            fields::change("derivation", derivation.change(), &mut errors);
        }
        if let Some(occupancy) = &body.occupancy {
            check_occupancy(occupancy, &mut errors);
        }
        check_lengths(&body.length_discounts, &mut errors);
        check_inclusions(&mut body.inclusions, &mut errors);
        number(
            "rounding_minor",
            body.rounding_minor,
            1..=1_000_000,
            &mut errors,
        );
        errors.into_result()?;
        Ok(Self { body })
    }
}

fn check_occupancy(occupancy: &OccupancyPrices, errors: &mut FieldErrors) {
    let field = "occupancy.included_adults";
    number(field, occupancy.included_adults, 0..=20, errors);
    if let Some(single) = occupancy.single_use {
        fields::change("occupancy.single_use", single, errors);
    }
    let amounts = 0..=LARGEST_AMOUNT;
    let field = "occupancy.extra_adult_minor";
    number(field, occupancy.extra_adult_minor, amounts.clone(), errors);
    if occupancy.children.len() > 10 {
        errors.push("occupancy.children", "must not be more than 10");
    }
    for band in &occupancy.children {
        number(
            "occupancy.children.until_age",
            band.until_age,
            1..=18,
            errors,
        );
        let field = "occupancy.children.amount_minor";
        number(field, band.amount_minor, amounts.clone(), errors);
    }
    let ages = occupancy.children.iter().map(|band| band.until_age);
    if !ages.is_sorted_by(|one, next| one < next) {
        errors.push(
            "occupancy.children",
            "must go from the youngest to the oldest",
        );
    }
}

fn check_lengths(discounts: &[LengthDiscount], errors: &mut FieldErrors) {
    if discounts.len() > 10 {
        errors.push("length_discounts", "must not be more than 10");
    }
    for discount in discounts {
        number(
            "length_discounts.from_nights",
            discount.from_nights,
            2..=365,
            errors,
        );
        number(
            "length_discounts.basis_points",
            discount.basis_points,
            1..=10_000,
            errors,
        );
    }
}

fn check_inclusions(inclusions: &mut [String], errors: &mut FieldErrors) {
    if inclusions.len() > 20 {
        errors.push("inclusions", "must not be more than 20");
    }
    for inclusion in inclusions {
        if let Some(text) = errors.text("inclusions", inclusion, 1..=40) {
            *inclusion = text;
        }
    }
}

impl DerivationBody {
    fn change(&self) -> Change {
        Change {
            basis_points: self.basis_points,
            amount_minor: self.amount_minor,
        }
    }
}

impl RatePlanBody {
    pub(super) fn details(self, names: &Names) -> Result<RatePlanDetails, Problem> {
        let derivation = self.derivation.map(|derivation| {
            let parent = names.plan("derivation.parent", &derivation.parent)?;
            Ok::<_, Problem>(Derivation {
                parent,
                change: derivation.change(),
                of_total: derivation.of_total,
            })
        });
        Ok(RatePlanDetails {
            code: self.code,
            name: self.name,
            description: self.description,
            active: self.active,
            sort: self.sort,
            derivation: derivation.transpose()?,
            weekday_changes: self.weekday_changes,
            occupancy: self.occupancy,
            length_discounts: self.length_discounts,
            inclusions: self.inclusions,
            rounding_minor: self.rounding_minor,
        })
    }
}

impl RatePlanView {
    pub(super) fn new(plan: RatePlan, names: &Names) -> Self {
        let details = plan.details;
        let derivation = details.derivation.map(|derivation| DerivationBody {
            parent: names.plan_code(derivation.parent),
            basis_points: derivation.change.basis_points,
            amount_minor: derivation.change.amount_minor,
            of_total: derivation.of_total,
        });
        Self {
            id: plan.id,
            version: plan.version,
            plan: RatePlanBody {
                code: details.code,
                name: details.name,
                description: details.description,
                active: details.active,
                sort: details.sort,
                derivation,
                weekday_changes: details.weekday_changes,
                occupancy: details.occupancy,
                length_discounts: details.length_discounts,
                inclusions: details.inclusions,
                rounding_minor: details.rounding_minor,
            },
        }
    }
}
