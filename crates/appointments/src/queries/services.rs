use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, ServiceId};

use crate::model::ServiceRow;
use crate::schema::services;
use crate::{AppointmentError, Service};

/// The most services one list answers.
const LONGEST_LIST: i64 = 500;

/// One service by its id.
pub async fn service(tx: &mut TenantTx, id: ServiceId) -> Result<Service, AppointmentError> {
    let row: Option<ServiceRow> = services::table
        .find((tx.tenant(), id))
        .select(ServiceRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.ok_or(AppointmentError::NotFound("service"))?
        .into_service()
}

/// The service a property calls `code`, whether it can be booked or not.
pub async fn service_by_code(
    tx: &mut TenantTx,
    property: PropertyId,
    code: &str,
) -> Result<Option<Service>, AppointmentError> {
    let row: Option<ServiceRow> = services::table
        .filter(services::tenant_id.eq(tx.tenant()))
        .filter(services::property_id.eq(property))
        .filter(services::code.eq(code))
        .select(ServiceRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(ServiceRow::into_service).transpose()
}

/// The services of a property in their order; those that can be booked only, unless `all`.
pub async fn services(
    tx: &mut TenantTx,
    property: PropertyId,
    all: bool,
) -> Result<Vec<Service>, AppointmentError> {
    let shown: &[bool] = if all { &[true, false] } else { &[true] };
    let rows: Vec<ServiceRow> = services::table
        .filter(services::tenant_id.eq(tx.tenant()))
        .filter(services::property_id.eq(property))
        .filter(services::active.eq_any(shown))
        .order((services::sort, services::code))
        .limit(LONGEST_LIST)
        .select(ServiceRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter().map(ServiceRow::into_service).collect()
}
