use chrono::NaiveDate;
use motel_kernel::{Currency, Money};
use motel_web::{FieldErrors, Input, MoneyView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fields::{self, LARGEST_AMOUNT, NightsBody, at_most, number};
use super::names::Names;
use crate::commands::{EditedNight, PriceEdit};
use crate::{Change, NightRange};

/// An edit of base prices.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PriceEditBody {
    /// The codes of the room types; every one when left out.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub(super) unit_groups: Vec<String>,
    /// The nights.
    #[serde(flatten)]
    nights: NightsBody,
    /// What is done to them.
    edit: PriceEditKind,
}

/// What is done to base prices.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PriceEditKind {
    /// They cost so much.
    Set {
        /// In minor units of the property's currency.
        #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
        amount_minor: i64,
    },
    /// What they cost is changed by a share and then by an amount, and rounded half up.
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
    /// They are not for sale under the plan.
    Clear,
}

/// The same, parsed; room types are still codes.
#[derive(Debug)]
pub(crate) struct PriceEditInput {
    pub(super) body: PriceEditBody,
    pub(super) range: NightRange,
    pub(super) edit: PriceEdit,
}

/// What an edit of base prices did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceEditView {
    /// How many prices it changes.
    changed: usize,
    /// Each of them.
    nights: Vec<EditedNightView>,
}

/// A night whose base price was edited.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditedNightView {
    /// The code of the room type.
    unit_group: String,
    /// The night.
    night: NaiveDate,
    /// What it cost; `null` for nothing on sale.
    before: Option<MoneyView>,
    /// What it costs.
    after: Option<MoneyView>,
}

impl Input for PriceEditInput {
    type Raw = PriceEditBody;

    fn parse(mut body: PriceEditBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let range = body.nights.parse(&mut errors);
        let edit = body.edit.parse(&mut errors);
        body.unit_groups.sort();
        body.unit_groups.dedup();
        at_most("unit_groups", body.unit_groups.clone(), 100, &mut errors);
        errors.into_result()?;
        match (range, edit) {
            (Some(range), Some(edit)) => Ok(Self { body, range, edit }),
            _ => Err(FieldErrors::of("edit", "is not understood")),
        }
    }
}

impl PriceEditKind {
    fn parse(&self, errors: &mut FieldErrors) -> Option<PriceEdit> {
        match *self {
            Self::Clear => Some(PriceEdit::Clear),
            Self::Set { amount_minor } => {
                let field = "edit.amount_minor";
                number(field, amount_minor, 1..=LARGEST_AMOUNT, errors).map(PriceEdit::Set)
            }
            Self::Change {
                basis_points,
                amount_minor,
            } => {
                let change = Change {
                    basis_points,
                    amount_minor,
                };
                fields::change("edit", change, errors).map(PriceEdit::Change)
            }
        }
    }
}

impl PriceEditView {
    pub(super) fn new(edited: Vec<EditedNight>, currency: Currency, names: &Names) -> Self {
        let money = |minor: Option<i64>| minor.map(|minor| Money::new(minor, currency).into());
        let nights = edited.iter().map(|night| EditedNightView {
            unit_group: names.group_code(night.unit_group),
            night: night.night,
            before: money(night.before),
            after: money(night.after),
        });
        Self {
            changed: edited.len(),
            nights: nights.collect(),
        }
    }
}
