use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use crate::queries::locked_rule;
use crate::schema::rules;
use crate::{CleaningRule, CleaningRuleDetails, HousekeepingError};

/// Changes how a property cleans, from the next planning on.
///
/// # Errors
/// [`HousekeepingError::Stale`] when `expected` is given and not the rule's version; the database failed.
pub async fn put_rule(
    tx: &mut TenantTx,
    property: PropertyId,
    details: &CleaningRuleDetails,
    expected: Option<i32>,
) -> Result<CleaningRule, HousekeepingError> {
    let known = locked_rule(tx, property).await?;
    if expected.is_some_and(|expected| expected != known.version) {
        return Err(HousekeepingError::Stale);
    }
    if known.details == *details {
        return Ok(known);
    }
    Ok(diesel::update(rules::table.find((tx.tenant(), property)))
        .set((details, rules::version.eq(rules::version + 1)))
        .returning(CleaningRule::as_returning())
        .get_result(tx.conn())
        .await?)
}
