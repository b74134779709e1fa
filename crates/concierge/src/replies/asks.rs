use super::figures::{day, money};
use crate::dialogue::{Missing, ReadBack};
use crate::understanding::{DateMention, Slot};

/// The question for something about the guest. `again` means the last answer could not be read.
pub(crate) fn ask(slot: Slot, again: bool) -> String {
    let question = match (slot, again) {
        (Slot::Dates, _) => "Which dates would you like to stay?",
        (Slot::Nights, _) => "How many nights would you like to stay?",
        (Slot::Party, false) => "How many adults and how many children will stay?",
        (Slot::Party, true) => "Sorry, how many adults and how many children is that?",
        (Slot::Room, false) => "Which room would you like?",
        (Slot::Room, true) => "Sorry, which of these rooms would you like?",
        (Slot::Name, false) => "Which full name should I put it under?",
        (Slot::Name, true) => "Sorry, I didn't catch the name. What is your full name?",
        (Slot::Email, false) => "What is your e-mail address?",
        (Slot::Email, true) => {
            "That doesn't look like an e-mail address to me. Could you give it once more, like name@example.com?"
        }
        (Slot::Phone, false) => {
            "Is there a phone number we can reach you at? You can say \"skip\"."
        }
        (Slot::Phone, true) => {
            "I can't read that as a phone number. Could you give it once more, or say \"skip\"?"
        }
        (Slot::Code, _) => "What is the booking code? It looks like RM-7K3F9Q.",
        (Slot::Confirmation, _) => "Is that a yes or a no?",
    };
    question.to_owned()
}

/// The question for what the stay still lacks; a vague date is taken up.
pub(crate) fn ask_missing(missing: Missing, said: Option<DateMention>, again: bool) -> String {
    match (missing, said) {
        (Missing::Dates, Some(DateMention::Window { from, .. })) => {
            format!(
                "Happy to look around {}. On which day would you arrive, and on which day leave?",
                from.format("%B %Y")
            )
        }
        (Missing::Dates, Some(DateMention::Departure { on })) => {
            format!("Leaving on {}. On which day would you arrive?", day(on))
        }
        (Missing::Nights(arrival), _) => {
            format!(
                "Arriving on {}. How many nights would you like to stay?",
                day(arrival)
            )
        }
        (missing, _) => ask(missing.slot(), again),
    }
}

/// The question of a standing read-back, in short.
pub(crate) fn ask_to_confirm(read_back: &ReadBack) -> String {
    format!(
        "Shall I book the {} for {} in total? Please say yes or no.",
        read_back.room,
        money(read_back.total)
    )
}
