use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::GuestId;

use super::Occasion;
use super::locked::locked;
use super::record::record;
use crate::schema::guests;
use crate::{Guest, GuestEventKind, GuestsError, Profile, rules};

/// Gives a guest this profile, and notes which fields that changed. Where it changes none, nothing happens.
///
/// # Errors
/// [`GuestsError::NotFound`], [`GuestsError::Erased`]; [`GuestsError::Stale`] when `expected` is given and not the guest's
/// version.
pub async fn change(
    tx: &mut TenantTx,
    id: GuestId,
    profile: &Profile,
    expected: Option<i32>,
    occasion: Occasion,
) -> Result<Guest, GuestsError> {
    let guest = locked(tx, id, expected).await?;
    let fields = rules::changed_fields(&guest.profile(), profile);
    if fields.is_empty() {
        return Ok(guest);
    }
    let changed = write(tx, guest.id, profile, occasion).await?;
    let kind = GuestEventKind::Changed;
    record(tx, guest.id, kind, &fields, None, occasion).await?;
    Ok(changed)
}

/// Writes a profile, one version on.
pub(super) async fn write(
    tx: &mut TenantTx,
    id: GuestId,
    profile: &Profile,
    occasion: Occasion,
) -> Result<Guest, GuestsError> {
    let written = diesel::update(guests::table.find((tx.tenant(), id)))
        .set((
            guests::full_name.eq(&profile.name),
            guests::phone.eq(&profile.phone),
            guests::language.eq(&profile.language),
            guests::country.eq(&profile.country),
            guests::vip_level.eq(profile.vip_level),
            guests::preferences.eq(&profile.preferences),
            guests::updated_at.eq(occasion.now),
            guests::version.eq(guests::version + 1),
        ))
        .returning(Guest::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(written)
}
