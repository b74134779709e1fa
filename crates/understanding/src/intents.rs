//! What the guest wants, by weighted cues.
//!
//! Every cue found adds its weight to one intent. The confidence grows with the lead of the best
//! intent over the next and with the evidence altogether; it is a percentage, not a probability.

use serde::{Deserialize, Serialize};

use super::cues::{self, Cue};
use super::scope::{self, Scope};
use super::tokens::Tokens;

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// Wants a room.
    Book,
    /// Asks whether something is free.
    Availability,
    /// Asks what a stay costs.
    Price,
    /// Asks about the house and its rules.
    PolicyQuestion,
    /// Asks about a booking already made.
    MyBooking,
    /// Wants a booking already made to be different.
    ChangeBooking,
    /// Wants a booking undone.
    Cancel,
    /// Wants to pay.
    Pay,
    /// Wants a person.
    Human,
    /// Is not ready and leaves details, or is a group.
    LeaveDetails,
    /// Drops what was begun.
    NeverMind,
    /// Wants to hear the last reply again.
    Repeat,
    /// Greets or chats.
    SmallTalk,
    /// Thanks.
    Thanks,
    /// Says goodbye.
    Bye,
    /// Only gives details, an answer or a yes or no.
    Inform,
    /// None of these.
    Other,
}

impl Intent {
    /// Its name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Availability => "availability",
            Self::Price => "price",
            Self::PolicyQuestion => "policy",
            Self::MyBooking => "my_booking",
            Self::ChangeBooking => "change_booking",
            Self::Cancel => "cancel",
            Self::Pay => "pay",
            Self::Human => "human",
            Self::LeaveDetails => "leave_details",
            Self::NeverMind => "never_mind",
            Self::Repeat => "repeat",
            Self::SmallTalk | Self::Thanks | Self::Bye => "small_talk",
            Self::Inform => "inform",
            Self::Other => "other",
        }
    }
}

/// What else is known about the message.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    pub(super) dates: bool,
    pub(super) details: bool,
    /// A length, a party or a room.
    pub(super) stay: bool,
    pub(super) code: bool,
    pub(super) answer: bool,
    pub(super) question_mark: bool,
}

/// An intent with its confidence in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scored {
    pub(super) intent: Intent,
    pub(super) confidence: u8,
}

const INTENTS: usize = 17;

/// The intent of the message.
pub(super) fn classify(tokens: &Tokens, evidence: Evidence) -> Scored {
    let mut scores = [0_u32; INTENTS];
    for cue in cues::found(tokens) {
        add(&mut scores, cue);
    }
    for cue in structural(tokens, evidence, &scores) {
        add(&mut scores, cue);
    }
    bound(&mut scores, tokens, evidence.code);
    let mut ranked: Vec<(u32, Intent)> = ALL
        .iter()
        .map(|intent| (score(&scores, *intent), *intent))
        .collect();
    ranked.sort_by_key(|(score, intent)| (std::cmp::Reverse(*score), *intent));
    let (top, second) = match ranked.as_slice() {
        [first, second, ..] => (*first, second.0),
        _ => ((0, Intent::Other), 0),
    };
    match top {
        (0, _) => fallback(evidence, scope::of(tokens) == Scope::Elsewhere),
        (best, intent) => Scored {
            intent,
            confidence: confidence(best, second),
        },
    }
}

const ALL: [Intent; INTENTS] = [
    Intent::Book,
    Intent::Availability,
    Intent::Price,
    Intent::PolicyQuestion,
    Intent::MyBooking,
    Intent::ChangeBooking,
    Intent::Cancel,
    Intent::Pay,
    Intent::Human,
    Intent::LeaveDetails,
    Intent::NeverMind,
    Intent::Repeat,
    Intent::SmallTalk,
    Intent::Thanks,
    Intent::Bye,
    Intent::Inform,
    Intent::Other,
];

fn add(scores: &mut [u32; INTENTS], cue: Cue) {
    if let Some(score) = ALL
        .iter()
        .position(|intent| *intent == cue.intent)
        .and_then(|index| scores.get_mut(index))
    {
        *score = score.saturating_add(cue.weight);
    }
}

fn clear(scores: &mut [u32; INTENTS], intent: Intent) {
    if let Some(score) = ALL
        .iter()
        .position(|other| *other == intent)
        .and_then(|index| scores.get_mut(index))
    {
        *score = 0;
    }
}

fn score(scores: &[u32; INTENTS], intent: Intent) -> u32 {
    ALL.iter()
        .position(|other| *other == intent)
        .and_then(|index| scores.get(index))
        .copied()
        .unwrap_or(0)
}

/// From here on a message names something of the house, and does not merely sound like a question about it.
const SURELY_HOUSE: u32 = 4;

/// A wish for a room that is not said outright has to do without words that a front desk never hears.
const SAID_OUTRIGHT: u32 = 5;

/// Takes back what sounded like a wish for a room and is said of something else.
fn bound(scores: &mut [u32; INTENTS], tokens: &Tokens, code: bool) {
    let scope = scope::of(tokens);
    let strange = scope::is_strange(tokens);
    for intent in [Intent::Book, Intent::Availability, Intent::Price] {
        let guessed = score(scores, intent) < SAID_OUTRIGHT && strange;
        if scope != Scope::Stay || guessed {
            clear(scores, intent);
        }
    }
    if scope == Scope::Elsewhere && !code && !scope::names_booking(tokens) {
        clear(scores, Intent::Cancel);
    }
    if scope == Scope::House {
        let intent = Intent::PolicyQuestion;
        add(
            scores,
            Cue {
                intent,
                weight: SURELY_HOUSE,
            },
        );
    }
}

/// Cues from the shape of the message instead of its words.
fn structural(tokens: &Tokens, evidence: Evidence, scores: &[u32; INTENTS]) -> Vec<Cue> {
    let cue = |intent, weight| Cue { intent, weight };
    let mut found = Vec::new();
    let asks = evidence.question_mark || cues::opens_question(tokens);
    let about_house = score(scores, Intent::PolicyQuestion);
    if asks && about_house >= SURELY_HOUSE {
        found.push(cue(Intent::PolicyQuestion, 4));
    }
    let elsewhere = scope::is_strange(tokens);
    if scope::wants_booked(tokens) {
        found.push(cue(Intent::Book, 3));
    }
    if scope::wishes_for(tokens) && (evidence.stay || scope::names_lodging(tokens)) {
        found.push(cue(Intent::Book, 3));
    }
    if scope::confirms_reservation(tokens) {
        found.push(cue(Intent::MyBooking, 5));
    }
    if asks
        && !elsewhere
        && about_house < SURELY_HOUSE
        && evidence.dates
        && score(scores, Intent::Price) == 0
    {
        found.push(cue(Intent::Availability, 3));
    }
    if asks && !evidence.dates && !evidence.stay {
        found.push(cue(Intent::PolicyQuestion, 1));
    }
    if tokens.len() <= 3 && tokens.is(0, &["room", "rooms", "booking", "reservation"]) {
        found.push(cue(Intent::Book, 3));
    }
    if evidence.code {
        found.push(cue(Intent::MyBooking, 3));
    }
    if evidence.dates && !elsewhere && score(scores, Intent::Cancel) == 0 {
        found.push(cue(Intent::Book, 1));
    }
    found
}

/// A message without a cue: it gives details, or speaks of something else.
fn fallback(evidence: Evidence, elsewhere: bool) -> Scored {
    let informs = evidence.details || evidence.answer || evidence.dates || evidence.code;
    match informs && !elsewhere {
        true => Scored {
            intent: Intent::Inform,
            confidence: 70,
        },
        false => Scored {
            intent: Intent::Other,
            confidence: 50,
        },
    }
}

/// Lead and evidence in one figure between 0 and 99: 3 against nothing is 60, 6 is 75, 6 against 5 is 46.
fn confidence(best: u32, second: u32) -> u8 {
    let share = best.saturating_mul(100) / (best + second / 2 + 2).max(1);
    let lead = best.saturating_sub(second).min(3) * 3;
    u8::try_from((share + lead).min(99)).unwrap_or(99)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::{Context, understand};

    #[test]
    fn messages_have_the_intent_a_clerk_would_hear() {
        use Intent::{
            Availability, Book, Bye, Cancel, ChangeBooking, Human, Inform, LeaveDetails, MyBooking,
            NeverMind, Other, Pay, PolicyQuestion, Price, SmallTalk, Thanks,
        };
        for (text, expected) in [
            ("I'd like to book a room", Book),
            ("can I get a room for tonight", Book),
            ("need a place to stay next weekend", Book),
            ("reserve a king suite from March 3 to March 5", Book),
            ("I want to make a reservation", Book),
            ("a room for two from Friday to Sunday please", Book),
            ("do you have anything free this weekend?", Availability),
            ("any rooms available on the 12th?", Availability),
            ("what's your availability in March", Availability),
            ("got any vacancies tonight?", Availability),
            ("how much is a room for two nights?", Price),
            ("what are your rates", Price),
            ("what would it cost from March 3 to 5", Price),
            ("do you take dogs?", PolicyQuestion),
            ("is parking free?", PolicyQuestion),
            ("what time is breakfast", PolicyQuestion),
            ("how much is parking?", PolicyQuestion),
            ("what is your cancellation policy?", PolicyQuestion),
            ("can I cancel for free?", PolicyQuestion),
            ("when is check-in", PolicyQuestion),
            ("do you have wifi?", PolicyQuestion),
            ("is there a pool", PolicyQuestion),
            ("can I smoke in the room", PolicyQuestion),
            ("do you have my reservation? RM-7K3F9Q", MyBooking),
            ("look up my booking", MyBooking),
            ("I'd like to see my reservation", MyBooking),
            ("I need to change my existing booking", ChangeBooking),
            ("cancel my booking", Cancel),
            ("I want to cancel reservation RM-7K3F9Q", Cancel),
            ("please cancel", Cancel),
            ("I'd like to pay now", Pay),
            ("send me a payment link", Pay),
            ("can I talk to a human", Human),
            ("speak to the manager please", Human),
            ("operator", Human),
            (
                "I'll think about it, my email is joe@example.com",
                LeaveDetails,
            ),
            ("we are a group of 30 coming in June", LeaveDetails),
            ("forget it", NeverMind),
            ("never mind", NeverMind),
            ("hello", SmallTalk),
            ("how are you?", SmallTalk),
            ("thanks a lot", Thanks),
            ("bye", Bye),
            ("2 adults", Inform),
            ("tell me a joke about penguins", Other),
            ("what's the capital of France?", Other),
            ("asdf qwer", Other),
            ("how often does the ferry run tomorrow", Inform),
            ("what about Friday?", Availability),
            ("remind me to water the plants on May 4th", Other),
            ("rent a car for June 2nd", Other),
            ("please verify my reservation for tonight", MyBooking),
            ("find me a hotel with a sea view", Book),
            ("I do not want my reservation any longer", Cancel),
            ("please cancel my booking, our flight was cancelled", Cancel),
            (
                "cancel reservation RM-7K3F9Q and give my payment back",
                Cancel,
            ),
            ("cancel our stay, my doctor says no", Cancel),
            ("cancel the flight", Other),
        ] {
            let today = "2026-11-21".parse().unwrap();
            let found = understand(text, &Context::fresh(today, &[]));
            assert_eq!(found.intent, expected, "{text} ({}%)", found.confidence);
        }
    }
}
