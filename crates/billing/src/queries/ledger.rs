use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{FolioId, Money, PropertyId, SystemClock};

use crate::schema::entry_lines;
use crate::{BillingError, Folio};

/// What each folio comes to by the ledger.
pub(crate) async fn folio_sums(
    tx: &mut TenantTx,
    folios: &[&Folio],
) -> Result<BTreeMap<FolioId, Money>, BillingError> {
    let ids: Vec<FolioId> = folios.iter().map(|folio| folio.id).collect();
    let sums: Vec<(Option<FolioId>, i64)> = entry_lines::table
        .filter(entry_lines::tenant_id.eq(tx.tenant()))
        .filter(entry_lines::folio_id.eq_any(ids))
        .group_by(entry_lines::folio_id)
        .select((
            entry_lines::folio_id,
            sql::<BigInt>("sum(amount_minor)::bigint"),
        ))
        .load(tx.conn())
        .await?;
    let sum = |folio: &Folio| {
        let found = sums.iter().find(|(id, _)| *id == Some(folio.id));
        Money::new(found.map_or(0, |(_, sum)| *sum), folio.currency)
    };
    Ok(folios.iter().map(|folio| (folio.id, sum(folio))).collect())
}

/// The day a property works on, by its own clock.
pub(crate) async fn business_date(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<NaiveDate, BillingError> {
    let found = motel_tenancy::queries::property(tx, property).await;
    let property = found
        .map_err(BillingError::unreadable)?
        .ok_or(BillingError::NotFound("property"))?;
    let now = property.now(&SystemClock);
    Ok(motel_bookings::queries::business_date(tx, &property, now).await?)
}
