//! What can be done with a standing reservation. Each answers its whole effect; `?dry_run=true` answers the same and
//! changes nothing.

use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::ReservationId;
use motel_tenancy::Property;
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, VersionedWriteParams};
use motel_web::{Problem, ProblemBody, ValidJson};

use super::effect::EffectView;
use super::reason::{RawReason, Reason};
use super::reservations::reservation_id;
use super::rooms::Rooms;
use crate::{BookingError, By, Effect, commands};

/// What an action is done to, by whom and when.
struct Action {
    write: StaffWrite,
    reservation: String,
    db: web::Data<Db>,
    now: DateTime<Utc>,
    reason: Reason,
}

impl Action {
    fn new(
        write: StaffWrite,
        path: web::Path<String>,
        db: web::Data<Db>,
        clock: &CurrentClock,
        reason: Reason,
    ) -> Self {
        Self {
            now: write.property.now(&**clock),
            reservation: path.into_inner(),
            write,
            db,
            reason,
        }
    }

    async fn run(
        self,
        command: impl AsyncFnOnce(&mut TenantTx, &Property, &Doing) -> Result<Effect, BookingError>,
    ) -> Result<HttpResponse, Problem> {
        let doing = Doing {
            id: reservation_id(&self.reservation)?,
            expected: self.write.if_match(),
            by: self.reason.by(self.write.actor),
            force: self.reason.force,
            now: self.now,
        };
        let property = &self.write.property;
        let work = async |tx: &mut TenantTx| {
            let effect = command(tx, property, &doing).await?;
            let version = effect.reservation.version;
            let rooms = Rooms::of(tx, property.id).await?;
            Ok(Answer::ok(EffectView::new(effect, &rooms)).version(version))
        };
        self.write.run(&self.db, &self.reason, work).await
    }
}

struct Doing {
    id: ReservationId,
    expected: Option<i32>,
    by: By,
    force: bool,
    now: DateTime<Utc>,
}

/// Declares a route for a command that takes a reservation, an expected version, who does it and when.
macro_rules! action {
    ($(#[$doc:meta])* $name:ident, $path:literal, $id:literal, $command:expr) => {
        $(#[$doc])*
        #[utoipa::path(
            tag = "reservations",
            operation_id = $id,
            params(("id" = Uuid, Path, description = "Which reservation"), VersionedWriteParams),
            request_body = RawReason,
            responses(
                (status = 200, description = "Done, or tried", body = EffectView),
                (status = 409, description = "`not_allowed`, `sold_out` or another obstacle",
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
            ValidJson(reason): ValidJson<Reason>,
        ) -> Result<HttpResponse, Problem> {
            Action::new(write, path, db, &clock, reason).run($command).await
        }
    };
}

action!(
    /// Makes a hold a sale.
    confirm,
    "/reservations/{id}/actions/confirm",
    "confirm_reservation",
    async |tx: &mut TenantTx, property: &Property, it: &Doing| {
        commands::confirm(tx, property, it.id, it.expected, &it.by, it.now).await
    }
);

action!(
    /// Lets the guest in. `force` with a reason lets them into a room that is not made up.
    check_in,
    "/reservations/{id}/actions/check-in",
    "check_in_reservation",
    async |tx: &mut TenantTx, property: &Property, it: &Doing| {
        commands::check_in(tx, property, it.id, it.expected, it.force, &it.by, it.now).await
    }
);

action!(
    /// Lets the guest out.
    check_out,
    "/reservations/{id}/actions/check-out",
    "check_out_reservation",
    async |tx: &mut TenantTx, property: &Property, it: &Doing| {
        commands::check_out(tx, property, it.id, it.expected, &it.by, it.now).await
    }
);

action!(
    /// Takes a reservation back; the rest of its booking stands.
    cancel,
    "/reservations/{id}/actions/cancel",
    "cancel_reservation",
    async |tx: &mut TenantTx, property: &Property, it: &Doing| {
        commands::cancel_reservation(tx, property, it.id, it.expected, &it.by, it.now).await
    }
);

action!(
    /// Notes that nobody came. The nights still ahead are free again.
    no_show,
    "/reservations/{id}/actions/no-show",
    "mark_no_show",
    async |tx: &mut TenantTx, property: &Property, it: &Doing| {
        commands::mark_no_show(tx, property, it.id, it.expected, &it.by, it.now).await
    }
);

action!(
    /// Lets a cancelled, missed or expired reservation stand again, if its nights are still free.
    reinstate,
    "/reservations/{id}/actions/reinstate",
    "reinstate_reservation",
    async |tx: &mut TenantTx, property: &Property, it: &Doing| {
        commands::reinstate(tx, property, it.id, it.expected, &it.by, it.now).await
    }
);

action!(
    /// Takes back the last check-in, check-out, cancellation or no-show, on the business date it happened.
    undo,
    "/reservations/{id}/actions/undo",
    "undo_reservation",
    async |tx: &mut TenantTx, property: &Property, it: &Doing| {
        commands::undo(tx, property, it.id, it.expected, &it.by, it.now).await
    }
);
