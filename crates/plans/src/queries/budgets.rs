use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::model::money;
use crate::schema::budgets;
use crate::{Budget, PlansError};

/// The owner's budget, if there is one.
///
/// # Errors
/// The database failed.
pub async fn budget(tx: &mut TenantTx) -> Result<Option<Budget>, PlansError> {
    let row: Option<(i64, String, bool, i32)> = budgets::table
        .find(tx.tenant())
        .select((
            budgets::amount_minor,
            budgets::currency,
            budgets::hard_stop,
            budgets::version,
        ))
        .first(tx.conn())
        .await
        .optional()?;
    let budget = row.map(|(minor, currency, hard_stop, version)| {
        Ok(Budget {
            amount: money(minor, &currency)?,
            hard_stop,
            version,
        })
    });
    budget.transpose()
}
