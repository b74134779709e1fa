use diesel::dsl::now;
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::LeadId;

use crate::LeadError;
use crate::events::LeadCaptured;
use crate::model::{Lead, LeadStatus, NewLead};
use crate::queries::same_person;
use crate::schema::{lead_numbers, leads};

/// A lead as it stands after it was captured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// The lead.
    pub lead: Lead,
    /// False when the person was known already and their lead was brought up to date.
    pub created: bool,
}

/// Takes a lead, or brings the one of the same person up to date: the same e-mail address or phone number in the same
/// conversation; without a conversation, in any lead that is still open. What is not said this time stays.
///
/// Leads of one tenant are taken one after the other: the counter's row is locked until the transaction ends, which is
/// what keeps numbers without gaps and one person from becoming two leads. Keep the transaction short.
///
/// # Errors
/// [`LeadError::NoNumberLeft`] after two thousand million leads.
pub async fn capture(tx: &mut TenantTx, new: &NewLead) -> Result<Captured, LeadError> {
    let last_number = lock_counter(tx).await?;
    let known = same_person(tx, new).await?;
    let created = known.is_none();
    let lead = match known {
        Some(known) => update(tx, known.id, new).await?,
        None => {
            insert(
                tx,
                last_number.checked_add(1).ok_or(LeadError::NoNumberLeft)?,
                new,
            )
            .await?
        }
    };
    let captured = LeadCaptured {
        lead_id: lead.id,
        number: lead.number,
        created,
    };
    motel_jobs::publish(tx, &captured).await?;
    Ok(Captured { lead, created })
}

/// The last number given away; its row is made with the tenant's first lead.
async fn lock_counter(tx: &mut TenantTx) -> Result<i32, LeadError> {
    let first = (
        lead_numbers::tenant_id.eq(tx.tenant()),
        lead_numbers::last_number.eq(0),
    );
    let last = diesel::insert_into(lead_numbers::table)
        .values(first)
        .on_conflict(lead_numbers::tenant_id)
        .do_update()
        // Changes nothing but takes the lock, also when another transaction has just made the row.
        .set(lead_numbers::tenant_id.eq(excluded(lead_numbers::tenant_id)))
        .returning(lead_numbers::last_number)
        .get_result(tx.conn())
        .await?;
    Ok(last)
}

async fn insert(tx: &mut TenantTx, number: i32, new: &NewLead) -> Result<Lead, LeadError> {
    diesel::update(lead_numbers::table.find(tx.tenant()))
        .set(lead_numbers::last_number.eq(number))
        .execute(tx.conn())
        .await?;
    let row = (
        leads::tenant_id.eq(tx.tenant()),
        leads::id.eq(LeadId::new()),
        leads::number.eq(number),
        leads::given_name.eq(new.name.given()),
        leads::family_name.eq(new.name.family()),
        leads::email.eq(new.contact.email()),
        leads::phone.eq(new.contact.phone()),
        leads::check_in.eq(new.wanted.check_in()),
        leads::check_out.eq(new.wanted.check_out()),
        leads::adults.eq(new.party.map(|party| i16::from(party.adults()))),
        leads::children.eq(new.party.map(|party| i16::from(party.children()))),
        leads::source.eq(&new.source),
        leads::notes.eq(new.notes.as_str()),
        leads::status.eq(LeadStatus::New),
        leads::conversation_id.eq(new.conversation),
    );
    let lead = diesel::insert_into(leads::table)
        .values(row)
        .returning(Lead::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(lead)
}

async fn update(tx: &mut TenantTx, known: LeadId, new: &NewLead) -> Result<Lead, LeadError> {
    // `None` leaves a column as it is. Dates go together: a new arrival and an old departure are no stay.
    let wanted = new.wanted.check_in().or(new.wanted.check_out()).map(|_| {
        (
            leads::check_in.eq(new.wanted.check_in()),
            leads::check_out.eq(new.wanted.check_out()),
        )
    });
    let party = new.party.map(|party| {
        (
            leads::adults.eq(i16::from(party.adults())),
            leads::children.eq(i16::from(party.children())),
        )
    });
    let notes = Some(new.notes.as_str()).filter(|notes| !notes.is_empty());
    let lead = diesel::update(leads::table.find((tx.tenant(), known)))
        .set((
            leads::given_name.eq(new.name.given()),
            leads::family_name.eq(new.name.family()),
            new.contact.email().map(|email| leads::email.eq(email)),
            new.contact.phone().map(|phone| leads::phone.eq(phone)),
            wanted,
            party,
            notes.map(|notes| leads::notes.eq(notes)),
            leads::updated_at.eq(now),
        ))
        .returning(Lead::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(lead)
}
