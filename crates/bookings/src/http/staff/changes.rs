//! Changes of a stay that want more than a reason.

use actix_web::{HttpResponse, patch, post, web};
use chrono::NaiveDate;
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, VersionedWriteParams};
use motel_web::{FieldErrors, Input, Problem, ProblemBody, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::effect::EffectView;
use super::modify_input::{ModifyInput, RawModification};
use super::reservations::reservation_id;
use super::rooms::Rooms;
use crate::{By, commands};

/// Changes dates, room type, plan, promo code, party or unit. What is absent stays; nights that stay keep their price.
#[utoipa::path(
    tag = "reservations",
    operation_id = "modify_reservation",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawModification,
    responses(
        (status = 200, description = "Changed, or tried", body = EffectView),
        (status = 409, description = "`sold_out`, `unit_taken` or another obstacle",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 412, description = "`version_mismatch`: it was changed meanwhile",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 428, description = "`if_match_required`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[patch("/reservations/{id}")]
pub(crate) async fn modify(
    write: StaffWrite,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<ModifyInput>,
) -> Result<HttpResponse, Problem> {
    let id = reservation_id(&path)?;
    let seen = Some(write.require_version()?);
    let property = &write.property;
    let (now, by) = (property.now(&*clock), input.by(write.actor));
    let work = async |tx: &mut TenantTx| {
        let stay = crate::queries::reservation(tx, id).await?;
        let wish = input.modification(&stay)?;
        let effect = commands::modify(tx, property, id, seen, &wish, &by, now).await?;
        let version = effect.reservation.version;
        let rooms = Rooms::of(tx, property.id).await?;
        Ok(Answer::ok(EffectView::new(effect, &rooms)).version(version))
    };
    write.run(&db, &input.raw, work).await
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

impl DayInput {
    fn by(&self, write: &StaffWrite) -> By {
        By {
            actor: write.actor,
            reason: self.reason.clone(),
        }
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
        (status = 409, description = "`sold_out`, `unit_taken` or another obstacle",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 412, description = "`version_mismatch`: it was changed meanwhile",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/reservations/{id}/actions/extend")]
pub(crate) async fn extend(
    write: StaffWrite,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<DayInput>,
) -> Result<HttpResponse, Problem> {
    let id = reservation_id(&path)?;
    let property = &write.property;
    let (now, by, seen) = (property.now(&*clock), input.by(&write), write.if_match());
    let work = async |tx: &mut TenantTx| {
        let effect = commands::extend(tx, property, id, seen, input.date, &by, now).await?;
        let version = effect.reservation.version;
        let rooms = Rooms::of(tx, property.id).await?;
        Ok(Answer::ok(EffectView::new(effect, &rooms)).version(version))
    };
    write.run(&db, &input, work).await
}

/// Lets a guest in the house leave earlier. The nights left over are free again at once.
#[utoipa::path(
    tag = "reservations",
    operation_id = "depart_early",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawDay,
    responses(
        (status = 200, description = "Shortened, or tried", body = EffectView),
        (status = 409, description = "Something stands in the way",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 412, description = "`version_mismatch`: it was changed meanwhile",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/reservations/{id}/actions/depart-early")]
pub(crate) async fn depart_early(
    write: StaffWrite,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<DayInput>,
) -> Result<HttpResponse, Problem> {
    let id = reservation_id(&path)?;
    let property = &write.property;
    let (now, by, seen) = (property.now(&*clock), input.by(&write), write.if_match());
    let day = Some(input.date);
    let work = async |tx: &mut TenantTx| {
        let effect = commands::depart_early(tx, property, id, seen, day, &by, now).await?;
        let version = effect.reservation.version;
        let rooms = Rooms::of(tx, property.id).await?;
        Ok(Answer::ok(EffectView::new(effect, &rooms)).version(version))
    };
    write.run(&db, &input, work).await
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
        (status = 409, description = "Something stands in the way",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 412, description = "`version_mismatch`: it was changed meanwhile",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/reservations/{id}/actions/split")]
pub(crate) async fn split(
    write: StaffWrite,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<DayInput>,
) -> Result<HttpResponse, Problem> {
    let id = reservation_id(&path)?;
    let property = &write.property;
    let (now, by, seen) = (property.now(&*clock), input.by(&write), write.if_match());
    let work = async |tx: &mut TenantTx| {
        let parts = commands::split(tx, property, id, seen, input.date, &by, now).await?;
        let version = parts.0.reservation.version;
        let rooms = Rooms::of(tx, property.id).await?;
        let view = SplitView {
            first: EffectView::new(parts.0, &rooms),
            second: EffectView::new(parts.1, &rooms),
        };
        Ok(Answer::ok(view).version(version))
    };
    write.run(&db, &input, work).await
}
