use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_tenancy::Property;

use crate::NightAuditError;
use crate::schema::business_dates;

pub(super) async fn advance_business_date(
    tx: &mut TenantTx,
    property: &Property,
    date: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), NightAuditError> {
    diesel::insert_into(business_dates::table)
        .values((
            business_dates::tenant_id.eq(tx.tenant()),
            business_dates::property_id.eq(property.id),
            business_dates::date.eq(date),
            business_dates::advanced_at.eq(now),
        ))
        .on_conflict((business_dates::tenant_id, business_dates::property_id))
        .do_update()
        .set((
            business_dates::date.eq(date),
            business_dates::advanced_at.eq(now),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
