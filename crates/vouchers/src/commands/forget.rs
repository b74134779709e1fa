use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Email;

use crate::VoucherError;
use crate::schema::gift_cards as table;

/// Overwrites for good who bought gift cards and whom they are for, where that is somebody with one of these addresses. The
/// cards stay what they are worth.
pub async fn forget(tx: &mut TenantTx, emails: &[Email]) -> Result<(), VoucherError> {
    let tenant = tx.tenant();
    let bought = table::table
        .filter(table::tenant_id.eq(tenant))
        .filter(table::buyer_email.eq_any(emails));
    diesel::update(bought)
        .set((
            table::buyer_email.eq(None::<Email>),
            table::message.eq(None::<String>),
        ))
        .execute(tx.conn())
        .await?;
    let given = table::table
        .filter(table::tenant_id.eq(tenant))
        .filter(table::recipient_email.eq_any(emails));
    diesel::update(given)
        .set((
            table::recipient_email.eq(None::<Email>),
            table::recipient_name.eq(None::<String>),
            table::message.eq(None::<String>),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
