//! Changes of a stay that want more than a reason.

use actix_web::{HttpResponse, patch, post};
use chrono::NaiveDate;
use motel_db::TenantTx;
use motel_tenancy::http::{Answer, VersionedWriteParams};
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::change::{Asked, Change};
use super::effect::EffectView;
use super::modify_input::{ModifyInput, RawModification};
use super::rooms::Rooms;
use crate::{commands, queries};

/// Changes dates, room type, plan, promo code, party or unit. What is absent stays; nights that stay keep their price.
#[utoipa::path(
    tag = "reservations",
    operation_id = "modify_reservation",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawModification,
    responses(
        (status = 200, description = "Changed, or tried", body = EffectView),
        (status = 409, description = "`sold_out`, `unit_taken` or another obstacle"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[patch("/reservations/{id}")]
pub(crate) async fn modify(
    change: Change,
    ValidJson(input): ValidJson<ModifyInput>,
) -> Result<HttpResponse, Problem> {
    change.require_version()?;
    let command = async |tx: &mut TenantTx, it: Asked<'_>| {
        let stay = queries::reservation(tx, it.id).await?;
        let wish = input.modification(&stay)?;
        let effect =
            commands::modify(tx, it.property, it.id, it.expected, &wish, it.by, it.now).await;
        effect.map_err(Problem::from)
    };
    change.run(&input.raw, input.reason.clone(), command).await
}

/// A day something turns on, as it comes in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDay {
    /// The new day of departure, or the day on which the second part begins.
    date: NaiveDate,
    /// In the words of who does it.
    #[schema(min_length = 1, max_length = 500)]
    reason: Option<String>,
}

/// The same, parsed.
#[derive(Debug, Serialize)]
pub(crate) struct DayInput {
    date: NaiveDate,
    reason: Option<String>,
}

impl Input for DayInput {
    type Raw = RawDay;

    fn parse(raw: RawDay) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = match &raw.reason {
            None => Some(None),
            Some(text) => errors.text("reason", text, 1..=500).map(Some),
        };
        let reason = reason.ok_or(errors)?;
        Ok(Self {
            date: raw.date,
            reason,
        })
    }
}

/// Lets a stay end later.
#[utoipa::path(
    tag = "reservations",
    operation_id = "extend_reservation",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawDay,
    responses(
        (status = 200, description = "Extended, or tried", body = EffectView),
        (status = 409, description = "`sold_out`, `unit_taken` or another obstacle"),
    )
)]
#[post("/reservations/{id}/actions/extend")]
pub(crate) async fn extend(
    change: Change,
    ValidJson(input): ValidJson<DayInput>,
) -> Result<HttpResponse, Problem> {
    let command = async |tx: &mut TenantTx, it: Asked<'_>| {
        let day = input.date;
        commands::extend(tx, it.property, it.id, it.expected, day, it.by, it.now).await
    };
    change.run(&input, input.reason.clone(), command).await
}

/// Lets a guest in the house leave earlier. The nights left over are free again at once.
#[utoipa::path(
    tag = "reservations",
    operation_id = "depart_early",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawDay,
    responses(
        (status = 200, description = "Shortened, or tried", body = EffectView),
        (status = 409, description = "Something stands in the way"),
    )
)]
#[post("/reservations/{id}/actions/depart-early")]
pub(crate) async fn depart_early(
    change: Change,
    ValidJson(input): ValidJson<DayInput>,
) -> Result<HttpResponse, Problem> {
    let command = async |tx: &mut TenantTx, it: Asked<'_>| {
        let day = Some(input.date);
        commands::depart_early(tx, it.property, it.id, it.expected, day, it.by, it.now).await
    };
    change.run(&input, input.reason.clone(), command).await
}

/// The two parts of a stay that was split.
#[derive(Debug, Serialize, ToSchema)]
pub struct SplitView {
    first: EffectView,
    second: EffectView,
}

/// Parts a stay in two that follow each other, so that each can have its own room.
#[utoipa::path(
    tag = "reservations",
    operation_id = "split_reservation",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawDay,
    responses(
        (status = 200, description = "Split, or tried", body = SplitView),
        (status = 409, description = "Something stands in the way"),
    )
)]
#[post("/reservations/{id}/actions/split")]
pub(crate) async fn split(
    change: Change,
    ValidJson(input): ValidJson<DayInput>,
) -> Result<HttpResponse, Problem> {
    let work = async |tx: &mut TenantTx, it: Asked<'_>| {
        let day = input.date;
        let (first, second) =
            commands::split(tx, it.property, it.id, it.expected, day, it.by, it.now).await?;
        let version = first.reservation.version;
        let rooms = Rooms::of(tx, it.property.id).await?;
        let view = SplitView {
            first: EffectView::new(first, &rooms),
            second: EffectView::new(second, &rooms),
        };
        Ok(Answer::ok(view).version(version))
    };
    change.answer(&input, input.reason.clone(), work).await
}
