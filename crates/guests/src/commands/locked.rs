use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::GuestId;

use crate::schema::guests;
use crate::{Guest, GuestsError};

/// The guest of that id, held until the transaction ends; a merged one is the one it was merged into.
///
/// # Errors
/// [`GuestsError::NotFound`]; [`GuestsError::Erased`], since nothing more is kept on them; [`GuestsError::Stale`] when
/// `expected` is given and not their version.
pub(super) async fn locked(
    tx: &mut TenantTx,
    id: GuestId,
    expected: Option<i32>,
) -> Result<Guest, GuestsError> {
    let mut guest = hold(tx, id).await?;
    while let Some(survivor) = guest.merged_into {
        guest = hold(tx, survivor).await?;
    }
    if guest.erased_at.is_some() {
        return Err(GuestsError::Erased);
    }
    match expected {
        Some(expected) if expected != guest.version => Err(GuestsError::Stale),
        _ => Ok(guest),
    }
}

/// Whoever books for the guest waits; whoever only points at the row does not.
pub(super) async fn hold(tx: &mut TenantTx, id: GuestId) -> Result<Guest, GuestsError> {
    guests::table
        .find((tx.tenant(), id))
        .select(Guest::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(GuestsError::NotFound("guest"))
}
