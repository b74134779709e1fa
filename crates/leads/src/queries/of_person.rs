use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Email, Phone};

use crate::LeadError;
use crate::model::Lead;
use crate::schema::leads;

/// The leads somebody left, the oldest first: by one of their addresses, or by one of their numbers where no address was
/// left. A number alone may be a family's, so a lead with somebody else's address is not theirs.
///
/// # Errors
/// A database fault.
pub async fn of_person(
    tx: &mut TenantTx,
    emails: &[Email],
    phones: &[Phone],
) -> Result<Vec<Lead>, LeadError> {
    let by_number = leads::email.is_null().and(leads::phone.eq_any(phones));
    let theirs = leads::email.eq_any(emails).or(by_number).assume_not_null();
    let found = leads::table
        .filter(leads::tenant_id.eq(tx.tenant()))
        .filter(theirs)
        .order(leads::number)
        .select(Lead::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}
