use actix_web::{HttpResponse, get, post, put, web};
use motel_db::{Db, TenantTx};
use motel_kernel::ServiceId;
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson, etag};
use serde::Serialize;
use utoipa::ToSchema;

use super::id_in;
use crate::commands::{change_service, create_service};
use crate::rules::check_service;
use crate::{AppointmentError, Service, ServiceDetails, queries};

/// A service as staff see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceView {
    #[schema(value_type = Uuid)]
    id: ServiceId,
    /// ISO 4217: what its amounts are minor units of.
    currency: &'static str,
    details: ServiceDetails,
    /// Grows by one with every change; the `ETag`.
    version: i32,
}

impl ServiceView {
    fn new(service: Service) -> Self {
        Self {
            id: service.id,
            currency: service.currency.code(),
            details: service.details,
            version: service.version,
        }
    }
}

/// A service that makes sense.
pub(crate) struct ServiceInput(ServiceDetails);

impl Input for ServiceInput {
    type Raw = ServiceDetails;

    fn parse(raw: ServiceDetails) -> Result<Self, FieldErrors> {
        match check_service(&raw) {
            Ok(()) => Ok(Self(raw)),
            Err(error) => Err(refused(error)),
        }
    }
}

pub(super) fn refused(error: AppointmentError) -> FieldErrors {
    let mut errors = FieldErrors::new();
    match error {
        AppointmentError::Invalid(fields) => {
            for (field, reason) in fields {
                errors.push(field, reason);
            }
        }
        other => errors.push("body", other),
    }
    errors
}

/// Lists services in their order, also those that can't be booked now.
#[utoipa::path(
    tag = "services",
    operation_id = "list_services",
    responses((status = 200, description = "All services", body = Vec<ServiceView>))
)]
#[get("/services")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadServices>,
    db: web::Data<Db>,
) -> Result<web::Json<Vec<ServiceView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let services = queries::services(&mut tx, access.property.id, true).await?;
    Ok(web::Json(
        services.into_iter().map(ServiceView::new).collect(),
    ))
}

/// Puts a new service on the books.
#[utoipa::path(
    tag = "services",
    operation_id = "create_service",
    params(WriteParams),
    request_body = ServiceDetails,
    responses(
        (status = 201, description = "It is there", body = ServiceView),
        (status = 200, description = "Tried, or answered before", body = ServiceView),
        (status = 409, description = "`code_taken`"),
    )
)]
#[post("/services")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteServices>,
    db: web::Data<Db>,
    ValidJson(ServiceInput(details)): ValidJson<ServiceInput>,
) -> Result<HttpResponse, Problem> {
    let made = async |tx: &mut TenantTx| {
        let service = create_service(tx, &write.property, details.clone()).await?;
        let (id, version) = (service.id, service.version);
        Ok(Answer::created(ServiceView::new(service))
            .version(version)
            .location(format!("/api/v1/services/{id}")))
    };
    write.run(&db, &details, made).await
}

/// Shows a service; the `ETag` is what a change of it has to send as `If-Match`.
#[utoipa::path(
    tag = "services",
    operation_id = "show_service",
    params(("id" = Uuid, Path, description = "Which service")),
    responses((status = 200, description = "The service", body = ServiceView))
)]
#[get("/services/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadServices>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id_in(&path, "service")?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let service = queries::service(&mut tx, id).await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(service.version))
        .json(ServiceView::new(service)))
}

/// Changes a service as a whole. What was booked before keeps its time, price and fees.
#[utoipa::path(
    tag = "services",
    operation_id = "change_service",
    params(("id" = Uuid, Path, description = "Which service"), VersionedWriteParams),
    request_body = ServiceDetails,
    responses(
        (status = 200, description = "As it is now", body = ServiceView),
        (status = 409, description = "`code_taken`"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/services/{id}")]
pub(crate) async fn change(
    write: StaffWrite<may::WriteServices>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(ServiceInput(details)): ValidJson<ServiceInput>,
) -> Result<HttpResponse, Problem> {
    let id = id_in(&path, "service")?;
    let expected = write.require_version()?;
    let made = async |tx: &mut TenantTx| {
        let service = change_service(tx, &write.property, id, details.clone(), expected).await?;
        let version = service.version;
        Ok(Answer::ok(ServiceView::new(service)).version(version))
    };
    write.run(&db, &details, made).await
}
