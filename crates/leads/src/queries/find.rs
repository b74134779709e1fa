use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::LeadError;
use crate::model::{Lead, LeadNumber};
use crate::schema::leads;

/// The lead of that number, if the tenant has one.
///
/// # Errors
/// A database fault.
pub async fn find(tx: &mut TenantTx, number: LeadNumber) -> Result<Option<Lead>, LeadError> {
    let lead = leads::table
        .filter(leads::tenant_id.eq(tx.tenant()))
        .filter(leads::number.eq(number))
        .select(Lead::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(lead)
}
