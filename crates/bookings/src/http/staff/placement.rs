//! Which room a reservation has: given, changed, fixed, and let go again.

use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::{ReservationId, UnitId};
use motel_tenancy::Property;
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, VersionedWriteParams};
use motel_web::{FieldErrors, Input, Problem, ProblemBody, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::effect::EffectView;
use super::reservations::reservation_id;
use super::rooms::Rooms;
use crate::{BookingError, By, Effect, commands};

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

/// Declares a route for a command that takes a reservation, a room, an expected version, who does it and when.
macro_rules! placement {
    ($(#[$doc:meta])* $name:ident, $path:literal, $id:literal, $command:expr) => {
        $(#[$doc])*
        #[utoipa::path(
            tag = "reservations",
            operation_id = $id,
            params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
            request_body = RawRoomWish,
            responses(
                (status = 200, description = "Done, or tried", body = EffectView),
                (status = 404, description = "There is no such reservation",
                    body = ProblemBody, content_type = "application/problem+json"),
                (status = 409, description = "`in_the_way`, with the reservations named in `errors`; `fragmented`, \
                    `no_unit`, `wrong_status` or another obstacle",
                    body = ProblemBody, content_type = "application/problem+json"),
                (status = 412, description = "`version_mismatch`: it was changed meanwhile",
                    body = ProblemBody, content_type = "application/problem+json"),
            )
        )]
        #[post($path)]
        pub(crate) async fn $name(
            write: StaffWrite,
            path: web::Path<String>,
            db: web::Data<Db>,
            clock: CurrentClock,
            ValidJson(wish): ValidJson<RoomWish>,
        ) -> Result<HttpResponse, Problem> {
            let id = reservation_id(&path)?;
            let now = write.property.now(&*clock);
            let by = By {
                actor: write.actor,
                reason: wish.reason.clone(),
            };
            let (property, expected) = (&write.property, write.if_match());
            let work = async |tx: &mut TenantTx| {
                let effect = $command(tx, property, id, wish.unit, expected, &by, now).await?;
                let version = effect.reservation.version;
                let rooms = Rooms::of(tx, property.id).await?;
                Ok(Answer::ok(EffectView::new(effect, &rooms)).version(version))
            };
            write.run(&db, &wish, work).await
        }
    };
}

placement!(
    /// Gives a reservation without a room one: the one named, or the best.
    assign,
    "/reservations/{id}/actions/assign",
    "assign_unit",
    commands::assign_unit
);

placement!(
    /// Fixes a reservation to a room, its own unless another is named. It is not moved any more to make room.
    pin,
    "/reservations/{id}/actions/pin",
    "pin_reservation",
    commands::pin
);

placement!(
    /// Lets a reservation be moved again to make room. It stays where it is for now; `unit_id` means nothing.
    unpin,
    "/reservations/{id}/actions/unpin",
    "unpin_reservation",
    unpin_it
);

placement!(
    /// Gives a reservation another room of its type, which has to be named. A guest in the house moves from the business
    /// date on.
    move_unit,
    "/reservations/{id}/actions/move",
    "move_reservation",
    move_it
);

async fn unpin_it(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    _: Option<UnitId>,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    commands::unpin(tx, property, id, expected, by, now).await
}

async fn move_it(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    unit: Option<UnitId>,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let unit = unit.ok_or(BookingError::NotOffered {
        field: "unit_id",
        code: "invalid_input",
        reason: "is missing".to_owned(),
    })?;
    commands::move_unit(tx, property, id, unit, expected, by, now).await
}
