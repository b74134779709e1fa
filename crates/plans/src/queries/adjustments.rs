use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::model::AdjustmentRow;
use crate::schema::adjustments;
use crate::{Adjustment, PlansError};

/// What the next statement of the tenant will take.
///
/// # Errors
/// The database failed.
pub async fn open_adjustments(tx: &mut TenantTx) -> Result<Vec<Adjustment>, PlansError> {
    let rows: Vec<AdjustmentRow> = adjustments::table
        .filter(adjustments::tenant_id.eq(tx.tenant()))
        .filter(adjustments::statement_id.is_null())
        .order(adjustments::source)
        .select(AdjustmentRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter().map(Adjustment::try_from).collect()
}
