//! What can be done with a standing reservation. Each answers its whole effect; `?dry_run=true` answers the same and
//! changes nothing.

use actix_web::{HttpResponse, post, web};
use motel_db::TenantTx;
use motel_tenancy::http::{OneProperty, VersionedWriteParams};
use motel_web::{Problem, ValidJson};

use super::change::{Asked, Change};
use super::effect::EffectView;
use super::reason::{RawReason, Reason};
use crate::{BookingError, GuestLedger, commands};

/// Declares a route for a command that takes a reservation, an expected version, who does it and when.
macro_rules! action {
    ($(#[$doc:meta])* $name:ident, $path:literal, $id:literal, $command:path) => {
        $(#[$doc])*
        #[utoipa::path(
            tag = "reservations",
            operation_id = $id,
            params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
            request_body = RawReason,
            responses(
                (status = 200, description = "Done, or tried", body = EffectView),
                (status = 409, description = "`not_allowed`, `sold_out` or another obstacle"),
            )
        )]
        #[post($path)]
        pub(crate) async fn $name(
            change: Change<OneProperty>,
            ValidJson(input): ValidJson<Reason>,
        ) -> Result<HttpResponse, Problem> {
            let command = async |tx: &mut TenantTx, it: Asked<'_>| {
                $command(tx, it.property, it.id, it.expected, it.by, it.now).await
            };
            change.run(&input, input.reason.clone(), command).await
        }
    };
}

action!(
    /// Makes a hold a sale.
    confirm,
    "/reservations/{id}/actions/confirm",
    "confirm_reservation",
    commands::confirm
);

action!(
    /// Takes a reservation back; the rest of its booking stands.
    cancel,
    "/reservations/{id}/actions/cancel",
    "cancel_reservation",
    commands::cancel_reservation
);

action!(
    /// Notes that nobody came. The nights still ahead are free again.
    no_show,
    "/reservations/{id}/actions/no-show",
    "mark_no_show",
    commands::mark_no_show
);

action!(
    /// Lets a cancelled, missed or expired reservation stand again, if its nights are still free.
    reinstate,
    "/reservations/{id}/actions/reinstate",
    "reinstate_reservation",
    commands::reinstate
);

action!(
    /// Takes back the last check-in, check-out, cancellation or no-show, on the business date it happened.
    undo,
    "/reservations/{id}/actions/undo",
    "undo_reservation",
    commands::undo
);

/// Lets the guest in. `force` with a reason lets them into a room that is not made up.
#[utoipa::path(
    tag = "reservations",
    operation_id = "check_in_reservation",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawReason,
    responses(
        (status = 200, description = "Done, or tried", body = EffectView),
        (status = 409, description = "`not_allowed`, `sold_out` or another obstacle"),
    )
)]
#[post("/reservations/{id}/actions/check-in")]
pub(crate) async fn check_in(
    change: Change<OneProperty>,
    ValidJson(input): ValidJson<Reason>,
) -> Result<HttpResponse, Problem> {
    let command = async |tx: &mut TenantTx, it: Asked<'_>| {
        let force = input.force;
        commands::check_in(tx, it.property, it.id, it.expected, force, it.by, it.now).await
    };
    change.run(&input, input.reason.clone(), command).await
}

/// Lets the guest out. The last guests of a booking settle what they owe first; `force` with a reason lets them go without.
#[utoipa::path(
    tag = "reservations",
    operation_id = "check_out_reservation",
    params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
    request_body = RawReason,
    responses(
        (status = 200, description = "Done, or tried", body = EffectView),
        (status = 409, description = "`not_allowed`, `folio_not_even` or another obstacle"),
    )
)]
#[post("/reservations/{id}/actions/check-out")]
pub(crate) async fn check_out(
    change: Change<OneProperty>,
    ledger: web::Data<dyn GuestLedger>,
    ValidJson(input): ValidJson<Reason>,
) -> Result<HttpResponse, Problem> {
    let command = async |tx: &mut TenantTx, it: Asked<'_>| {
        let effect =
            commands::check_out(tx, it.property, it.id, it.expected, it.by, it.now).await?;
        if !input.force {
            commands::settled_up(tx, ledger.as_ref(), effect.reservation.booking).await?;
        }
        Ok::<_, BookingError>(effect)
    };
    change.run(&input, input.reason.clone(), command).await
}
