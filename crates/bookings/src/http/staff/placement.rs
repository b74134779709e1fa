//! Which room a reservation has: given, changed, fixed, and let go again.

use actix_web::{HttpResponse, post};
use motel_db::TenantTx;
use motel_kernel::UnitId;
use motel_tenancy::http::VersionedWriteParams;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::change::{Asked, Change};
use super::effect::EffectView;
use crate::commands;

/// Which room, and why, as it comes in. `{}` will do where no room has to be named.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRoomWish {
    /// The room.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    unit_id: Option<String>,
    /// In the words of who does it.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    reason: Option<String>,
}

/// The same, parsed.
#[derive(Debug, Serialize)]
pub(crate) struct RoomWish {
    unit: Option<UnitId>,
    reason: Option<String>,
}

impl Input for RoomWish {
    type Raw = RawRoomWish;

    fn parse(raw: RawRoomWish) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let unit = raw.unit_id;
        let unit = unit.and_then(|unit| errors.check("unit_id", unit.parse()));
        let reason = raw.reason;
        let reason = reason.and_then(|text| errors.text("reason", &text, 1..=500));
        if errors.is_empty() {
            Ok(Self { unit, reason })
        } else {
            Err(errors)
        }
    }
}

/// Gives a reservation without a room one: the one named, or the best.
#[utoipa::path(
    tag = "reservations",
    operation_id = "assign_unit",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawRoomWish,
    responses(
        (status = 200, description = "Done, or tried", body = EffectView),
        (status = 409, description = "`in_the_way`, with the reservations named in `errors`; `fragmented`, `no_unit`, \
            `wrong_status` or another obstacle"),
    )
)]
#[post("/reservations/{id}/actions/assign")]
pub(crate) async fn assign(
    change: Change,
    ValidJson(wish): ValidJson<RoomWish>,
) -> Result<HttpResponse, Problem> {
    let command = async |tx: &mut TenantTx, it: Asked<'_>| {
        let unit = wish.unit;
        commands::assign_unit(tx, it.property, it.id, unit, it.expected, it.by, it.now).await
    };
    change.run(&wish, wish.reason.clone(), command).await
}

/// Fixes a reservation to a room, its own unless another is named. It is not moved any more to make room.
#[utoipa::path(
    tag = "reservations",
    operation_id = "pin_reservation",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawRoomWish,
    responses(
        (status = 200, description = "Done, or tried", body = EffectView),
        (status = 409, description = "`in_the_way`, with the reservations named in `errors`; `fragmented`, `no_unit`, \
            `wrong_status` or another obstacle"),
    )
)]
#[post("/reservations/{id}/actions/pin")]
pub(crate) async fn pin(
    change: Change,
    ValidJson(wish): ValidJson<RoomWish>,
) -> Result<HttpResponse, Problem> {
    let command = async |tx: &mut TenantTx, it: Asked<'_>| {
        let unit = wish.unit;
        commands::pin(tx, it.property, it.id, unit, it.expected, it.by, it.now).await
    };
    change.run(&wish, wish.reason.clone(), command).await
}

/// Lets a reservation be moved again to make room. It stays where it is for now; `unit_id` means nothing.
#[utoipa::path(
    tag = "reservations",
    operation_id = "unpin_reservation",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawRoomWish,
    responses(
        (status = 200, description = "Done, or tried", body = EffectView),
        (status = 409, description = "`in_the_way`, with the reservations named in `errors`; `fragmented`, `no_unit`, \
            `wrong_status` or another obstacle"),
    )
)]
#[post("/reservations/{id}/actions/unpin")]
pub(crate) async fn unpin(
    change: Change,
    ValidJson(wish): ValidJson<RoomWish>,
) -> Result<HttpResponse, Problem> {
    let command = async |tx: &mut TenantTx, it: Asked<'_>| {
        commands::unpin(tx, it.property, it.id, it.expected, it.by, it.now).await
    };
    change.run(&wish, wish.reason.clone(), command).await
}

/// Gives a reservation another room of its type, which has to be named. A guest in the house moves from the business
/// date on.
#[utoipa::path(
    tag = "reservations",
    operation_id = "move_reservation",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawRoomWish,
    responses(
        (status = 200, description = "Done, or tried", body = EffectView),
        (status = 409, description = "`in_the_way`, with the reservations named in `errors`; `fragmented`, `no_unit`, \
            `wrong_status` or another obstacle"),
    )
)]
#[post("/reservations/{id}/actions/move")]
pub(crate) async fn move_unit(
    change: Change,
    ValidJson(wish): ValidJson<RoomWish>,
) -> Result<HttpResponse, Problem> {
    let unit = wish
        .unit
        .ok_or_else(|| Problem::invalid("unit_id", "is missing"))?;
    let command = async |tx: &mut TenantTx, it: Asked<'_>| {
        commands::move_unit(tx, it.property, it.id, unit, it.expected, it.by, it.now).await
    };
    change.run(&wish, wish.reason.clone(), command).await
}
