use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as SqlError};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ServiceId;
use motel_tenancy::Property;

use super::check_version;
use crate::model::ServiceRow;
use crate::rules::check_service;
use crate::schema::services;
use crate::{AppointmentError, Put, Service, ServiceDetails, queries};

/// Makes the service a property calls `details.code` be as described.
pub async fn put_service(
    tx: &mut TenantTx,
    property: &Property,
    details: ServiceDetails,
) -> Result<Put<Service>, AppointmentError> {
    let found = queries::service_by_code(tx, property.id, &details.code).await?;
    let row = match found {
        Some(row) if row.details == details && row.currency == property.currency => {
            return Ok(Put {
                row,
                changed: false,
            });
        }
        Some(row) => change_service(tx, property, row.id, details, row.version).await?,
        None => create_service(tx, property, details).await?,
    };
    Ok(Put { row, changed: true })
}

/// Puts a new service on the books.
pub async fn create_service(
    tx: &mut TenantTx,
    property: &Property,
    details: ServiceDetails,
) -> Result<Service, AppointmentError> {
    check_service(&details)?;
    let service = Service {
        id: ServiceId::new(),
        property: property.id,
        currency: property.currency,
        details,
        version: 1,
    };
    let code = service.details.code.clone();
    let row = ServiceRow::of(service.clone())?;
    diesel::insert_into(services::table)
        .values((services::tenant_id.eq(tx.tenant()), row))
        .execute(tx.conn())
        .await
        .map_err(|error| taken(error, code))?;
    Ok(service)
}

/// Changes a service that is at version `expected`. What was booked before keeps its time, price and fees.
pub async fn change_service(
    tx: &mut TenantTx,
    property: &Property,
    id: ServiceId,
    details: ServiceDetails,
    expected: i32,
) -> Result<Service, AppointmentError> {
    check_service(&details)?;
    let code = details.code.clone();
    let row = ServiceRow::of(Service {
        id,
        property: property.id,
        currency: property.currency,
        details,
        version: expected.saturating_add(1),
    })?;
    let theirs = services::table.find((tx.tenant(), id));
    let changed = diesel::update(theirs.filter(services::version.eq(expected)))
        .set(row)
        .execute(tx.conn())
        .await
        .map_err(|error| taken(error, code))?;
    let now = queries::service(tx, id).await?;
    if changed == 0 {
        check_version(Some(expected), now.version)?;
    }
    Ok(now)
}

/// Says that the code is taken where that is what the database objects to.
pub(super) fn taken(error: SqlError, code: String) -> AppointmentError {
    match error {
        SqlError::DatabaseError(DatabaseErrorKind::UniqueViolation, ref info)
            if matches!(
                info.constraint_name(),
                Some("services_code_is_unique" | "stations_code_is_unique")
            ) =>
        {
            AppointmentError::CodeTaken(code)
        }
        other => other.into(),
    }
}
