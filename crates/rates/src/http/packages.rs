use actix_web::{HttpResponse, delete, get, post, put, web};
use motel_db::{Db, TenantTx};
use motel_kernel::PackageId;
use motel_tenancy::http::{
    Answer, CurrentClock, PublicTenant, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams,
};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem, ValidJson, etag};

use serde::Serialize;
use utoipa::ToSchema;

use super::names::Names;
use super::package_body::{PackageBody, PackageInput, PackageView};
use super::page::page;
use crate::{commands, queries};

/// Lists the packages of the property, the oldest first; those that are over too.
#[utoipa::path(
    tag = "packages",
    operation_id = "list_packages",
    params(CursorParams),
    responses((status = 200, description = "A page of packages", body = CursorPage<PackageView>))
)]
#[get("/packages")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadRates>,
    query: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<PackageView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let all = queries::packages(&tx, access.property.id).await?;
    let names = Names::of(&mut tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = page(all, &query, |one| one.id)?;
    Ok(web::Json(page.map(|one| PackageView::new(one, &names))))
}

/// Shows a package.
#[utoipa::path(
    tag = "packages",
    operation_id = "show_package",
    params(("id" = Uuid, Path, description = "Which package")),
    responses((status = 200, description = "The package, its version in `ETag`", body = PackageView))
)]
#[get("/packages/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::package(&mut tx, access.property.id, id).await?;
    let names = Names::of(&mut tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let found = found.ok_or_else(|| Problem::not_found("package"))?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(found.version))
        .json(PackageView::new(found, &names)))
}

/// Adds a package.
#[utoipa::path(
    tag = "packages",
    operation_id = "create_package",
    params(WriteParams),
    request_body = PackageBody,
    responses(
        (status = 201, description = "Added", body = PackageView),
        (status = 409, description = "`code_taken`"),
    )
)]
#[post("/packages")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteRates>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<PackageInput>,
) -> Result<HttpResponse, Problem> {
    write
        .run(&db, &input.body, async |tx: &mut TenantTx| {
            let names = Names::of(tx, write.property.id).await?;
            let details = input.details(&names)?;
            let made = commands::create_package(tx, write.property.id, details).await?;
            let path = format!("/api/v1/packages/{}", made.id);
            Ok(Answer::created(PackageView::new(made, &names))
                .version(1)
                .location(path))
        })
        .await
}

/// Describes a package anew.
#[utoipa::path(
    tag = "packages",
    operation_id = "replace_package",
    params(("id" = Uuid, Path, description = "Which package"), VersionedWriteParams),
    request_body = PackageBody,
    responses(
        (status = 200, description = "As it is now", body = PackageView),
        (status = 409, description = "`code_taken`"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/packages/{id}")]
pub(crate) async fn replace(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<PackageInput>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &input.body, async |tx: &mut TenantTx| {
            let property = write.property.id;
            let names = Names::of(tx, property).await?;
            let details = input.details(&names)?;
            let now = commands::change_package(tx, property, id, details, version).await?;
            let version = now.version;
            Ok(Answer::ok(PackageView::new(now, &names)).version(version))
        })
        .await
}

/// Removes a package.
#[utoipa::path(
    tag = "packages",
    operation_id = "delete_package",
    params(("id" = Uuid, Path, description = "Which package"), VersionedWriteParams),
    responses(
        (status = 204, description = "It is gone"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[delete("/packages/{id}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            commands::remove_package(tx, write.property.id, id, version).await?;
            Ok(Answer::no_content())
        })
        .await
}

fn id(path: &str) -> Result<PackageId, Problem> {
    path.parse().map_err(|_| Problem::not_found("package"))
}

/// What guests are offered: only what can be booked today for nights that are not over.
#[utoipa::path(
    tag = "packages",
    operation_id = "guest_packages",
    responses((status = 200, description = "The packages", body = Packages))
)]
#[get("/packages")]
pub(crate) async fn on_offer(
    place: PublicTenant,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<web::Json<Packages>, Problem> {
    let (property, today) = (&place.property, place.property.today(&*clock));
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let valid = queries::valid_packages(&mut tx, property.id, today).await?;
    let names = Names::of(&mut tx, property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let packages = valid.into_iter();
    Ok(web::Json(Packages {
        packages: packages
            .map(|package| PackageBody::new(package.details, &names))
            .collect(),
    }))
}

/// What guests are offered.
#[derive(Debug, Serialize, ToSchema)]
pub struct Packages {
    /// The oldest first.
    packages: Vec<PackageBody>,
}
