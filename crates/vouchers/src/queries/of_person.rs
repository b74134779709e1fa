use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Email;

use super::gift_cards::with_balances;
use crate::model::GiftCardRow;
use crate::schema::gift_cards as table;
use crate::{GiftCard, VoucherError};

/// The gift cards that somebody with one of these addresses bought or was given, the first first.
pub async fn gift_cards_of(
    tx: &mut TenantTx,
    emails: &[Email],
) -> Result<Vec<GiftCard>, VoucherError> {
    let bought = table::buyer_email.eq_any(emails);
    let given = table::recipient_email.eq_any(emails);
    let rows: Vec<GiftCardRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(bought.or(given))
        .order(table::id)
        .select(GiftCardRow::as_select())
        .load(tx.conn())
        .await?;
    with_balances(tx, rows).await
}
