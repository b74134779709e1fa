use motel_kernel::SeasonId;
use motel_web::{FieldErrors, Input, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fields::{self, LARGEST_AMOUNT, NightsBody, number};
use super::names::Names;
use crate::{Change, NightRange, Season, SeasonDetails, SeasonEffect};

/// A season as it is described.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SeasonBody {
    /// The word programs use, unique in the property.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$")]
    code: String,
    /// What people read.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// Of the seasons that fall on a night the one with the highest number counts, and no other.
    #[serde(default)]
    priority: i16,
    /// The nights.
    #[serde(flatten)]
    nights: NightsBody,
    /// The code of the only room type it bears on.
    #[serde(default)]
    #[schema(max_length = 40)]
    unit_group: Option<String>,
    /// The code of the only rate plan it bears on; otherwise every plan with base prices, and so those derived from them.
    #[serde(default)]
    #[schema(max_length = 40)]
    rate_plan: Option<String>,
    /// What it does.
    effect: SeasonEffectBody,
}

/// What a season does to the price of a night.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SeasonEffectBody {
    /// Another price takes the place of the usual one.
    Price {
        /// In minor units of the property's currency.
        #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
        amount_minor: i64,
    },
    /// The usual price is changed by a share and then by an amount.
    Change {
        /// 1000 is a tenth more.
        #[serde(default)]
        #[schema(minimum = -10_000, maximum = 100_000)]
        basis_points: i32,
        /// In minor units.
        #[serde(default)]
        #[schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
        amount_minor: i64,
    },
}

/// A season of the property.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeasonView {
    /// Which season.
    #[schema(value_type = Uuid)]
    id: SeasonId,
    /// Goes up with every change: the `ETag`.
    version: i32,
    /// What it says.
    #[serde(flatten)]
    season: SeasonBody,
}

/// The same, parsed; room type and plan are still codes.
#[derive(Debug)]
pub(crate) struct SeasonInput {
    pub(super) body: SeasonBody,
    range: NightRange,
    effect: SeasonEffect,
}

impl Input for SeasonInput {
    type Raw = SeasonBody;

    fn parse(mut body: SeasonBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        fields::code("code", &body.code, &mut errors);
        if let Some(name) = errors.text("name", &body.name, 1..=80) {
            body.name = name;
        }
        let range = body.nights.parse(&mut errors);
        let effect = body.effect.parse(&mut errors);
        errors.clone().into_result()?;
        match (range, effect) {
            (Some(range), Some(effect)) => Ok(Self {
                body,
                range,
                effect,
            }),
            _ => Err(errors),
        }
    }
}

impl SeasonEffectBody {
    fn parse(&self, errors: &mut FieldErrors) -> Option<SeasonEffect> {
        match *self {
            Self::Price { amount_minor } => {
                let field = "effect.amount_minor";
                number(field, amount_minor, 1..=LARGEST_AMOUNT, errors).map(SeasonEffect::Price)
            }
            Self::Change {
                basis_points,
                amount_minor,
            } => {
                let change = Change {
                    basis_points,
                    amount_minor,
                };
                fields::change("effect", change, errors).map(SeasonEffect::Change)
            }
        }
    }
}

impl SeasonInput {
    pub(super) fn details(&self, names: &Names) -> Result<SeasonDetails, Problem> {
        let body = self.body.clone();
        let group = body.unit_group.as_deref();
        let plan = body.rate_plan.as_deref();
        Ok(SeasonDetails {
            unit_group: group
                .map(|code| names.group("unit_group", code))
                .transpose()?,
            rate_plan: plan.map(|code| names.plan("rate_plan", code)).transpose()?,
            code: body.code,
            name: body.name,
            priority: body.priority,
            nights: self.range,
            effect: self.effect,
        })
    }
}

impl SeasonView {
    pub(super) fn new(season: Season, names: &Names) -> Self {
        let details = season.details;
        let effect = match details.effect {
            SeasonEffect::Price(amount_minor) => SeasonEffectBody::Price { amount_minor },
            SeasonEffect::Change(change) => SeasonEffectBody::Change {
                basis_points: change.basis_points,
                amount_minor: change.amount_minor,
            },
        };
        Self {
            id: season.id,
            version: season.version,
            season: SeasonBody {
                code: details.code,
                name: details.name,
                priority: details.priority,
                nights: details.nights.into(),
                unit_group: details.unit_group.map(|id| names.group_code(id)),
                rate_plan: details.rate_plan.map(|id| names.plan_code(id)),
                effect,
            },
        }
    }
}
