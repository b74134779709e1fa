//! Who keeps something on guests, and so follows when one is merged, exported or erased.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use motel_appointments::GuestAppointments;
use motel_billing::KeptCard;
use motel_bookings::GuestBookings;
use motel_conversations::Turn;
use motel_db::TenantTx;
use motel_guests::{Keeper, KeeperFault, Keepers, Person, StandIn};
use motel_kernel::{ConversationId, Email, GuestId, LeadId};
use motel_leads::Lead;
use serde_json::{Value, json};

/// All of them.
pub(super) fn keepers() -> Keepers {
    Keepers::none()
        .and(GuestBookings)
        .and(GuestAppointments)
        .and(Paper)
        .and(Cards)
        .and(GiftCards)
        .and(Inquiries)
        .and(Copies)
}

/// Invoices, receipts and credit notes. Tax law keeps them as they were issued, so an erasure leaves them alone.
struct Paper;

#[async_trait]
impl Keeper for Paper {
    fn name(&self) -> &'static str {
        "invoices"
    }

    async fn kept(&self, tx: &mut TenantTx, person: &Person) -> Result<Value, KeeperFault> {
        let mut found = Vec::new();
        for booking in motel_bookings::queries::bookings_of(tx, &person.ids).await? {
            for folio in motel_billing::queries::folios(tx, booking.id).await? {
                found.extend(motel_invoices::queries::of_folio(tx, folio.id).await?);
            }
        }
        let found = found.iter().map(|invoice| json!(invoice.snapshot));
        Ok(found.collect())
    }

    async fn forget(
        &self,
        _: &mut TenantTx,
        _: &Person,
        _: &StandIn,
        _: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        Ok(())
    }
}

/// Cards that guests left for what is left to pay. Who is erased leaves none.
struct Cards;

#[async_trait]
impl Keeper for Cards {
    fn name(&self) -> &'static str {
        "cards"
    }

    async fn kept(&self, tx: &mut TenantTx, person: &Person) -> Result<Value, KeeperFault> {
        let cards = cards_of(tx, person).await?;
        Ok(cards.iter().map(card).collect())
    }

    async fn forget(
        &self,
        tx: &mut TenantTx,
        person: &Person,
        _: &StandIn,
        now: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        for card in cards_of(tx, person).await? {
            motel_billing::commands::remove_card(tx, card.id, now).await?;
        }
        Ok(())
    }
}

async fn cards_of(tx: &mut TenantTx, person: &Person) -> Result<Vec<KeptCard>, KeeperFault> {
    let mut found = Vec::new();
    for booking in motel_bookings::queries::bookings_of(tx, &person.ids).await? {
        found.extend(motel_billing::queries::cards(tx, booking.id).await?);
    }
    Ok(found)
}

fn card(kept: &KeptCard) -> Value {
    json!({
        "gateway": kept.gateway.as_str(),
        "brand": kept.card.brand,
        "last_four": kept.card.last_four,
        "consent": kept.consent.version,
        "consented_at": kept.consent.at,
        "removed_at": kept.removed_at,
    })
}

/// Gift cards they bought or were given. What a card is worth stays.
struct GiftCards;

#[async_trait]
impl Keeper for GiftCards {
    fn name(&self) -> &'static str {
        "gift_cards"
    }

    async fn kept(&self, tx: &mut TenantTx, person: &Person) -> Result<Value, KeeperFault> {
        let found = motel_vouchers::queries::gift_cards_of(tx, &person.emails).await?;
        let theirs =
            |email: &Option<Email>| email.as_ref().is_some_and(|it| person.emails.contains(it));
        // The other one's address is not theirs to read.
        let found = found.iter().map(|card| {
            json!({
                "bought": theirs(&card.buyer_email),
                "given": theirs(&card.recipient.email),
                "last_four": card.last_four,
                "balance": card.balance,
                "recipient_name": card.recipient.name,
                "message": card.recipient.message,
                "issued_at": card.issued_at,
            })
        });
        Ok(found.collect())
    }

    async fn forget(
        &self,
        tx: &mut TenantTx,
        person: &Person,
        _: &StandIn,
        _: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        motel_vouchers::commands::forget(tx, &person.emails).await?;
        Ok(())
    }
}

/// What guests asked and said before they booked: leads, conversations, calls. Those crates do not know guests.
struct Inquiries;

#[async_trait]
impl Keeper for Inquiries {
    fn name(&self) -> &'static str {
        "inquiries"
    }

    async fn follow(
        &self,
        tx: &mut TenantTx,
        merged: GuestId,
        survivor: GuestId,
        _: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        motel_conversations::commands::follow_guest(tx, merged, survivor).await?;
        Ok(())
    }

    async fn kept(&self, tx: &mut TenantTx, person: &Person) -> Result<Value, KeeperFault> {
        let leads = motel_leads::queries::of_person(tx, &person.emails, &person.phones).await?;
        let mut conversations = Vec::new();
        for id in conversations_of(tx, person, &leads).await? {
            let turns = motel_conversations::queries::transcript(tx, id).await?;
            let turns: Vec<Value> = turns.iter().map(said).collect();
            let handed_over = motel_conversations::queries::hand_overs(tx, id).await?;
            let told = handed_over
                .iter()
                .map(|it| json!({ "reason": it.reason, "summary": it.summary }));
            let told: Vec<Value> = told.collect();
            conversations.push(json!({ "id": id, "turns": turns, "handed_over": told }));
        }
        let leads: Vec<Value> = leads.iter().map(left).collect();
        Ok(json!({ "leads": leads, "conversations": conversations }))
    }

    async fn forget(
        &self,
        tx: &mut TenantTx,
        person: &Person,
        stand_in: &StandIn,
        _: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        let leads = motel_leads::queries::of_person(tx, &person.emails, &person.phones).await?;
        let conversations = conversations_of(tx, person, &leads).await?;
        motel_conversations::commands::forget(tx, &conversations).await?;
        motel_shadow::commands::forget(tx, &conversations).await?;
        motel_voice::commands::forget(tx, &conversations).await?;
        let leads: Vec<LeadId> = leads.iter().map(|lead| lead.id).collect();
        motel_leads::commands::forget(tx, &leads, &stand_in.name, &stand_in.email).await?;
        Ok(())
    }
}

/// Those in which they booked, left a lead, or called from their number.
async fn conversations_of(
    tx: &mut TenantTx,
    person: &Person,
    leads: &[Lead],
) -> Result<Vec<ConversationId>, KeeperFault> {
    let mut ids = motel_conversations::queries::of_guests(tx, &person.ids).await?;
    ids.extend(leads.iter().filter_map(|lead| lead.conversation_id));
    ids.extend(motel_voice::queries::called_from(tx, &person.phones).await?);
    ids.sort();
    ids.dedup();
    Ok(ids)
}

fn left(lead: &Lead) -> Value {
    json!({
        "number": lead.number.to_string(),
        "name": lead.full_name(),
        "email": lead.email,
        "phone": lead.phone,
        "check_in": lead.check_in,
        "check_out": lead.check_out,
        "adults": lead.adults,
        "children": lead.children,
        "notes": lead.notes,
        "status": lead.status,
        "created_at": lead.created_at,
    })
}

fn said(turn: &Turn) -> Value {
    json!({ "speaker": turn.speaker, "text": turn.text, "at": turn.created_at })
}

/// What is written down a second time: events in the outbox, and answers kept to be given again. Nothing stands there that
/// is not kept elsewhere, so there is nothing to give out.
struct Copies;

#[async_trait]
impl Keeper for Copies {
    fn name(&self) -> &'static str {
        "copies"
    }

    async fn forget(
        &self,
        tx: &mut TenantTx,
        person: &Person,
        stand_in: &StandIn,
        _: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        for email in &person.emails {
            motel_jobs::reword(tx, email.as_str(), stand_in.email.as_str()).await?;
        }
        let ids = person.ids.iter().map(GuestId::to_string);
        let emails = person.emails.iter().map(|email| email.as_str().to_owned());
        let words: Vec<String> = ids.chain(emails).collect();
        motel_tenancy::commands::forget_answers(tx, &words).await?;
        Ok(())
    }
}
