use diesel::dsl::now;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Email, LeadId, PersonName, Phone};

use crate::LeadError;
use crate::schema::leads;

/// Overwrites who these leads were: name, address, number and what they said. How far they came stays.
///
/// # Errors
/// A database fault.
pub async fn forget(
    tx: &mut TenantTx,
    ids: &[LeadId],
    name: &PersonName,
    email: &Email,
) -> Result<(), LeadError> {
    diesel::update(leads::table.filter(leads::tenant_id.eq(tx.tenant())))
        .filter(leads::id.eq_any(ids))
        .set((
            leads::given_name.eq(name.given()),
            leads::family_name.eq(name.family()),
            leads::email.eq(email),
            leads::phone.eq(None::<Phone>),
            leads::notes.eq(""),
            leads::updated_at.eq(now),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
