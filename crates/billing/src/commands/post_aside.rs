use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::By;
use motel_db::TenantTx;
use motel_kernel::{Money, PropertyId};
use uuid::Uuid;

use super::post::{Occasion, insert_entry};
use crate::schema::entry_lines;
use crate::{BillingError, LedgerAccount};

/// Names an entry of the ledger, for what is kept beside it.
pub type LedgerEntry = Uuid;

/// Posts what concerns no folio: an amount from one account of the house to another. Answers the entry.
///
/// # Errors
/// The database failed, or the amount has no counterpart.
pub async fn post_aside(
    tx: &mut TenantTx,
    property: PropertyId,
    debit: &LedgerAccount,
    credit: &LedgerAccount,
    amount: Money,
    by: By,
) -> Result<LedgerEntry, BillingError> {
    let entry = Uuid::now_v7();
    insert_entry(tx, entry, &Occasion::at(property, by)).await?;
    let tenant = tx.tenant();
    let line = |number: i16, account: &LedgerAccount, amount: Money| {
        (
            entry_lines::tenant_id.eq(tenant),
            entry_lines::entry_id.eq(entry),
            entry_lines::line.eq(number),
            entry_lines::account.eq(account.kind),
            entry_lines::detail.eq(account.detail.clone()),
            entry_lines::amount_minor.eq(amount.minor()),
            entry_lines::currency.eq(amount.currency().code()),
        )
    };
    let lines = vec![line(1, debit, amount), line(2, credit, amount.negated()?)];
    diesel::insert_into(entry_lines::table)
        .values(lines)
        .execute(tx.conn())
        .await?;
    Ok(entry)
}
