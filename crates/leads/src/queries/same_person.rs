use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::LeadError;
use crate::model::{Lead, LeadStatus, NewLead};
use crate::schema::leads;

/// The newest lead that is about the same person as `new`.
pub(crate) async fn same_person(
    tx: &mut TenantTx,
    new: &NewLead,
) -> Result<Option<Lead>, LeadError> {
    // A null on either side equals nothing.
    let same_contact = leads::email
        .eq(new.contact.email())
        .or(leads::phone.eq(new.contact.phone()))
        .assume_not_null();
    let mut candidates = leads::table
        .filter(leads::tenant_id.eq(tx.tenant()))
        .filter(same_contact)
        .order(leads::number.desc())
        .select(Lead::as_select())
        .into_boxed();
    candidates = match new.conversation {
        Some(conversation) => candidates.filter(leads::conversation_id.eq(conversation)),
        None => candidates.filter(leads::status.eq_any(LeadStatus::OPEN)),
    };
    Ok(candidates.first(tx.conn()).await.optional()?)
}
