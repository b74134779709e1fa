use diesel::dsl::now;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingId, ConversationId, Email, Phone};

use crate::LeadError;
use crate::model::{Lead, LeadStatus};
use crate::schema::leads;

/// Who booked, and in which conversations the booker is known to have talked to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booker {
    /// What they booked.
    pub booking: BookingId,
    /// The address they booked with.
    pub email: Email,
    /// The number they booked with.
    pub phone: Option<Phone>,
    /// Their conversations.
    pub conversations: Vec<ConversationId>,
}

/// Marks every open lead of who booked as converted: the same e-mail address, phone number or conversation. Doing it
/// twice changes nothing.
///
/// # Errors
/// A database fault.
pub async fn convert(tx: &mut TenantTx, booker: &Booker) -> Result<Vec<Lead>, LeadError> {
    let same_person = leads::email
        .eq(&booker.email)
        .or(leads::phone.eq(&booker.phone))
        .or(leads::conversation_id.eq_any(&booker.conversations))
        .assume_not_null();
    let open = leads::table
        .filter(leads::tenant_id.eq(tx.tenant()))
        .filter(leads::status.eq_any(LeadStatus::OPEN))
        .filter(same_person);
    let converted = diesel::update(open)
        .set((
            leads::status.eq(LeadStatus::Converted),
            leads::booking_id.eq(booker.booking),
            leads::updated_at.eq(now),
        ))
        .returning(Lead::as_returning())
        .get_results(tx.conn())
        .await?;
    Ok(converted)
}
