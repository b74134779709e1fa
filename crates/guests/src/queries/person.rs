use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::guests;
use crate::{Guest, GuestsError, Person};

/// Everything by which a guest may be known: as they are, and as those that were merged into them.
pub async fn person(tx: &mut TenantTx, guest: &Guest) -> Result<Person, GuestsError> {
    let aliases: Vec<Guest> = guests::table
        .filter(guests::tenant_id.eq(tx.tenant()))
        .filter(guests::merged_into.eq(guest.id))
        .order(guests::id)
        .select(Guest::as_select())
        .load(tx.conn())
        .await?;
    let all = || std::iter::once(guest).chain(&aliases);
    Ok(Person {
        id: guest.id,
        ids: all().map(|it| it.id).collect(),
        emails: all().map(|it| it.email.clone()).collect(),
        phones: all().filter_map(|it| it.phone.clone()).collect(),
    })
}
