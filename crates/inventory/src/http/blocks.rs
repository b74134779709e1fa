use actix_web::{HttpResponse, delete, get, put, web};
use chrono::{DateTime, NaiveDate, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::{BlockId, StayDates, UnitId};
use motel_tenancy::http::{
    Answer, CurrentClock, OneProperty, StaffAccess, StaffWrite, VersionedWriteParams,
};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson, ValidQuery, etag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::input::{Nights, RawNights};
use crate::{Block, BlockKind, InventoryError, commands, queries};

/// Nights on which something is the matter with a room.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlockView {
    /// Which.
    #[schema(value_type = Uuid)]
    id: BlockId,
    /// Goes up with every change: the `ETag`.
    version: i32,
    /// The room.
    #[schema(value_type = Uuid)]
    unit_id: UnitId,
    /// `out_of_order`: not sold; `out_of_service`: sold all the same.
    #[schema(value_type = String)]
    kind: BlockKind,
    /// The first night.
    first_night: NaiveDate,
    /// The first night it is over.
    until: NaiveDate,
    /// Why.
    reason: String,
    /// On whose word.
    created_by: String,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was taken back.
    #[schema(required)]
    cancelled_at: Option<DateTime<Utc>>,
}

impl From<Block> for BlockView {
    fn from(block: Block) -> Self {
        Self {
            id: block.id,
            version: block.version,
            unit_id: block.unit,
            kind: block.kind,
            first_night: block.dates.arrival(),
            until: block.dates.departure(),
            reason: block.reason,
            created_by: block.created_by.to_string(),
            created_at: block.created_at,
            cancelled_at: block.cancelled_at,
        }
    }
}

/// The nights that remain of a block.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemainingNights {
    /// The first night, not before the one it has.
    first_night: NaiveDate,
    /// The first night it is over, not after the one it has.
    until: NaiveDate,
}

pub(crate) struct Remaining(StayDates);

impl Input for Remaining {
    type Raw = RemainingNights;

    fn parse(raw: RemainingNights) -> Result<Self, FieldErrors> {
        let dates = StayDates::new(raw.first_night, raw.until);
        dates
            .map(Self)
            .map_err(|_| FieldErrors::of("until", "must be 1 to 365 nights after first_night"))
    }
}

/// Lists the blocks that stand and have one of these nights, by their first night.
#[utoipa::path(
    tag = "inventory",
    operation_id = "list_blocks",
    params(RawNights),
    responses((status = 200, description = "The blocks", body = Vec<BlockView>))
)]
#[get("/blocks")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadHousekeeping, OneProperty>,
    ValidQuery(nights): ValidQuery<Nights>,
    db: web::Data<Db>,
) -> Result<web::Json<Vec<BlockView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let property = access.property.id;
    let found = queries::blocks_between(&mut tx, property, nights.from, nights.to).await?;
    Ok(web::Json(found.into_iter().map(BlockView::from).collect()))
}

/// Shows a block, also one that was taken back.
#[utoipa::path(
    tag = "inventory",
    operation_id = "show_block",
    params(("id" = Uuid, Path, description = "Which block")),
    responses((status = 200, description = "The block, its version in `ETag`", body = BlockView))
)]
#[get("/blocks/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadHousekeeping, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::block(&mut tx, id).await?;
    let ours = found.filter(|block| block.property == access.property.id);
    let block = ours.ok_or(InventoryError::UnknownBlock)?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(block.version))
        .json(BlockView::from(block)))
}

/// Leaves a block only these of its nights; the others are for sale again.
#[utoipa::path(
    tag = "inventory",
    operation_id = "shorten_block",
    params(("id" = Uuid, Path, description = "Which block"), VersionedWriteParams),
    request_body = RemainingNights,
    responses(
        (status = 200, description = "As it is now", body = BlockView),
        (status = 404, description = "There is no such block, or it was taken back"),
    )
)]
#[put("/blocks/{id}/nights")]
pub(crate) async fn shorten(
    write: StaffWrite<may::WriteHousekeeping>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(Remaining(dates)): ValidJson<Remaining>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    write
        .run(&db, &dates, async |tx: &mut TenantTx| {
            let property = write.property.id;
            let block = commands::shorten_block(tx, property, id, dates, write.if_match()).await?;
            Ok(as_it_is(block))
        })
        .await
}

/// Takes a block back; its nights are for sale again.
#[utoipa::path(
    tag = "inventory",
    operation_id = "cancel_block",
    params(("id" = Uuid, Path, description = "Which block"), VersionedWriteParams),
    responses(
        (status = 200, description = "As it is now", body = BlockView),
        (status = 404, description = "There is no such block, or it was taken back before"),
    )
)]
#[delete("/blocks/{id}")]
pub(crate) async fn cancel(
    write: StaffWrite<may::WriteHousekeeping>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let now = write.property.now(&*clock);
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            let property = write.property.id;
            let block = commands::cancel_block(tx, property, id, write.if_match(), now).await?;
            Ok(as_it_is(block))
        })
        .await
}

fn id(path: &str) -> Result<BlockId, InventoryError> {
    path.parse().map_err(|_| InventoryError::UnknownBlock)
}

/// A block as it is now, with its version.
fn as_it_is(block: Block) -> Answer<BlockView> {
    let version = block.version;
    Answer::ok(BlockView::from(block)).version(version)
}
