//! One whole message: what it is read against, and everything it says about a stay.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use motel_kernel::{BookingCode, Email, PersonName, Phone};
use serde::{Deserialize, Serialize};

use super::answers::{self, Answer};
use super::dates::{self, DateFault, DateMention, DateOrder, KnownStay};
use super::intents::{self, Evidence, Intent};
use super::nights::{self, NightsMention};
use super::party::{self, PartyMention};
use super::rooms::{self, GroupName, RoomChoice};
use super::tokens::Tokens;
use super::{contact, cues, names, pets};

/// What was asked last; it decides how a bare "2" or "Ana" is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// The dates of the stay.
    Dates,
    /// The departure or the number of nights, the arrival being known.
    Nights,
    /// Who comes.
    Party,
    /// Which room.
    Room,
    /// The guest's name.
    Name,
    /// The guest's e-mail address.
    Email,
    /// The guest's telephone number.
    Phone,
    /// A booking code.
    Code,
    /// Yes or no.
    Confirmation,
}

/// What a message is read against.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Today at the property.
    pub today: NaiveDate,
    /// How `3/12` is read.
    pub order: DateOrder,
    /// What was asked last.
    pub expecting: Option<Slot>,
    /// The arrival discussed so far.
    pub arrival: Option<NaiveDate>,
    /// What the property calls its rooms.
    pub groups: &'a [GroupName],
}

impl<'a> Context<'a> {
    /// The context of a first message at a property in the United States.
    pub fn fresh(today: NaiveDate, groups: &'a [GroupName]) -> Self {
        Self {
            today,
            order: DateOrder::MonthFirst,
            expecting: None,
            arrival: None,
            groups,
        }
    }
}

/// What a message says. Absent means not said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understanding {
    /// What the guest wants.
    pub intent: Intent,
    /// How sure that is, in percent.
    pub confidence: u8,
    /// Whether the message asks something.
    pub is_question: bool,
    /// When.
    pub dates: Option<DateMention>,
    /// Why a date that was said is unusable.
    pub date_fault: Option<DateFault>,
    /// How long.
    pub nights: Option<NightsMention>,
    /// Who.
    pub party: PartyMention,
    /// How many animals.
    pub pets: Option<u32>,
    /// Which room.
    pub room: Option<RoomChoice>,
    /// The guest's name.
    pub full_name: Option<PersonName>,
    /// The guest's e-mail address.
    pub email: Option<Email>,
    /// Something with an `@` that is no address.
    pub broken_email: bool,
    /// The guest's telephone number.
    pub phone: Option<Phone>,
    /// A booking code.
    pub booking_code: Option<BookingCode>,
    /// Yes or no.
    pub answer: Option<Answer>,
    /// Whether something said before is taken back or changed.
    pub is_correction: bool,
    /// Whether the guest declines to give what was asked ("skip").
    pub skips: bool,
    /// Whether the guest declines to give a telephone number ("no phone").
    pub declines_phone: bool,
    /// How many rooms, when more than one is wanted.
    pub rooms_wanted: Option<u32>,
}

impl Understanding {
    /// Whether the message says anything usable about a stay.
    pub fn mentions_stay(&self) -> bool {
        self.dates.is_some()
            || self.nights.is_some()
            || !self.party.is_empty()
            || self.pets.is_some()
            || self.room.is_some()
    }

    /// Whether the message says how to reach the guest.
    pub fn mentions_contact(&self) -> bool {
        self.full_name.is_some() || self.email.is_some() || self.phone.is_some()
    }
}

/// Reads one message.
pub fn understand(text: &str, context: &Context<'_>) -> Understanding {
    let text = beginning(text);
    let all = Tokens::of(text);
    let asked = |slot| context.expecting == Some(slot);
    let email = contact::email(text, &all);
    let code = contact::booking_code(text, &all, asked(Slot::Code));
    let hidden: Vec<_> = [
        &email.as_ref().map(|e| &e.span),
        &code.as_ref().map(|c| &c.span),
    ]
    .into_iter()
    .filter_map(|span| span.cloned())
    .collect();
    let without_code = all.without(&hidden);
    let phone = contact::phone(&blanked(text, &hidden), &without_code);
    let tokens = without_code.without(&phone.iter().map(|p| p.span.clone()).collect::<Vec<_>>());

    let is_correction = answers::is_correction(&tokens);
    let known = KnownStay {
        arrival: context.arrival,
        asking_departure: asked(Slot::Nights),
        asking_dates: asked(Slot::Dates) || asked(Slot::Nights),
    };
    let nights = nights::find(&tokens).or_else(|| bare_nights(&tokens, asked(Slot::Nights)));
    let known = KnownStay {
        asking_dates: known.asking_dates && nights.is_none(),
        ..known
    };
    let found = dates::find(&tokens, context.today, context.order, known, is_correction);
    let party = party::find(&tokens, asked(Slot::Party));
    let pets = pets::find(&tokens);
    let room = rooms::find(&tokens, context.groups, asked(Slot::Room));
    let full_name = names::find(text, &tokens, asked(Slot::Name)).map(|found| found.name);
    let answer = answers::find(&tokens);
    let question_mark = tokens.has(&["?"]);
    let evidence = Evidence {
        dates: found.mention.is_some()
            || matches!(
                found.fault,
                Some(DateFault::NoSuchDay | DateFault::Reversed)
            ),
        stay: nights.is_some() || !party.is_empty() || room.is_some(),
        details: nights.is_some()
            || !party.is_empty()
            || pets.is_some()
            || room.is_some()
            || full_name.is_some()
            || email.is_some()
            || phone.is_some(),
        code: code.is_some(),
        answer: answer.is_some(),
        question_mark,
    };
    let scored = intents::classify(&tokens, evidence);
    Understanding {
        intent: scored.intent,
        confidence: scored.confidence,
        is_question: question_mark || cues::opens_question(&tokens),
        dates: found.mention,
        date_fault: found.fault,
        nights,
        party,
        pets,
        room,
        full_name,
        broken_email: email.is_none() && contact::looks_like_email(text),
        email: email.map(|e| e.value),
        phone: phone.map(|p| p.value),
        booking_code: code.map(|c| c.value),
        answer,
        is_correction,
        skips: skips(&tokens),
        declines_phone: declines_phone(&tokens),
        rooms_wanted: rooms::several(&tokens),
    }
}

/// A longer message is read up to here; the border takes no more than 2,000 characters anyway.
const LONGEST_READ: usize = 4_000;

fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST_READ);
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// "3" after "how many nights?".
fn bare_nights(tokens: &Tokens, asked: bool) -> Option<NightsMention> {
    let (count, ordinal) = (0..tokens.len()).find_map(|at| tokens.number(at))?;
    let short = tokens.len() <= 3;
    (asked && short && !ordinal).then_some(NightsMention::Exactly(count))
}

fn skips(tokens: &Tokens) -> bool {
    tokens.has(&[
        "skip",
        "rather not",
        "prefer not",
        "no thanks",
        "not necessary",
        "leave it out",
        "pass",
        "don't have one",
        "none",
        "don't want to",
    ]) || tokens.len() <= 3 && tokens.is(0, &["no", "nope", "nah"])
}

fn declines_phone(tokens: &Tokens) -> bool {
    tokens.has(&[
        "no phone",
        "no number",
        "without phone",
        "without a phone",
        "skip phone",
        "skip the phone",
        "don't have a phone",
        "no mobile",
        "no cell",
        "not give my phone",
        "not my phone",
        "don't have a number",
    ])
}

/// The text with the spans blanked out, byte for byte, so that offsets stay true.
fn blanked(text: &str, spans: &[std::ops::Range<usize>]) -> String {
    let inside = |at: usize| spans.iter().any(|span| span.contains(&at));
    text.char_indices()
        .flat_map(|(at, c)| match inside(at) {
            true => std::iter::repeat_n('\n', c.len_utf8()),
            false => std::iter::repeat_n(c, 1),
        })
        .collect()
}
