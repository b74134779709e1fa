use chrono::NaiveDate;
use motel_web::{FieldErrors, Input};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fields::{NightsBody, number};
use super::names::Names;
use crate::commands::{EditedRestriction, RestrictionEdit};
use crate::{NightRange, RestrictionKind, RestrictionScope, WeekSpan};

/// An edit of restrictions: each kind named is set on the nights, the others stay as they are.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RestrictionEditBody {
    /// The code of the only room type it bears on; the whole property when left out.
    #[serde(default)]
    #[schema(max_length = 40)]
    pub(super) unit_group: Option<String>,
    /// The code of the only rate plan it bears on, and of those derived from it that say nothing of that kind.
    #[serde(default)]
    #[schema(max_length = 40)]
    pub(super) rate_plan: Option<String>,
    /// The nights; for kinds about arrival and departure, the dates.
    #[serde(flatten)]
    nights: NightsBody,
    /// What is said of each kind.
    #[schema(min_items = 1, max_items = 9)]
    edits: Vec<RestrictionEditEntry>,
}

/// What is said of one kind of restriction.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RestrictionEditEntry {
    /// The kind.
    #[schema(value_type = RestrictionKindBody)]
    kind: RestrictionKind,
    /// 1 for what is either so or not, otherwise a number of nights or days. 0 says there is none, also where a parent plan
    /// has one; `null` says nothing any more.
    #[schema(minimum = 0, maximum = 1000)]
    value: Option<i32>,
}

/// What a restriction forbids.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it is the schema of `RestrictionKind`")]
pub(crate) enum RestrictionKindBody {
    /// No stay may have the night; 1.
    Closed,
    /// No stay may begin on the date; 1.
    ClosedToArrival,
    /// No stay may end on the date; 1.
    ClosedToDeparture,
    /// The fewest nights of a stay that begins on the date; up to 365.
    MinStayArrival,
    /// The most nights of a stay that begins on the date; up to 365.
    MaxStayArrival,
    /// The fewest nights of a stay that has the night; up to 365.
    MinStayThrough,
    /// The most nights of a stay that has the night; up to 365.
    MaxStayThrough,
    /// The fewest days a stay that begins on the date is booked ahead; up to 1000.
    MinAdvance,
    /// The most days a stay that begins on the date is booked ahead; up to 1000.
    MaxAdvance,
}

/// The same, parsed; room type and plan are still codes.
#[derive(Debug)]
pub(crate) struct RestrictionEditInput {
    pub(super) body: RestrictionEditBody,
    pub(super) range: NightRange,
    pub(super) edits: Vec<RestrictionEdit>,
}

/// What an edit of restrictions did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct RestrictionEditView {
    /// How many it changes.
    changed: usize,
    /// Each of them.
    nights: Vec<EditedRestrictionView>,
}

/// A night whose restriction was edited.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditedRestrictionView {
    /// The kind.
    #[schema(value_type = RestrictionKindBody)]
    kind: RestrictionKind,
    /// The night or date.
    night: NaiveDate,
    /// What was said of it.
    before: Option<i32>,
    /// What is said of it now.
    after: Option<i32>,
}

/// The restrictions of one kind and scope on a span of dates.
#[derive(Debug, Serialize, ToSchema)]
pub struct RestrictionView {
    /// The kind.
    #[schema(value_type = RestrictionKindBody)]
    kind: RestrictionKind,
    /// The code of the only room type it bears on.
    unit_group: Option<String>,
    /// The code of the only rate plan it bears on.
    rate_plan: Option<String>,
    /// The first date.
    from: NaiveDate,
    /// The first date no more.
    until: NaiveDate,
    /// What is said of each day of the week, Monday first.
    #[schema(min_items = 7, max_items = 7, value_type = Vec<Option<i32>>)]
    values: [Option<i32>; 7],
}

impl Input for RestrictionEditInput {
    type Raw = RestrictionEditBody;

    fn parse(body: RestrictionEditBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let range = body.nights.parse(&mut errors);
        if !(1..=9).contains(&body.edits.len()) {
            errors.push("edits", "must name 1 to 9 kinds");
        }
        let mut edits: Vec<RestrictionEdit> = Vec::new();
        for entry in &body.edits {
            if edits.iter().any(|edit| edit.kind == entry.kind) {
                errors.push("edits.kind", "must not come twice");
            }
            if let Some(value) = entry.value {
                number("edits.value", value, 0..=entry.kind.largest(), &mut errors);
            }
            edits.push(RestrictionEdit {
                kind: entry.kind,
                value: entry.value,
            });
        }
        errors.clone().into_result()?;
        let range = range.ok_or(errors)?;
        Ok(Self { body, range, edits })
    }
}

impl From<Vec<EditedRestriction>> for RestrictionEditView {
    fn from(edited: Vec<EditedRestriction>) -> Self {
        let nights = edited.iter().map(|night| EditedRestrictionView {
            kind: night.kind,
            night: night.night,
            before: night.before,
            after: night.after,
        });
        Self {
            changed: edited.len(),
            nights: nights.collect(),
        }
    }
}

impl RestrictionView {
    pub(super) fn new(
        kind: RestrictionKind,
        scope: RestrictionScope,
        span: WeekSpan<i32>,
        names: &Names,
    ) -> Self {
        Self {
            kind,
            unit_group: scope.unit_group.map(|id| names.group_code(id)),
            rate_plan: scope.rate_plan.map(|id| names.plan_code(id)),
            from: span.from,
            until: span.until,
            values: span.days,
        }
    }
}
