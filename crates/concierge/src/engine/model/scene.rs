use motel_appointments::Service;
use motel_conversations::{Conversation, GuestTurn, ModelUse, Speaker, Turn as SaidTurn};
use motel_credentials::OpenAiAccount;
use motel_db::TenantTx;
use motel_inventory::UnitGroup;
use motel_llm::chat::Message;
use motel_prompts::Prompt;
use serde_json::json;

use super::{ByModel, Fallback, facts, told};
use crate::dialogue::{State, absorb, tone_of};
use crate::engine::hand_over::calls_for_a_person;
use crate::engine::{entities, session_words};
use crate::queries::used_since;
use crate::understanding::{DateFault, Understanding};
use crate::verifier::Sources;

/// What there is to know before a model is asked: read in one transaction, which is over before it is.
pub(super) struct Scene {
    pub(super) conversation: Conversation,
    pub(super) groups: Vec<UnitGroup>,
    pub(super) services: Vec<Service>,
    pub(super) account: OpenAiAccount,
    pub(super) used: ModelUse,
    pub(super) said: Understanding,
    /// What was remembered before this message.
    pub(super) state: State,
    /// The same with this message taken in.
    now: State,
    /// Whether a rule of the house brings in a person on this message.
    pub(super) for_a_person: bool,
    turns: Vec<SaidTurn>,
    /// What the business has models told.
    pub(super) prompt: Prompt,
}

/// How many of the last turns a model is told, and how much of each.
const MOST_TURNS: usize = 24;
const LONGEST: usize = 2_000;

impl Scene {
    pub(super) async fn read(by: &ByModel<'_>, turn: &GuestTurn<'_>) -> Result<Self, Fallback> {
        let mut work = by.stage.open().await.map_err(Fallback::fault)?;
        let scene = Self::look(by, turn, work.tx()).await?;
        work.end().await.map_err(Fallback::fault)?;
        Ok(scene)
    }

    async fn look(
        by: &ByModel<'_>,
        turn: &GuestTurn<'_>,
        tx: &mut TenantTx,
    ) -> Result<Self, Fallback> {
        let (concierge, desk) = (by.concierge, by.desk);
        let account = desk.account(tx).await?;
        let midnight = concierge.midnight(turn);
        let used = used_since(tx, midnight).await.map_err(Fallback::Fault)?;
        let (conversation, turns) = by.stage.look(tx).await.map_err(Fallback::fault)?;
        let groups = motel_inventory::queries::unit_groups(tx, turn.property.id)
            .await
            .map_err(Fallback::fault)?;
        let services = motel_appointments::queries::services(tx, turn.property.id, false)
            .await
            .map_err(Fallback::fault)?;
        let prompt = told::prompt(tx, turn.channel, by.prompt)
            .await
            .map_err(Fallback::fault)?;
        let state = State::read(&conversation.engine_state);
        let said = concierge.understand(turn, &groups, &state);
        let mut now = state.clone();
        let changes = absorb(&mut now, &said);
        let words = turn.message.as_str();
        now.manner.hear(tone_of(words), changes.answers);
        if groups.is_empty() || now.session.service.is_some() {
            let today = concierge.desk(turn).today();
            session_words::absorb(&mut now.session, &services, words, &said, today);
        }
        let calling = calls_for_a_person(tx, &state, words).await;
        let for_a_person = calling.map_err(Fallback::fault)?.is_some();
        Ok(Self {
            conversation,
            groups,
            services,
            account,
            used,
            said,
            state,
            now,
            for_a_person,
            turns,
            prompt,
        })
    }

    /// What was said, with the guest's last words last.
    pub(super) fn messages(&self) -> Vec<Message> {
        let last = self.turns.len().saturating_sub(MOST_TURNS);
        let turns = self.turns.iter().skip(last);
        let message = |turn: &SaidTurn| {
            let text: String = turn.text.chars().take(LONGEST).collect();
            match turn.speaker {
                Speaker::Guest => Message::Guest(text),
                Speaker::Concierge | Speaker::Staff => Message::Model(text),
            }
        };
        turns.map(message).collect()
    }

    /// What figures may come from, before any tool has said something.
    pub(super) fn sources(&self, house: &str) -> Sources {
        let mut sources = Sources::default();
        sources.trust(house);
        for turn in &self.turns {
            match turn.speaker {
                Speaker::Guest => sources.hear(&turn.text),
                Speaker::Concierge | Speaker::Staff => sources.trust(&turn.text),
            }
        }
        // "Next Friday" and "two of us" in figures; how sure that is, is no figure of the guest's.
        let mut understood = entities::of(&self.now, &self.said, None);
        if let Some(fields) = understood.as_object_mut() {
            fields.remove("confidence");
        }
        sources.hear(&understood.to_string());
        let past = match self.said.date_fault {
            Some(DateFault::Past(date)) => Some(date),
            _ => None,
        };
        for day in [past, self.now.stay.around].into_iter().flatten() {
            sources.hear(&day.to_string());
        }
        sources
    }

    /// Everything the guest has said, in small letters.
    pub(super) fn heard(&self) -> String {
        let turns = self
            .turns
            .iter()
            .filter(|turn| turn.speaker == Speaker::Guest);
        let texts: Vec<&str> = turns.map(|turn| turn.text.as_str()).collect();
        texts.join("\n").to_lowercase()
    }

    /// What is known already, without the words of the guest.
    pub(super) fn noted(&self) -> String {
        let (stay, contact) = (&self.now.stay, &self.now.contact);
        let stay = (!self.groups.is_empty()).then(|| {
            json!({
                "check_in": stay.arrival, "check_out": stay.departure,
                "adults": stay.adults, "children": stay.children, "pets": stay.pets,
            })
        });
        let noted = json!({
            "stay": stay,
            "appointment": self.noted_session(),
            "name_known": contact.name.is_some(), "email_known": contact.email.is_some(),
            "phone_known_or_declined": contact.phone.is_some() || contact.phone_declined,
            "waits_for_yes_to_book": self.now.read_back.is_some(),
            "guest_sounds": self.now.manner.voice(),
            "waits_for_yes_to_cancel": self.now.cancelling.is_some(),
        });
        format!("What the desk has noted so far, as data: {noted}")
    }

    fn noted_session(&self) -> Option<serde_json::Value> {
        let (draft, day) = (&self.now.session, self.now.stay.arrival);
        (!self.services.is_empty()).then(|| {
            json!({
                "service": draft.service, "day": day, "time": draft.at,
                "morning_or_evening_known": draft.half_of_day, "guests": draft.guests,
                "place_known": draft.destination.is_some(),
            })
        })
    }

    pub(super) fn house(&self, turn: &GuestTurn<'_>) -> String {
        facts::house(turn.property, &self.groups, &self.services).to_string()
    }
}
