use motel_kernel::PersonName;

use super::turn::{Said, Turn};
use crate::dialogue::Topic;
use crate::replies;
use crate::tools::{CreateLead, CreateLeadInput};
use crate::understanding::Slot;

impl Turn<'_> {
    /// Asks for name and contact until a person could come back to the guest, then keeps them.
    pub(super) async fn take_lead(&mut self) -> Said {
        let begins = self.state.topic != Topic::Lead;
        self.state.topic = Topic::Lead;
        self.state.read_back = None;
        if begins || self.state.lead_reason.is_none() {
            self.state.lead_reason = Some(self.message.to_string());
        }
        let contact = self.state.contact.clone();
        let words = match contact.name {
            Some(name) if contact.is_reachable() => self.keep_lead(name).await?,
            Some(_) => self.ask_for_lead(Slot::Email, begins),
            None => self.ask_for_lead(Slot::Name, begins),
        };
        Ok(match self.changes.fault {
            Some(fault) => format!("{} {words}", replies::fault(fault)),
            None => words,
        })
    }

    fn ask_for_lead(&mut self, slot: Slot, begins: bool) -> String {
        let question = self.ask(slot);
        match begins {
            true => format!("{} {question}", replies::lead_asked()),
            false => question,
        }
    }

    async fn keep_lead(&mut self, name: PersonName) -> Said {
        let (stay, contact) = (&self.state.stay, &self.state.contact);
        let input = CreateLeadInput {
            full_name: name.clone(),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            check_in: stay.arrival,
            check_out: stay.departure,
            party: stay.party().and_then(Result::ok),
            notes: self.state.lead_reason.clone().unwrap_or_default(),
        };
        let wants_phone = contact.phone.is_none() && !contact.phone_declined;
        let captured = self.use_tool::<CreateLead>(input).await?;
        let number = captured.lead.number.to_string();
        self.state.lead = Some(number.clone());
        self.done.lead = Some(number.clone());
        let thanks = replies::lead_taken(&number, &name);
        if wants_phone {
            let question = self.ask(Slot::Phone);
            return Ok(format!("{thanks} {question}"));
        }
        self.state.expecting = None;
        self.state.topic = Topic::None;
        Ok(thanks)
    }
}
