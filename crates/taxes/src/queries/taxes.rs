use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, TaxId};

use crate::model::TaxRow;
use crate::schema::taxes;
use crate::{Tax, TaxesError};

/// The taxes of a property, oldest first.
pub async fn taxes(tx: &TenantTx, property: PropertyId) -> Result<Vec<Tax>, TaxesError> {
    let rows: Vec<TaxRow> = taxes::table
        .filter(taxes::tenant_id.eq(tx.tenant()))
        .filter(taxes::property_id.eq(property))
        .order(taxes::id)
        .select(TaxRow::as_select())
        .load(&mut tx.reading())
        .await?;
    Ok(rows
        .into_iter()
        .map(Tax::try_from)
        .collect::<Result<_, _>>()?)
}

/// One tax of a property.
pub async fn tax(
    tx: &mut TenantTx,
    property: PropertyId,
    id: TaxId,
) -> Result<Option<Tax>, TaxesError> {
    let row: Option<TaxRow> = taxes::table
        .filter(taxes::tenant_id.eq(tx.tenant()))
        .filter(taxes::property_id.eq(property))
        .filter(taxes::id.eq(id))
        .select(TaxRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(row.map(Tax::try_from).transpose()?)
}
