use actix_web::{HttpResponse, post, web};
use chrono::NaiveDate;
use motel_db::{Db, TenantTx};
use motel_inventory::http::BlockView;
use motel_inventory::{BlockDetails, BlockKind};
use motel_kernel::StayDates;
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{By, commands};

/// Nights on which something is the matter with a room.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockBody {
    /// The room.
    #[schema(value_type = Uuid)]
    unit_id: String,
    /// Whether the room is taken off sale.
    #[schema(value_type = BlockKindSchema)]
    kind: BlockKind,
    /// The first night, not before the business date.
    first_night: NaiveDate,
    /// The first night it is over; at most 365 nights later.
    until: NaiveDate,
    /// Why.
    #[serde(default)]
    #[schema(max_length = 500)]
    reason: String,
}

/// What a block means for the sale.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum BlockKindSchema {
    /// Nobody can stay in the room: it is not sold.
    OutOfOrder,
    /// Something is amiss, and it is sold all the same.
    OutOfService,
}

#[derive(Debug, Serialize)]
pub(crate) struct BlockInput {
    unit: motel_kernel::UnitId,
    kind: BlockKind,
    dates: StayDates,
    reason: String,
}

impl Input for BlockInput {
    type Raw = BlockBody;

    fn parse(raw: BlockBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let unit = errors.check("unit_id", raw.unit_id.parse());
        let dates = StayDates::new(raw.first_night, raw.until);
        let dates = dates.map_err(|_| "must be 1 to 365 nights after first_night");
        let dates = errors.check("until", dates);
        let reason = errors.text("reason", &raw.reason, 0..=500);
        match (unit, dates, reason) {
            (Some(unit), Some(dates), Some(reason)) => Ok(Self {
                unit,
                kind: raw.kind,
                dates,
                reason,
            }),
            _ => Err(errors),
        }
    }
}

/// Takes a room out of order or out of service. Stays to come move out of a room that is out of order, if they may and
/// can; else the block is refused and `errors` names them.
#[utoipa::path(
    tag = "inventory",
    operation_id = "create_block",
    params(WriteParams),
    request_body = BlockBody,
    responses(
        (status = 201, description = "Blocked", body = BlockView),
        (status = 409, description = "`in_the_way`, `sold_out`"),
    )
)]
#[post("/blocks")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteHousekeeping>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<BlockInput>,
) -> Result<HttpResponse, Problem> {
    let now = write.property.now(&*clock);
    write
        .run(&db, &input, async |tx: &mut TenantTx| {
            let details = BlockDetails {
                unit: input.unit,
                kind: input.kind,
                dates: input.dates,
                reason: input.reason.clone(),
            };
            let by = By::actor(write.actor);
            let block = commands::block_unit(tx, &write.property, &details, &by, now).await?;
            let (version, path) = (block.version, format!("/api/v1/blocks/{}", block.id));
            Ok(Answer::created(BlockView::from(block))
                .version(version)
                .location(path))
        })
        .await
}
