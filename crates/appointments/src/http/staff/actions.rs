use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::AppointmentId;
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, VersionedWriteParams, Write};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, MoneyView, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::appointments::reason;
use super::id_in;
use crate::commands::{self, Change, Effect};
use crate::http::view::{AppointmentView, Names};
use crate::http::wishes;
use crate::{AppointmentError, By, WantedAddOn};

/// What a change came to, or would come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct EffectView {
    appointment: AppointmentView,
    price_before: MoneyView,
    price_after: MoneyView,
    /// What is to be paid more; negative for less.
    difference: MoneyView,
    /// What calling off, or not coming, costs.
    fee: MoneyView,
}

/// Why, as it comes in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReason {
    /// For the history.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    reason: Option<String>,
}

/// The same, parsed.
pub(crate) struct ReasonInput(Option<String>);

impl Input for ReasonInput {
    type Raw = RawReason;

    fn parse(raw: RawReason) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = reason(&mut errors, raw.reason.as_deref());
        reason.map(Self).ok_or(errors)
    }
}

/// What shall be different, as it comes in; what is absent stays.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawChange {
    /// Another slot.
    #[serde(default)]
    starts_at: Option<DateTime<Utc>>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 10000)]
    guests: Option<i64>,
    /// These extras instead of the present ones.
    #[serde(default)]
    #[schema(max_items = 100)]
    add_ons: Option<Vec<WantedAddOn>>,
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10000)]
    miles: Option<i64>,
    #[serde(default)]
    #[schema(min_length = 1, max_length = 20)]
    postcode: Option<String>,
    /// The code of who is asked for.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 64)]
    station: Option<String>,
    /// Neither short notice nor the horizon matters; it must not be past.
    #[serde(default)]
    any_notice: bool,
    /// For the history.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    reason: Option<String>,
}

/// The same, parsed.
pub(crate) struct ChangeInput {
    raw: RawChange,
    change: Change,
    reason: Option<String>,
}

impl Input for ChangeInput {
    type Raw = RawChange;

    fn parse(raw: RawChange) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let starts_at = raw
            .starts_at
            .and_then(|at| wishes::moment(&mut errors, "starts_at", at));
        let guests = raw
            .guests
            .and_then(|guests| wishes::guests(&mut errors, guests));
        if let Some(wanted) = &raw.add_ons {
            wishes::add_ons(&mut errors, wanted);
        }
        let destination = wishes::destination(&mut errors, raw.miles, raw.postcode.as_deref());
        let station = wishes::station(&mut errors, raw.station.as_deref());
        let reason = reason(&mut errors, raw.reason.as_deref());
        errors.into_result()?;
        let change = Change {
            starts_at,
            guests,
            add_ons: raw.add_ons.clone(),
            destination: destination.flatten(),
            station: station.flatten(),
            any_notice: raw.any_notice,
        };
        Ok(Self {
            raw,
            change,
            reason: reason.flatten(),
        })
    }
}

/// Declares a route for a command that takes an appointment, an expected version, who does it and when.
macro_rules! action {
    ($(#[$doc:meta])* $name:ident, $path:literal, $id:literal, $command:path) => {
        $(#[$doc])*
        #[utoipa::path(
            tag = "appointments",
            operation_id = $id,
            params(("id" = Uuid, Path, description = "Which appointment"), VersionedWriteParams),
            request_body = RawReason,
            responses(
                (status = 200, description = "What it came to", body = EffectView),
                (status = 409, description = "`not_allowed`"),
            )
        )]
        #[post($path)]
        pub(crate) async fn $name(
            write: StaffWrite<may::WriteAppointments>,
            path: web::Path<String>,
            db: web::Data<Db>,
            clock: CurrentClock,
            ValidJson(ReasonInput(reason)): ValidJson<ReasonInput>,
        ) -> Result<HttpResponse, Problem> {
            let change = async |tx: &mut TenantTx, act: Act<'_>| {
                $command(tx, act.id, act.expected, act.by, act.now).await
            };
            run(&write, &path, &db, &clock, reason.clone(), &reason, change).await
        }
    };
}

action!(
    /// Makes what is held booked.
    confirm,
    "/appointments/{id}/actions/confirm",
    "confirm_appointment",
    commands::confirm
);

action!(
    /// Calls an appointment off. The fee of its terms is fixed.
    cancel,
    "/appointments/{id}/actions/cancel",
    "cancel_appointment",
    commands::cancel
);

action!(
    /// Notes that an appointment took place.
    complete,
    "/appointments/{id}/actions/complete",
    "complete_appointment",
    commands::complete
);

action!(
    /// Notes that the guest did not come, and fixes what that costs.
    no_show,
    "/appointments/{id}/actions/no-show",
    "mark_appointment_no_show",
    commands::mark_no_show
);

/// Gives an appointment another time, or other wishes. Who only moves keeps the price.
#[utoipa::path(
    tag = "appointments",
    operation_id = "reschedule_appointment",
    params(("id" = Uuid, Path, description = "Which appointment"), VersionedWriteParams),
    request_body = RawChange,
    responses(
        (status = 200, description = "What it came to", body = EffectView),
        (status = 409, description = "The slot can't be had (`fully_booked`, `blackout` …), or `not_allowed`"),
    )
)]
#[post("/appointments/{id}/actions/reschedule")]
pub(crate) async fn reschedule(
    write: StaffWrite<may::WriteAppointments>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<ChangeInput>,
) -> Result<HttpResponse, Problem> {
    let property = &write.property;
    let change = async |tx: &mut TenantTx, act: Act<'_>| {
        let wanted = &input.change;
        commands::reschedule(tx, property, act.id, wanted, act.expected, act.by, act.now).await
    };
    run(
        &write,
        &path,
        &db,
        &clock,
        input.reason.clone(),
        &input.raw,
        change,
    )
    .await
}

/// What every action is told.
struct Act<'a> {
    id: AppointmentId,
    expected: Option<i32>,
    by: &'a By,
    now: DateTime<Utc>,
}

/// Runs an action on the appointment of the path and shows what it came to.
async fn run(
    write: &Write,
    path: &str,
    db: &Db,
    clock: &CurrentClock,
    reason: Option<String>,
    input: &impl Serialize,
    change: impl AsyncFn(&mut TenantTx, Act<'_>) -> Result<Effect, AppointmentError>,
) -> Result<HttpResponse, Problem> {
    let id = id_in(path, "appointment")?;
    let now = write.property.now(&**clock);
    let by = By {
        actor: write.actor,
        reason,
    };
    let work = async |tx: &mut TenantTx| {
        let act = Act {
            id,
            expected: write.if_match(),
            by: &by,
            now,
        };
        let effect = change(tx, act).await?;
        let names = Names::of(tx, &write.property, now).await?;
        let version = effect.appointment.version;
        let view = EffectView {
            appointment: names.view(&effect.appointment),
            price_before: effect.price_before.into(),
            price_after: effect.price_after.into(),
            difference: effect.difference.into(),
            fee: effect.fee.into(),
        };
        Ok(Answer::ok(view).version(version))
    };
    write.run(db, input, work).await
}
