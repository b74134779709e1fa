use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::model::AdjustmentRow;
use crate::schema::adjustments;
use crate::{Adjustment, PlansError};

/// Puts an amount on the next statement, once for each source; nothing for nothing.
pub(super) async fn adjust(tx: &mut TenantTx, adjustment: &Adjustment) -> Result<(), PlansError> {
    if adjustment.amount.is_zero() {
        return Ok(());
    }
    diesel::insert_into(adjustments::table)
        .values(AdjustmentRow::new(tx.tenant(), adjustment))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(())
}
