use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::GuestId;

use super::Occasion;
use super::change::write;
use super::locked::locked;
use super::record::record;
use crate::schema::{consents, documents, guests, notes};
use crate::{Guest, GuestEventKind, GuestsError, Keepers, queries, rules};

/// Makes one guest of two: notes, consents, documents, and what the keepers keep, hang on the survivor afterwards. What
/// the survivor never said is taken from the other. The other's id and address lead to the survivor from now on.
///
/// # Errors
/// [`GuestsError::NotFound`], [`GuestsError::Erased`] of either; [`GuestsError::SameGuest`]; [`GuestsError::Stale`] when
/// `expected` is given and not the survivor's version.
pub async fn merge(
    tx: &mut TenantTx,
    keepers: &Keepers,
    survivor: GuestId,
    merged: GuestId,
    expected: Option<i32>,
    occasion: Occasion,
) -> Result<Guest, GuestsError> {
    let (survivor, merged) = both(tx, survivor, merged).await?;
    if expected.is_some_and(|expected| expected != survivor.version) {
        return Err(GuestsError::Stale);
    }
    let profile = rules::absorb(survivor.profile(), merged.profile());
    become_alias(tx, merged.id, survivor.id, occasion).await?;
    hand_over(tx, merged.id, survivor.id).await?;
    keepers
        .follow(tx, merged.id, survivor.id, occasion.now)
        .await?;
    let fields = rules::changed_fields(&survivor.profile(), &profile);
    let one = write(tx, survivor.id, &profile, occasion).await?;
    let kind = GuestEventKind::Merged;
    record(tx, one.id, kind, &fields, Some(merged.id), occasion).await?;
    Ok(one)
}

/// Both guests, held in the order of their ids, so that two merges of the same two wait for each other.
async fn both(
    tx: &mut TenantTx,
    survivor: GuestId,
    merged: GuestId,
) -> Result<(Guest, Guest), GuestsError> {
    let one = known(tx, survivor).await?;
    let other = known(tx, merged).await?;
    if one == other {
        return Err(GuestsError::SameGuest);
    }
    let first = locked(tx, one.min(other), None).await?;
    let second = locked(tx, one.max(other), None).await?;
    if first.id == second.id {
        // Somebody else merged them meanwhile.
        return Err(GuestsError::SameGuest);
    }
    if one < other {
        Ok((first, second))
    } else {
        Ok((second, first))
    }
}

async fn known(tx: &mut TenantTx, id: GuestId) -> Result<GuestId, GuestsError> {
    let found = queries::find(tx, id).await?;
    Ok(found.ok_or(GuestsError::NotFound("guest"))?.id)
}

/// Whoever was merged into the merged one before leads to the survivor too, so that no path is longer than a step.
async fn become_alias(
    tx: &mut TenantTx,
    merged: GuestId,
    survivor: GuestId,
    occasion: Occasion,
) -> Result<(), GuestsError> {
    let leads_there = guests::id
        .eq(merged)
        .or(guests::merged_into.eq(merged).assume_not_null());
    diesel::update(guests::table.filter(guests::tenant_id.eq(tx.tenant())))
        .filter(leads_there)
        .set((
            guests::merged_into.eq(survivor),
            guests::updated_at.eq(occasion.now),
            guests::version.eq(guests::version + 1),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn hand_over(
    tx: &mut TenantTx,
    merged: GuestId,
    survivor: GuestId,
) -> Result<(), GuestsError> {
    let tenant = tx.tenant();
    diesel::update(notes::table.filter(notes::tenant_id.eq(tenant)))
        .filter(notes::guest_id.eq(merged))
        .set(notes::guest_id.eq(survivor))
        .execute(tx.conn())
        .await?;
    diesel::update(consents::table.filter(consents::tenant_id.eq(tenant)))
        .filter(consents::guest_id.eq(merged))
        .set(consents::guest_id.eq(survivor))
        .execute(tx.conn())
        .await?;
    diesel::update(documents::table.filter(documents::tenant_id.eq(tenant)))
        .filter(documents::guest_id.eq(merged))
        .set(documents::guest_id.eq(survivor))
        .execute(tx.conn())
        .await?;
    Ok(())
}
