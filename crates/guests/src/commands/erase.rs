use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{GuestId, Phone};

use super::Occasion;
use super::locked::{hold, locked};
use super::record::record;
use crate::schema::{consents, documents, guests, notes};
use crate::{
    Country, Guest, GuestEventKind, GuestsError, Keepers, Language, Person, StandIn, queries,
};

/// Overwrites everything that tells who a guest was, here and with every keeper. Their row stays, so that bookings and
/// folios stay whole; it says only that there was somebody. There is no way back.
///
/// # Errors
/// [`GuestsError::InTheWay`] while a keeper has to know them; [`GuestsError::NotFound`], [`GuestsError::Erased`];
/// [`GuestsError::Stale`] when `expected` is given and not their version.
pub async fn erase(
    tx: &mut TenantTx,
    keepers: &Keepers,
    guest: GuestId,
    expected: Option<i32>,
    occasion: Occasion,
) -> Result<Guest, GuestsError> {
    let guest = locked(tx, guest, expected).await?;
    let person = queries::person(tx, &guest).await?;
    for alias in person.ids.iter().filter(|id| **id != guest.id) {
        hold(tx, *alias).await?;
    }
    keepers.check_erasure(tx, &person).await?;
    let stand_in = StandIn::new();
    keepers.forget(tx, &person, &stand_in, occasion.now).await?;
    forget_rows(tx, &person).await?;
    for alias in person.ids.iter().filter(|id| **id != guest.id) {
        overwrite(tx, *alias, &StandIn::new(), occasion).await?;
    }
    let erased = overwrite(tx, guest.id, &stand_in, occasion).await?;
    let kind = GuestEventKind::Erased;
    record(tx, guest.id, kind, &[], None, occasion).await?;
    Ok(erased)
}

async fn overwrite(
    tx: &mut TenantTx,
    id: GuestId,
    stand_in: &StandIn,
    occasion: Occasion,
) -> Result<Guest, GuestsError> {
    let erased = diesel::update(guests::table.find((tx.tenant(), id)))
        .set((
            guests::full_name.eq(&stand_in.name),
            guests::email.eq(&stand_in.email),
            guests::phone.eq(None::<Phone>),
            guests::language.eq(None::<Language>),
            guests::country.eq(None::<Country>),
            guests::vip_level.eq(0),
            guests::preferences.eq(Vec::<String>::new()),
            guests::erased_at.eq(occasion.now),
            guests::updated_at.eq(occasion.now),
            guests::version.eq(guests::version + 1),
        ))
        .returning(Guest::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(erased)
}

async fn forget_rows(tx: &mut TenantTx, person: &Person) -> Result<(), GuestsError> {
    let tenant = tx.tenant();
    diesel::delete(notes::table.filter(notes::tenant_id.eq(tenant)))
        .filter(notes::guest_id.eq_any(&person.ids))
        .execute(tx.conn())
        .await?;
    diesel::delete(consents::table.filter(consents::tenant_id.eq(tenant)))
        .filter(consents::guest_id.eq_any(&person.ids))
        .execute(tx.conn())
        .await?;
    diesel::delete(documents::table.filter(documents::tenant_id.eq(tenant)))
        .filter(documents::guest_id.eq_any(&person.ids))
        .execute(tx.conn())
        .await?;
    Ok(())
}
