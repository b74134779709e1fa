use actix_web::{HttpResponse, get, post, put, web};
use motel_db::{Db, TenantTx};
use motel_kernel::StationId;
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson, etag};
use serde::Serialize;
use utoipa::ToSchema;

use super::id_in;
use super::services::refused;
use crate::commands::{change_station, create_station};
use crate::rules::check_station;
use crate::{Station, StationDetails, queries};

/// A station as staff see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StationView {
    #[schema(value_type = Uuid)]
    id: StationId,
    details: StationDetails,
    /// Grows by one with every change; the `ETag`.
    version: i32,
}

impl StationView {
    fn new(station: Station) -> Self {
        Self {
            id: station.id,
            details: station.details,
            version: station.version,
        }
    }
}

/// A station that makes sense.
pub(crate) struct StationInput(StationDetails);

impl Input for StationInput {
    type Raw = StationDetails;

    fn parse(mut raw: StationDetails) -> Result<Self, FieldErrors> {
        raw.services.sort_unstable();
        match check_station(&raw) {
            Ok(()) => Ok(Self(raw)),
            Err(error) => Err(refused(error)),
        }
    }
}

/// Lists stations in their order, also those that take nothing now.
#[utoipa::path(
    tag = "services",
    operation_id = "list_stations",
    responses((status = 200, description = "All stations", body = Vec<StationView>))
)]
#[get("/stations")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadServices>,
    db: web::Data<Db>,
) -> Result<web::Json<Vec<StationView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let stations = queries::stations(&mut tx, access.property.id).await?;
    Ok(web::Json(
        stations.into_iter().map(StationView::new).collect(),
    ))
}

/// Puts a new station on the books.
#[utoipa::path(
    tag = "services",
    operation_id = "create_station",
    params(WriteParams),
    request_body = StationDetails,
    responses(
        (status = 201, description = "It is there", body = StationView),
        (status = 200, description = "Tried, or answered before", body = StationView),
        (status = 409, description = "`code_taken`"),
    )
)]
#[post("/stations")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteServices>,
    db: web::Data<Db>,
    ValidJson(StationInput(details)): ValidJson<StationInput>,
) -> Result<HttpResponse, Problem> {
    let made = async |tx: &mut TenantTx| {
        let station = create_station(tx, &write.property, details.clone()).await?;
        let (id, version) = (station.id, station.version);
        Ok(Answer::created(StationView::new(station))
            .version(version)
            .location(format!("/api/v1/stations/{id}")))
    };
    write.run(&db, &details, made).await
}

/// Shows a station; the `ETag` is what a change of it has to send as `If-Match`.
#[utoipa::path(
    tag = "services",
    operation_id = "show_station",
    params(("id" = Uuid, Path, description = "Which station")),
    responses((status = 200, description = "The station", body = StationView))
)]
#[get("/stations/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadServices>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id_in(&path, "station")?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let station = queries::station(&mut tx, id).await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(station.version))
        .json(StationView::new(station)))
}

/// Changes a station as a whole. What it was given before stays with it.
#[utoipa::path(
    tag = "services",
    operation_id = "change_station",
    params(("id" = Uuid, Path, description = "Which station"), VersionedWriteParams),
    request_body = StationDetails,
    responses(
        (status = 200, description = "As it is now", body = StationView),
        (status = 409, description = "`code_taken`"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/stations/{id}")]
pub(crate) async fn change(
    write: StaffWrite<may::WriteServices>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(StationInput(details)): ValidJson<StationInput>,
) -> Result<HttpResponse, Problem> {
    let id = id_in(&path, "station")?;
    let expected = write.require_version()?;
    let made = async |tx: &mut TenantTx| {
        let station = change_station(tx, &write.property, id, details.clone(), expected).await?;
        let version = station.version;
        Ok(Answer::ok(StationView::new(station)).version(version))
    };
    write.run(&db, &details, made).await
}
