use diesel::dsl::{now, sql};
use diesel::prelude::*;
use diesel::sql_types::Integer;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use motel_db::{Standing, TenantTx};
use motel_kernel::GuestId;

use crate::schema::guests;
use crate::{Guest, GuestDetails, GuestsError};

/// The guest with that e-mail address, made now if there is none. Name and telephone number become what was said last;
/// a number that is not given this time stays. Where the address is that of a guest who was merged into another, the
/// answer has the other's id, with what was said now.
///
/// One statement, so that two first bookings at the same moment make one guest.
pub async fn upsert(tx: &mut TenantTx, details: &GuestDetails) -> Result<Guest, GuestsError> {
    let phone = details.phone.as_ref();
    let upserted = diesel::insert_into(guests::table)
        .values((
            guests::tenant_id.eq(tx.tenant()),
            guests::id.eq(GuestId::new()),
            guests::full_name.eq(&details.name),
            guests::email.eq(&details.email),
            guests::phone.eq(phone),
        ))
        .on_conflict((guests::tenant_id, guests::email))
        .do_update()
        .set((
            guests::full_name.eq(excluded(guests::full_name)),
            phone.map(|phone| guests::phone.eq(phone)),
            guests::updated_at.eq(now),
            guests::version.eq(sql::<Integer>(NEXT_VERSION)),
        ))
        .returning(Guest::as_returning());
    let mut guest: Guest = Standing(upserted).get_result(tx.conn()).await?;
    if let Some(survivor) = guest.merged_into {
        guest.id = survivor;
    }
    Ok(guest)
}

/// One on where something is said anew, so that staff who look at a profile need not look again for nothing.
const NEXT_VERSION: &str = "guests.version + (guests.full_name <> excluded.full_name \
    OR excluded.phone IS NOT NULL AND excluded.phone IS DISTINCT FROM guests.phone)::integer";
