use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::Clock;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use crate::commands::{ClockMove, FURTHEST, move_clock};
use crate::{Directory, Property, may};

/// Where to move the clock, as it comes in: one of the two.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawMove {
    /// So many seconds later than it shows now.
    #[schema(minimum = 0, maximum = 3155760000_i64)]
    advance_by_seconds: Option<i64>,
    /// To this moment.
    set_to: Option<DateTime<Utc>>,
}

/// The same, parsed.
pub(crate) struct MoveInput(ClockMove);

impl Input for MoveInput {
    type Raw = RawMove;

    fn parse(raw: RawMove) -> Result<Self, FieldErrors> {
        match (raw.advance_by_seconds, raw.set_to) {
            (Some(seconds), None) if (0..=FURTHEST.num_seconds()).contains(&seconds) => {
                Ok(Self(ClockMove::Advance(TimeDelta::seconds(seconds))))
            }
            (Some(_), None) => {
                let reason = "must lie between nothing and a hundred years";
                Err(FieldErrors::of("advance_by_seconds", reason))
            }
            (None, Some(moment)) => Ok(Self(ClockMove::To(moment))),
            _ => {
                let reason = "give either this or advance_by_seconds";
                Err(FieldErrors::of("set_to", reason))
            }
        }
    }
}

/// What time it is for everything the business does.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockView {
    /// The present moment.
    now: DateTime<Utc>,
    /// The calendar day at the property.
    today: NaiveDate,
    /// An IANA name: whose calendar that is.
    timezone: String,
    /// How far ahead of the real time it is.
    offset_seconds: i64,
}

impl ClockView {
    fn new(property: &Property, clock: &dyn Clock) -> Self {
        Self {
            now: property.now(clock),
            today: property.today(clock),
            timezone: property.timezone.name().to_owned(),
            offset_seconds: property.clock_offset.num_seconds(),
        }
    }
}

/// Shows the clock that prices, expiries, fees, audits and reminders go by.
#[utoipa::path(
    tag = "sandbox",
    operation_id = "clock",
    responses((status = 200, description = "The time", body = ClockView))
)]
#[get("/clock")]
pub(crate) async fn show(
    access: StaffAccess<may::BeKnown>,
    clock: CurrentClock,
) -> web::Json<ClockView> {
    web::Json(ClockView::new(&access.property, &*clock))
}

/// Moves the clock of a sandbox forward. What the time brings (expired holds, night audits, tasks) follows within a
/// minute; other nodes of the installation see the new time as soon as they hear of it.
#[utoipa::path(
    tag = "sandbox",
    operation_id = "move_clock",
    params(WriteParams),
    request_body = RawMove,
    responses(
        (status = 200, description = "The new time", body = ClockView),
        (status = 403, description = "`not_a_sandbox`"),
        (status = 409, description = "`clock_refused`: back, or too far"),
    )
)]
#[post("/clock")]
pub(crate) async fn advance(
    write: StaffWrite<may::WriteSettings>,
    db: web::Data<Db>,
    directory: web::Data<Directory>,
    clock: CurrentClock,
    ValidJson(MoveInput(to)): ValidJson<MoveInput>,
) -> Result<HttpResponse, Problem> {
    let asked = match to {
        ClockMove::Advance(by) => by.num_seconds().to_string(),
        ClockMove::To(moment) => moment.to_rfc3339(),
    };
    let moved = async |tx: &mut TenantTx| {
        let property = move_clock(tx, write.property.id, to, clock.now()).await?;
        Ok(Answer::ok(ClockView::new(&property, &*clock)))
    };
    let answer = write.run(&db, &asked, moved).await?;
    directory.forget(write.tenant);
    Ok(answer)
}
