use actix_web::{HttpResponse, get, post, put, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::{PropertyId, UnitGroupId, UnitId};
use motel_tenancy::http::{
    Answer, CurrentClock, OfProperty, OneProperty, StaffAccess, StaffWrite, VersionedWriteParams,
    WriteParams,
};
use motel_tenancy::may;
use motel_web::{
    CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson, etag,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::input::within;
use crate::{InventoryError, Unit, UnitCondition, UnitDetails, commands, queries};

/// A new room.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitBody {
    /// The room type it is sold as. It never changes.
    #[schema(value_type = Uuid)]
    unit_group_id: String,
    /// What is written on the door, unique in the property.
    #[schema(min_length = 1, max_length = 20)]
    number: String,
    /// The storey; 1 is the ground floor.
    #[schema(minimum = -10, maximum = 200)]
    floor: i64,
    /// Step-free, with an accessible bathroom.
    #[serde(default)]
    accessible: bool,
    /// What the front desk should know of it.
    #[serde(default)]
    #[schema(max_length = 500)]
    note: String,
}

/// What of a room may change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedUnitBody {
    /// What is written on the door, unique in the property.
    #[schema(min_length = 1, max_length = 20)]
    number: String,
    /// The storey; 1 is the ground floor.
    #[schema(minimum = -10, maximum = 200)]
    floor: i64,
    /// Step-free, with an accessible bathroom.
    #[serde(default)]
    accessible: bool,
    /// What the front desk should know of it.
    #[serde(default)]
    #[schema(max_length = 500)]
    note: String,
}

/// How a room was found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionBody {
    /// `clean`, `dirty` or `inspected`.
    #[schema(value_type = ConditionSchema)]
    condition: UnitCondition,
}

/// How housekeeping found a room.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ConditionSchema {
    /// Made up for the next guest.
    Clean,
    /// Somebody slept in it.
    Dirty,
    /// Clean, and a second pair of eyes has seen it.
    Inspected,
}

/// A room.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitView {
    /// Which.
    #[schema(value_type = Uuid)]
    id: UnitId,
    /// Goes up with every change: the `ETag`.
    version: i32,
    /// The room type it is sold as.
    #[schema(value_type = Uuid)]
    unit_group_id: UnitGroupId,
    /// What is written on the door.
    number: String,
    /// The storey.
    floor: i16,
    /// Step-free, with an accessible bathroom.
    accessible: bool,
    /// What the front desk should know of it.
    note: String,
    /// How housekeeping found it.
    #[schema(value_type = ConditionSchema)]
    condition: UnitCondition,
    /// When it was archived: nobody is given it any more.
    #[schema(required)]
    archived_at: Option<DateTime<Utc>>,
}

impl From<Unit> for UnitView {
    fn from(unit: Unit) -> Self {
        Self {
            id: unit.id,
            version: unit.version,
            unit_group_id: unit.unit_group_id,
            number: unit.number,
            floor: unit.floor,
            accessible: unit.accessible,
            note: unit.note,
            condition: unit.condition,
            archived_at: unit.archived_at,
        }
    }
}

#[derive(Debug)]
pub(crate) struct NewUnitInput(UnitGroupId, UnitDetails);

#[derive(Debug)]
pub(crate) struct ChangedUnitInput(UnitDetails);

#[derive(Debug)]
pub(crate) struct ConditionInput(UnitCondition);

impl Input for NewUnitInput {
    type Raw = UnitBody;

    fn parse(raw: UnitBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let group = errors.check("unit_group_id", raw.unit_group_id.parse());
        let texts = (raw.number.as_str(), raw.note.as_str());
        let details = details(&mut errors, texts, raw.floor, raw.accessible);
        match (group, details) {
            (Some(group), Some(details)) => Ok(Self(group, details)),
            _ => Err(errors),
        }
    }
}

impl Input for ChangedUnitInput {
    type Raw = ChangedUnitBody;

    fn parse(raw: ChangedUnitBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let texts = (raw.number.as_str(), raw.note.as_str());
        let details = details(&mut errors, texts, raw.floor, raw.accessible);
        details.map(Self).ok_or(errors)
    }
}

impl Input for ConditionInput {
    type Raw = ConditionBody;

    fn parse(raw: ConditionBody) -> Result<Self, FieldErrors> {
        Ok(Self(raw.condition))
    }
}

fn details(
    errors: &mut FieldErrors,
    (number, note): (&str, &str),
    floor: i64,
    accessible: bool,
) -> Option<UnitDetails> {
    let number = errors.text("number", number, 1..=20);
    let note = errors.text("note", note, 0..=500);
    let floor = within(errors, "floor", floor, (-10, 200));
    Some(UnitDetails {
        number: number?,
        floor: floor?,
        accessible,
        note: note?,
    })
}

impl OfProperty for Unit {
    fn property(&self) -> PropertyId {
        self.property_id
    }
}

/// Lists the rooms by number, those that were archived too.
#[utoipa::path(
    tag = "inventory",
    operation_id = "list_units",
    params(CursorParams),
    responses((status = 200, description = "A page of rooms", body = CursorPage<UnitView>))
)]
#[get("/units")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadRooms, OneProperty>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<UnitView>>, Problem> {
    let after: Option<UnitId> = page.after()?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let all = queries::units_of_property(&mut tx, access.property.id).await?;
    let fetched = usize::try_from(page.fetch()).map_err(Problem::internal)?;
    // Numbers are sorted as the database's language sorts them, so the place is found and not compared.
    let seen = after.and_then(|after| all.iter().position(|unit| unit.id == after));
    let rows = all.into_iter().skip(seen.map_or(0, |seen| seen + 1));
    let page = CursorPage::cut(rows.take(fetched).collect(), &page, |unit| unit.id)?;
    Ok(web::Json(page.map(UnitView::from)))
}

/// Shows a room.
#[utoipa::path(
    tag = "inventory",
    operation_id = "show_unit",
    params(("id" = Uuid, Path, description = "Which room")),
    responses((status = 200, description = "The room, its version in `ETag`", body = UnitView))
)]
#[get("/units/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadRooms, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::unit(&mut tx, id).await?;
    let ours = found.filter(|unit| unit.property_id == access.property.id);
    let unit = ours.ok_or(InventoryError::UnknownUnit)?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(unit.version))
        .json(UnitView::from(unit)))
}

/// Adds a room. It is for sale at once on every night that is open.
#[utoipa::path(
    tag = "inventory",
    operation_id = "create_unit",
    params(WriteParams),
    request_body = UnitBody,
    responses(
        (status = 201, description = "Added", body = UnitView),
        (status = 404, description = "There is no such room type"),
        (status = 409, description = "`name_taken`: another room has this number"),
    )
)]
#[post("/units")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteRooms>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(NewUnitInput(group, details)): ValidJson<NewUnitInput>,
) -> Result<HttpResponse, Problem> {
    let today = write.property.today(&*clock);
    write
        .run(&db, &(group, &details), async |tx: &mut TenantTx| {
            let property = write.property.id;
            let unit = commands::create_unit(tx, property, group, &details, today).await?;
            let (version, path) = (unit.version, format!("/api/v1/units/{}", unit.id));
            Ok(Answer::created(UnitView::from(unit))
                .version(version)
                .location(path))
        })
        .await
}

/// Describes a room anew.
#[utoipa::path(
    tag = "inventory",
    operation_id = "replace_unit",
    params(("id" = Uuid, Path, description = "Which room"), VersionedWriteParams),
    request_body = ChangedUnitBody,
    responses(
        (status = 200, description = "As it is now", body = UnitView),
        (status = 409, description = "`name_taken`: another room has this number"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/units/{id}")]
pub(crate) async fn replace(
    write: StaffWrite<may::WriteRooms>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(ChangedUnitInput(details)): ValidJson<ChangedUnitInput>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &details, async |tx: &mut TenantTx| {
            let property = write.property.id;
            let unit = commands::change_unit(tx, property, id, &details, version).await?;
            Ok(as_it_is(unit))
        })
        .await
}

/// Notes how a room was found. Without `If-Match` the last word counts.
#[utoipa::path(
    tag = "inventory",
    operation_id = "set_unit_condition",
    params(("id" = Uuid, Path, description = "Which room"), VersionedWriteParams),
    request_body = ConditionBody,
    responses((status = 200, description = "As it is now", body = UnitView))
)]
#[put("/units/{id}/condition")]
pub(crate) async fn set_condition(
    write: StaffWrite<may::WriteHousekeeping, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(ConditionInput(condition)): ValidJson<ConditionInput>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    write
        .run(&db, &condition, async |tx: &mut TenantTx| {
            if write.reach.is_limited() {
                let unit = queries::unit(tx, id).await?;
                let unit = unit.ok_or(InventoryError::UnknownUnit)?;
                write.theirs(unit, InventoryError::UnknownUnit)?;
            }
            let unit = commands::set_condition(tx, id, condition, write.if_match()).await?;
            Ok(as_it_is(unit))
        })
        .await
}

/// Uses an archived room again. It is for sale at once on every night that is open.
#[utoipa::path(
    tag = "inventory",
    operation_id = "restore_unit",
    params(("id" = Uuid, Path, description = "Which room"), VersionedWriteParams),
    responses((status = 200, description = "As it is now", body = UnitView))
)]
#[post("/units/{id}/actions/restore")]
pub(crate) async fn restore(
    write: StaffWrite<may::WriteRooms>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let today = write.property.today(&*clock);
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            let (property, version) = (write.property.id, write.if_match());
            let unit = commands::restore_unit(tx, property, id, today, version).await?;
            Ok(as_it_is(unit))
        })
        .await
}

fn id(path: &str) -> Result<UnitId, InventoryError> {
    path.parse().map_err(|_| InventoryError::UnknownUnit)
}

/// A room as it is now, with its version.
fn as_it_is(unit: Unit) -> Answer<UnitView> {
    let version = unit.version;
    Answer::ok(UnitView::from(unit)).version(version)
}
