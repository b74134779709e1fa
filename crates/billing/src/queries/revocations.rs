use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PaymentLinkId;

use crate::BillingError;
use crate::schema::revocations as table;

/// Why a payment link was withdrawn by staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// In their words.
    pub reason: String,
    /// When.
    pub revoked_at: DateTime<Utc>,
}

/// Those of these links that staff withdrew.
///
/// # Errors
/// The database failed.
pub async fn revocations(
    tx: &mut TenantTx,
    links: &[PaymentLinkId],
) -> Result<HashMap<PaymentLinkId, Revocation>, BillingError> {
    let rows: Vec<(PaymentLinkId, String, DateTime<Utc>)> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::link_id.eq_any(links))
        .select((table::link_id, table::reason, table::revoked_at))
        .load(tx.conn())
        .await?;
    let told = |(link, reason, revoked_at)| (link, Revocation { reason, revoked_at });
    Ok(rows.into_iter().map(told).collect())
}
