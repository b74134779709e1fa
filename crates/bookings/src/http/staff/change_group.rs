use actix_web::{HttpResponse, post};
use motel_db::TenantTx;
use motel_kernel::UnitId;
use motel_tenancy::http::{Answer, VersionedWriteParams};
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::change::{Asked, Change};
use super::effect::EffectView;
use super::rooms::Rooms;
use crate::BookingError;
use crate::commands::{self, NewGroup};

/// Another room type, as it comes in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNewGroup {
    /// The room type's code.
    #[schema(min_length = 1, max_length = 64)]
    unit_group: String,
    /// The room they get; else the best.
    #[schema(value_type = Option<Uuid>)]
    unit_id: Option<String>,
    /// True to sell the nights to come at today's price of that room type. Else they keep the price that was agreed.
    #[serde(default)]
    reprice: bool,
    /// Let a guest in the house into a room that is not made up. Wants a reason.
    #[serde(default)]
    force: bool,
    /// In the words of who does it.
    #[schema(min_length = 1, max_length = 500)]
    reason: Option<String>,
}

/// The same, parsed.
pub(crate) struct NewGroupInput {
    raw: RawNewGroup,
    wish: NewGroup,
    reason: Option<String>,
}

impl Input for NewGroupInput {
    type Raw = RawNewGroup;

    fn parse(raw: RawNewGroup) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let unit_group = errors.text("unit_group", &raw.unit_group, 1..=64);
        let unit = raw.unit_id.as_ref();
        let unit: Option<UnitId> = unit.and_then(|id| errors.check("unit_id", id.parse()));
        let reason = raw.reason.as_ref();
        let reason = reason.and_then(|text| errors.text("reason", text, 1..=500));
        if raw.force && raw.reason.is_none() {
            errors.push("reason", "say why, when you force it");
        }
        match unit_group {
            Some(unit_group) if errors.is_empty() => Ok(Self {
                wish: NewGroup {
                    unit_group,
                    unit,
                    reprice: raw.reprice,
                    force: raw.force,
                },
                reason,
                raw,
            }),
            _ => Err(errors),
        }
    }
}

/// A stay that changed its room type.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupChangeView {
    /// The nights slept in the old room type, now a reservation of their own; `null` when there were none.
    #[schema(required)]
    left: Option<EffectView>,
    /// The stay in the new one.
    stay: EffectView,
}

/// Gives a stay another room type, at the price that was agreed unless told otherwise. A guest who slept in the old one is
/// checked out of it and into the new one: the nights from the business date on become a new reservation of the booking.
#[utoipa::path(
    tag = "reservations",
    operation_id = "change_unit_group",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawNewGroup,
    responses(
        (status = 200, description = "Changed, or tried", body = GroupChangeView),
        (status = 409, description = "`sold_out`, `unit_taken`, `unit_not_ready` or another obstacle"),
    )
)]
#[post("/reservations/{id}/actions/change-group")]
pub(crate) async fn change_group(
    change: Change,
    ValidJson(input): ValidJson<NewGroupInput>,
) -> Result<HttpResponse, Problem> {
    let work = async |tx: &mut TenantTx, it: Asked<'_>| {
        let wish = &input.wish;
        let changed =
            commands::change_group(tx, it.property, it.id, it.expected, wish, it.by, it.now)
                .await
                .map_err(by_our_field)?;
        let version = changed.stay.reservation.version;
        let rooms = Rooms::of(tx, it.property.id).await?;
        let view = GroupChangeView {
            left: changed.left.map(|left| EffectView::new(left, &rooms)),
            stay: EffectView::new(changed.stay, &rooms),
        };
        Ok(Answer::ok(view).version(version))
    };
    change.answer(&input.raw, input.reason.clone(), work).await
}

/// Guests say `room_type` where staff say `unit_group`.
fn by_our_field(error: BookingError) -> Problem {
    match error {
        BookingError::UnknownUnitGroup(reason) => Problem::invalid("unit_group", reason),
        other => other.into(),
    }
}
