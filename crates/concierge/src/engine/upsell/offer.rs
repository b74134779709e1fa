use motel_tenancy::{Policies, PolicyTopic};
use motel_upsells::{Added, Facts, Priced, Rule, Trigger, commands, fitting, queries};

use super::Before;
use super::place::Place;
use crate::dialogue::{AddedTo, Asked, Step, Topic};
use crate::engine::turn::{Said, Turn};
use crate::replies;
use crate::tools::{LookUpBooking, OfferExtra, OfferExtraInput, Tool, ToolError};
use crate::understanding::Slot;

/// How many rules that fit are priced at most: what the first ones offer may not be for sale.
const MOST_TRIED: usize = 5;

impl Turn<'_> {
    /// At which moment of a conversation the answer leaves the guest, where something may be offered.
    pub(super) fn moment(
        &self,
        step: Step,
        before: &Before,
    ) -> Option<(Trigger, Option<PolicyTopic>)> {
        let state = &self.state;
        let used = |tool: &str, outcome: &str| {
            let actions = self.done.actions.iter();
            actions
                .rev()
                .any(|it| it.tool == tool && it.outcome == outcome)
        };
        if self.done.booking.is_some() {
            return Some((Trigger::Booked, None));
        }
        if state.read_back.is_some() && state.read_backs > before.read_backs {
            return Some((Trigger::ReadBack, None));
        }
        let asks_who = matches!(state.expecting, Some(Slot::Name | Slot::Email));
        match step {
            Step::LookUp if used(LookUpBooking::NAME, "confirmed") => {
                Some((Trigger::LookedUp, None))
            }
            Step::Answer if asks_who || state.expecting.is_none() => {
                let topic = Policies::match_question(&self.message.to_string())?;
                Some((Trigger::AskedAbout, Some(topic)))
            }
            Step::Advance if asks_who && (self.changes.stay || state.stay.room != before.room) => {
                Some((Trigger::RoomsOffered, None))
            }
            _ => None,
        }
    }

    /// Puts the first offer that fits and is for sale after an answer.
    pub(super) async fn offer_at(
        &mut self,
        trigger: Trigger,
        topic: Option<PolicyTopic>,
        text: String,
    ) -> Said {
        let property = self.desk.property;
        // Two questions at a read-back would share one yes.
        let two_questions = trigger == Trigger::ReadBack && !replies::ends_in_shall_i(&text);
        if !self.is_calm() || two_questions {
            return Ok(text);
        }
        let rules = queries::rules_on(self.tx, property.id, trigger).await?;
        if rules.is_empty() {
            return Ok(text);
        }
        let Some(place) = self.place(trigger).await? else {
            return Ok(text);
        };
        let arrival = place.stay.arrival();
        let seasons = queries::seasons_on(self.tx, property.id, &rules, arrival).await?;
        let past = queries::past(self.tx, self.desk.conversation).await?;
        let facts = Facts {
            trigger,
            topic,
            wanted: place.wanted(),
            package: place.package.as_deref(),
            seasons: &seasons,
            channel: self.desk.channel,
            today: self.desk.today(),
            calm: true,
        };
        for rule in fitting(&rules, &facts, &past).take(MOST_TRIED) {
            if let Some(priced) = self.price(rule, &place).await? {
                return self.put(rule, &place, priced, text).await;
            }
        }
        Ok(text)
    }

    /// Nothing is sold to who complains, is in danger, waits for a person or is angry.
    fn is_calm(&self) -> bool {
        let state = &self.state;
        !state.handed_over
            && !state.upsell.unwelcome
            && state.lead_reason.is_none()
            && !matches!(state.topic, Topic::Lead | Topic::Cancelling)
    }

    /// What it costs with the stay, if it can be sold so.
    async fn price(&mut self, rule: &Rule, place: &Place) -> Result<Option<Priced>, ToolError> {
        let (property, now) = (self.desk.property, self.desk.now);
        let offered = &rule.details.offered;
        let priced = match &place.to {
            AddedTo::Draft => {
                let package = place.package.as_deref();
                queries::priced(self.tx, property, &place.wanted(), package, offered, now).await?
            }
            AddedTo::Booking { code, email } | AddedTo::ReadBack { code, email, .. } => {
                let added = Added {
                    code,
                    email,
                    offered,
                };
                commands::would_add(self.tx, property, &added, now).await?
            }
        };
        Ok(priced)
    }

    async fn put(&mut self, rule: &Rule, place: &Place, priced: Priced, text: String) -> Said {
        let input = OfferExtraInput::new(rule, &priced);
        let Some(showing) = self.use_tool::<OfferExtra>(input).await? else {
            return Ok(text);
        };
        let nights = place.stay.night_count();
        let sentence = rule.details.words.said(&priced, nights, replies::money);
        self.state.upsell.asked = Some(Asked {
            showing,
            offered: rule.details.offered.clone(),
            name: priced.name,
            to: place.to.clone(),
        });
        Ok(replies::with_offer(&text, &sentence))
    }
}
