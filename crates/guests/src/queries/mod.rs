//! Reading guests.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Email, GuestId};

use crate::schema::guests;
use crate::{Guest, GuestsError};

/// The guest with that id.
pub async fn find(tx: &mut TenantTx, id: GuestId) -> Result<Option<Guest>, GuestsError> {
    let found = guests::table
        .find((tx.tenant(), id))
        .select(Guest::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found)
}

/// The guests with these ids, in no particular order; ids nobody has are skipped.
pub async fn find_many(tx: &mut TenantTx, ids: &[GuestId]) -> Result<Vec<Guest>, GuestsError> {
    let found = guests::table
        .filter(guests::tenant_id.eq(tx.tenant()))
        .filter(guests::id.eq_any(ids))
        .select(Guest::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}

/// The guest with that e-mail address.
pub async fn find_by_email(tx: &mut TenantTx, email: &Email) -> Result<Option<Guest>, GuestsError> {
    let found = guests::table
        .filter(guests::tenant_id.eq(tx.tenant()))
        .filter(guests::email.eq(email))
        .select(Guest::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found)
}
