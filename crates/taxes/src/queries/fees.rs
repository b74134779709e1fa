use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{FeeId, PropertyId};

use crate::model::FeeRow;
use crate::schema::fees;
use crate::{Fee, TaxesError};

/// The fees of a property, oldest first.
pub async fn fees(tx: &TenantTx, property: PropertyId) -> Result<Vec<Fee>, TaxesError> {
    let rows: Vec<FeeRow> = fees::table
        .filter(fees::tenant_id.eq(tx.tenant()))
        .filter(fees::property_id.eq(property))
        .order(fees::id)
        .select(FeeRow::as_select())
        .load(&mut tx.reading())
        .await?;
    Ok(rows
        .into_iter()
        .map(Fee::try_from)
        .collect::<Result<_, _>>()?)
}

/// One fee of a property.
pub async fn fee(
    tx: &mut TenantTx,
    property: PropertyId,
    id: FeeId,
) -> Result<Option<Fee>, TaxesError> {
    let row: Option<FeeRow> = fees::table
        .filter(fees::tenant_id.eq(tx.tenant()))
        .filter(fees::property_id.eq(property))
        .filter(fees::id.eq(id))
        .select(FeeRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(row.map(Fee::try_from).transpose()?)
}
