//! The rules by which a person is brought in.

use motel_conversations::queries::rules_of_hand_over;
use motel_conversations::{ConversationError, HandOverReason, HandOverRules};
use motel_db::TenantTx;

use super::summary::summary;
use super::turn::{Finished, Said, Turn};
use crate::dialogue::{State, Step, Topic};
use crate::replies;
use crate::tools::{HandOver, HandOverInput, ToolError};
use crate::understanding::{Intent, asks_for_exception, is_angry};

/// Fewer answers in a row that helped nobody are never too many.
const FEWEST_FAILURES: u16 = 2;

impl Turn<'_> {
    /// Takes a step, and brings in a person where a rule of the house says so of the message.
    pub(super) async fn serve(mut self, step: Step) -> Result<Finished, ToolError> {
        let calling = calls_for_a_person(self.tx, &self.state, self.message.as_str()).await;
        match calling.map_err(ToolError::fault)? {
            Some(reason) if step != Step::HandOver => {
                let text = self.bring_in(reason, step).await?;
                Ok(self.end(step, text))
            }
            _ => self.finish(step).await,
        }
    }

    /// Brings in a person who was asked for, and takes details, so that they can come back to the guest.
    pub(super) async fn hand_over(&mut self) -> Said {
        let reason = HandOverReason::AskedForPerson;
        if !self.rules().await?.follows(reason) {
            return self.take_lead().await;
        }
        self.hand_over_for(reason).await?;
        let words = self.voice().handed_over(reason);
        let rest = self.take_lead().await?;
        Ok(format!("{words} {rest}"))
    }

    /// Somebody may be in danger: the number to call comes first, and staff see at once what it is.
    pub(super) async fn raise_alarm(&mut self) -> Said {
        let reason = HandOverReason::Emergency;
        let told = self.rules().await?.follows(reason);
        let words = replies::emergency(&self.desk.property.address.country, told);
        if !told {
            return Ok(words);
        }
        self.state.topic = Topic::Lead;
        self.state.lead_reason = Some(format!("EMERGENCY: {}", self.message));
        self.hand_over_for(reason).await?;
        let rest = self.take_lead().await?;
        Ok(format!("{words} {rest}"))
    }

    /// Brings in a person on the side: what the guest is about goes on, else details are taken for somebody to come back to them.
    async fn bring_in(&mut self, reason: HandOverReason, step: Step) -> Said {
        self.hand_over_for(reason).await?;
        let words = self.voice().handed_over(reason);
        let rest = match self.pending_question() {
            _ if serves(step) && self.is_under_way() => self.take_with_offers(step).await?.1,
            Some(question) => question,
            None => self.take_lead().await?,
        };
        Ok(format!("{words}\n{rest}"))
    }

    /// Whether the guest is about something that is done here: "ignored for a week" alone is no wish for a stay.
    fn is_under_way(&self) -> bool {
        let asked = self.asked.is_some() || self.state.session.asked.is_some();
        let wants = matches!(
            self.said.intent,
            Intent::Book
                | Intent::Availability
                | Intent::Price
                | Intent::Cancel
                | Intent::MyBooking
                | Intent::Pay
                | Intent::LeaveDetails
        );
        asked || wants
    }

    /// What was answered, and a person besides where it helped nobody for too long, or much is at stake.
    pub(super) async fn look_after(&mut self, step: Step, text: String) -> Said {
        self.state.failures = match self.done.failed {
            true => self.state.failures.saturating_add(1),
            false => 0,
        };
        let text = self.give_up(step, text).await?;
        self.mind_value(text).await
    }

    async fn give_up(&mut self, step: Step, text: String) -> Said {
        let reason = HandOverReason::RepeatedFailure;
        let few = self.state.failures < FEWEST_FAILURES;
        let asked = !is_fresh(&self.state, HandOverReason::AskedForPerson);
        if few || asked || !is_fresh(&self.state, reason) {
            return Ok(text);
        }
        if !self.rules().await?.gives_up_after(self.state.failures) {
            return Ok(text);
        }
        self.state.failures = 0;
        self.hand_over_for(reason).await?;
        let words = self.voice().handed_over(reason);
        let rest = match self.pending_question() {
            Some(question) => question,
            None => self.take_lead().await?,
        };
        Ok(match step {
            Step::Capabilities | Step::Answer => format!("{words}\n{rest}"),
            _ if text.ends_with(&rest) => format!("{words}\n{text}"),
            _ => format!("{text}\n{words}\n{rest}"),
        })
    }

    /// A booking is not held up by it: the guest may say yes all the same.
    async fn mind_value(&mut self, text: String) -> Said {
        let reason = HandOverReason::HighValue;
        let (amount, nights) = at_stake(&self.state);
        let nothing = amount.is_none() && nights.is_none();
        if nothing || !is_fresh(&self.state, reason) {
            return Ok(text);
        }
        if !self.rules().await?.is_high(amount, nights) {
            return Ok(text);
        }
        self.hand_over_for(reason).await?;
        let words = self.voice().handed_over(reason);
        Ok(format!("{words}\n{text}"))
    }

    async fn hand_over_for(&mut self, reason: HandOverReason) -> Result<(), ToolError> {
        let input = HandOverInput {
            reason: summary(&self.state, self.message.as_str(), reason),
            rule: Some(reason),
        };
        self.use_tool::<HandOver>(input).await?;
        self.state.handed_over = true;
        self.done.hand_over = true;
        if is_fresh(&self.state, reason) {
            self.state.handed_over_for.push(reason);
            self.done.rules.push(reason);
        }
        Ok(())
    }

    async fn rules(&mut self) -> Result<HandOverRules, ToolError> {
        rules_of_hand_over(self.tx).await.map_err(ToolError::fault)
    }
}

/// The rule of the house that brings in a person on this message, if one does.
pub(super) async fn calls_for_a_person(
    tx: &mut TenantTx,
    state: &State,
    message: &str,
) -> Result<Option<HandOverReason>, ConversationError> {
    let heard = heard(state, message);
    if heard.is_empty() {
        return Ok(None);
    }
    let rules = rules_of_hand_over(tx).await?;
    Ok(heard.into_iter().find(|reason| rules.follows(*reason)))
}

/// What in a message calls for a person and has not yet brought one in.
fn heard(state: &State, message: &str) -> Vec<HandOverReason> {
    let heard = [
        (HandOverReason::Anger, is_angry(message)),
        (HandOverReason::PolicyException, asks_for_exception(message)),
    ];
    let fresh = heard
        .into_iter()
        .filter(|(reason, heard)| *heard && is_fresh(state, *reason));
    fresh.map(|(reason, _)| reason).collect()
}

fn is_fresh(state: &State, reason: HandOverReason) -> bool {
    !state.handed_over_for.contains(&reason)
}

/// Steps that do what the guest is about.
fn serves(step: Step) -> bool {
    matches!(
        step,
        Step::Explain(_)
            | Step::Advance
            | Step::PriceGuide
            | Step::Book
            | Step::AskWhatToChange
            | Step::Abandon
            | Step::LookUp
            | Step::OfferCancellation
            | Step::Cancel
            | Step::KeepBooking
            | Step::SendPaymentLink
            | Step::TakeLead
    )
}

/// The amount that was read back, and the nights of all rooms that are wanted.
fn at_stake(state: &State) -> (Option<i64>, Option<u32>) {
    let amount = state.read_back.as_ref().map(|it| it.total.minor());
    let rooms = state.rooms_wanted.filter(|rooms| *rooms > 1);
    let by_the_night = state
        .read_back
        .as_ref()
        .is_some_and(|it| it.session.is_none());
    let nights = state.stay.dates().map(|dates| dates.night_count());
    let nights = nights.filter(|_| by_the_night || rooms.is_some());
    (
        amount,
        nights.map(|nights| nights.saturating_mul(rooms.unwrap_or(1))),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_reason_brings_somebody_in_once() {
        let mut state = State::default();
        let angry = "This is ridiculous, waive that fee!";
        let both = [HandOverReason::Anger, HandOverReason::PolicyException];
        assert_eq!(heard(&state, angry), both);
        state.handed_over_for.push(HandOverReason::Anger);
        assert_eq!(heard(&state, angry), [HandOverReason::PolicyException]);
        state.handed_over_for.push(HandOverReason::PolicyException);
        assert!(heard(&state, angry).is_empty());
    }

    #[test]
    fn nights_of_several_rooms_add_up() {
        let mut state = State::default();
        state.stay.arrival = Some("2027-01-10".parse().unwrap());
        state.stay.departure = Some("2027-01-13".parse().unwrap());
        assert_eq!(at_stake(&state), (None, None));
        state.rooms_wanted = Some(6);
        assert_eq!(at_stake(&state), (None, Some(18)));
    }
}
