use actix_web::{HttpResponse, get, post, put, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::UnitGroupId;
use motel_tenancy::http::{
    Answer, CurrentClock, OneProperty, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams,
};
use motel_tenancy::may;
use motel_web::{
    CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson, etag,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::input::{code, within};
use crate::{InventoryError, UnitGroup, UnitGroupDetails, commands, queries};

/// A room type as it is described.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitGroupBody {
    /// The word programs use, unique in the property.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$")]
    code: String,
    /// What guests read.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// A few sentences for guests.
    #[serde(default)]
    #[schema(max_length = 2000)]
    description: String,
    /// How many people may sleep in it, children included.
    #[schema(minimum = 1, maximum = 40)]
    max_guests: i64,
    /// How many of them may be adults; not more than `max_guests`.
    #[schema(minimum = 1, maximum = 40)]
    max_adults: i64,
    /// Whether pets may stay.
    #[serde(default)]
    pets_allowed: bool,
    /// The beds in words.
    #[serde(default)]
    #[schema(max_length = 120)]
    beds: String,
    /// Floor area in square feet.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100000)]
    size_sqft: Option<i64>,
    /// What is in the room, in the order it is shown.
    #[serde(default)]
    #[schema(max_items = 40)]
    amenities: Vec<String>,
    /// Place in lists, lowest first.
    #[serde(default)]
    #[schema(minimum = -32768, maximum = 32767)]
    sort: i64,
}

/// A room type of the property.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitGroupView {
    /// Which.
    #[schema(value_type = Uuid)]
    id: UnitGroupId,
    /// Goes up with every change: the `ETag`.
    version: i32,
    /// When it was archived: it is not sold any more.
    #[schema(required)]
    archived_at: Option<DateTime<Utc>>,
    /// What it is.
    #[serde(flatten)]
    group: UnitGroupBody,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct UnitGroupInput(UnitGroupDetails);

impl Input for UnitGroupInput {
    type Raw = UnitGroupBody;

    fn parse(raw: UnitGroupBody) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let amenities = amenities(&mut errors, &raw.amenities);
        let size = raw.size_sqft;
        let size = size.map(|size| within(&mut errors, "size_sqft", size, (1, 100_000)));
        let code = code(&mut errors, &raw.code);
        let name = errors.text("name", &raw.name, 1..=80);
        let description = errors.text("description", &raw.description, 0..=2000);
        let beds = errors.text("beds", &raw.beds, 0..=120);
        let max_guests = within(&mut errors, "max_guests", raw.max_guests, (1, 40));
        let most = raw.max_guests.clamp(1, 40);
        let max_adults = within(&mut errors, "max_adults", raw.max_adults, (1, most));
        let sort = within(&mut errors, "sort", raw.sort, (-32_768, 32_767));
        let details = (|| {
            Some(UnitGroupDetails {
                code: code?,
                name: name?,
                description: description?,
                max_guests: max_guests?,
                max_adults: max_adults?,
                pets_allowed: raw.pets_allowed,
                beds: beds?,
                size_sqft: size.flatten(),
                amenities,
                sort: sort?,
            })
        })();
        match details {
            Some(details) if errors.is_empty() => Ok(Self(details)),
            _ => Err(errors),
        }
    }
}

fn amenities(errors: &mut FieldErrors, raw: &[String]) -> Vec<String> {
    if raw.len() > 40 {
        errors.push("amenities", "must be at most 40");
    }
    let texts = raw.iter();
    texts
        .filter_map(|text| errors.text("amenities", text, 1..=80))
        .collect()
}

impl From<UnitGroup> for UnitGroupView {
    fn from(group: UnitGroup) -> Self {
        Self {
            id: group.id,
            version: group.version,
            archived_at: group.archived_at,
            group: UnitGroupBody {
                code: group.code,
                name: group.name,
                description: group.description,
                max_guests: group.max_guests.into(),
                max_adults: group.max_adults.into(),
                pets_allowed: group.pets_allowed,
                beds: group.beds,
                size_sqft: group.size_sqft.map(i64::from),
                amenities: group.amenities,
                sort: group.sort.into(),
            },
        }
    }
}

/// Lists the room types in the order they are shown, those that were archived too.
#[utoipa::path(
    tag = "inventory",
    operation_id = "list_unit_groups",
    params(CursorParams),
    responses((status = 200, description = "A page of room types", body = CursorPage<UnitGroupView>))
)]
#[get("/unit-groups")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadRooms, OneProperty>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<UnitGroupView>>, Problem> {
    let after: Option<(i16, String)> = page.after()?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let all = queries::unit_groups(&mut tx, access.property.id).await?;
    let key = |group: &UnitGroup| (group.sort, group.code.clone());
    let fetched = usize::try_from(page.fetch()).map_err(Problem::internal)?;
    let rows = all
        .into_iter()
        .filter(|group| after.as_ref().is_none_or(|after| key(group) > *after));
    let page = CursorPage::cut(rows.take(fetched).collect(), &page, key)?;
    Ok(web::Json(page.map(UnitGroupView::from)))
}

/// Shows a room type.
#[utoipa::path(
    tag = "inventory",
    operation_id = "show_unit_group",
    params(("id" = Uuid, Path, description = "Which room type")),
    responses((status = 200, description = "The room type, its version in `ETag`", body = UnitGroupView))
)]
#[get("/unit-groups/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadRooms, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::unit_group(&mut tx, id).await?;
    let ours = found.filter(|group| group.property_id == access.property.id);
    let group = ours.ok_or(InventoryError::UnknownUnitGroup)?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(group.version))
        .json(UnitGroupView::from(group)))
}

/// Adds a room type. It can be sold once it has units and prices.
#[utoipa::path(
    tag = "inventory",
    operation_id = "create_unit_group",
    params(WriteParams),
    request_body = UnitGroupBody,
    responses(
        (status = 201, description = "Added", body = UnitGroupView),
        (status = 409, description = "`name_taken`: another one has this code"),
    )
)]
#[post("/unit-groups")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteRooms>,
    db: web::Data<Db>,
    ValidJson(UnitGroupInput(details)): ValidJson<UnitGroupInput>,
) -> Result<HttpResponse, Problem> {
    write
        .run(&db, &details, async |tx: &mut TenantTx| {
            let group = commands::create_unit_group(tx, write.property.id, &details).await?;
            let (version, path) = (group.version, format!("/api/v1/unit-groups/{}", group.id));
            Ok(Answer::created(UnitGroupView::from(group))
                .version(version)
                .location(path))
        })
        .await
}

/// Describes a room type anew.
#[utoipa::path(
    tag = "inventory",
    operation_id = "replace_unit_group",
    params(("id" = Uuid, Path, description = "Which room type"), VersionedWriteParams),
    request_body = UnitGroupBody,
    responses(
        (status = 200, description = "As it is now", body = UnitGroupView),
        (status = 409, description = "`name_taken`: another one has this code"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/unit-groups/{id}")]
pub(crate) async fn replace(
    write: StaffWrite<may::WriteRooms>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(UnitGroupInput(details)): ValidJson<UnitGroupInput>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &details, async |tx: &mut TenantTx| {
            let property = write.property.id;
            let group = commands::change_unit_group(tx, property, id, &details, version).await?;
            Ok(as_it_is(group))
        })
        .await
}

/// Archives a room type whose rooms all are. It is not sold or shown to guests any more; what was sold stays as it is.
#[utoipa::path(
    tag = "inventory",
    operation_id = "archive_unit_group",
    params(("id" = Uuid, Path, description = "Which room type"), VersionedWriteParams),
    responses(
        (status = 200, description = "As it is now", body = UnitGroupView),
        (status = 409, description = "`units_left`: `detail` names the rooms to be archived first"),
    )
)]
#[post("/unit-groups/{id}/actions/archive")]
pub(crate) async fn archive(
    write: StaffWrite<may::WriteRooms>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let now = write.property.now(&*clock);
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            let (property, version) = (write.property.id, write.if_match());
            let group = commands::archive_unit_group(tx, property, id, version, now).await?;
            Ok(as_it_is(group))
        })
        .await
}

/// Uses an archived room type again; its rooms are restored one by one.
#[utoipa::path(
    tag = "inventory",
    operation_id = "restore_unit_group",
    params(("id" = Uuid, Path, description = "Which room type"), VersionedWriteParams),
    responses((status = 200, description = "As it is now", body = UnitGroupView))
)]
#[post("/unit-groups/{id}/actions/restore")]
pub(crate) async fn restore(
    write: StaffWrite<may::WriteRooms>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            let (property, version) = (write.property.id, write.if_match());
            let group = commands::restore_unit_group(tx, property, id, version).await?;
            Ok(as_it_is(group))
        })
        .await
}

fn id(path: &str) -> Result<UnitGroupId, InventoryError> {
    path.parse().map_err(|_| InventoryError::UnknownUnitGroup)
}

/// A room type as it is now, with its version.
fn as_it_is(group: UnitGroup) -> Answer<UnitGroupView> {
    let version = group.version;
    Answer::ok(UnitGroupView::from(group)).version(version)
}
