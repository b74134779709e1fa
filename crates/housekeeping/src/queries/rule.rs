use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use crate::schema::rules;
use crate::{CleaningRule, HousekeepingError};

/// How a property cleans; the usual way is written down the first time it is asked for.
///
/// # Errors
/// The database failed.
pub async fn rule(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<CleaningRule, HousekeepingError> {
    ensure(tx, property).await?;
    Ok(rules::table
        .find((tx.tenant(), property))
        .select(CleaningRule::as_select())
        .first(tx.conn())
        .await?)
}

/// The same, held until the end of the transaction: who plans or changes the rule comes one after the other.
pub(crate) async fn locked_rule(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<CleaningRule, HousekeepingError> {
    ensure(tx, property).await?;
    Ok(rules::table
        .find((tx.tenant(), property))
        .select(CleaningRule::as_select())
        .for_update()
        .first(tx.conn())
        .await?)
}

async fn ensure(tx: &mut TenantTx, property: PropertyId) -> Result<(), HousekeepingError> {
    let usual = (
        rules::tenant_id.eq(tx.tenant()),
        rules::property_id.eq(property),
    );
    diesel::insert_into(rules::table)
        .values(usual)
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(())
}
