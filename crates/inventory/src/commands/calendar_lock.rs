use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use crate::InventoryError;

diesel::define_sql_function! {
    fn pg_advisory_xact_lock(key: BigInt);
}

/// Waits until nobody else changes how many units a property has to sell: opening nights and blocking units take turns,
/// since each must see what the other did on nights that have no counter yet. Comes before every other lock; sales do
/// not take it.
pub async fn lock_calendar(tx: &mut TenantTx, property: PropertyId) -> Result<(), InventoryError> {
    // Half of the id is random enough to tell properties apart; two that share it would only wait for each other.
    let (_, key) = property.as_uuid().as_u64_pair();
    diesel::select(pg_advisory_xact_lock(key.cast_signed()))
        .execute(tx.conn())
        .await?;
    Ok(())
}
