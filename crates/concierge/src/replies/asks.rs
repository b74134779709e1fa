use super::figures::{day, money};
use super::voices::Voice;
use crate::dialogue::{Missing, ReadBack};
use crate::understanding::{DateMention, Slot};

/// The question for something about the guest. `again` means the last answer could not be read.
pub(crate) fn ask(slot: Slot, again: bool, voice: &Voice) -> String {
    let question = match (slot, again) {
        (Slot::Party, true) => "Sorry, how many adults and how many children is that?",
        (Slot::Room, true) => "Sorry, which of these rooms would you like?",
        (Slot::Name, true) => "Sorry, I didn't catch the name. What is your full name?",
        (Slot::Email, true) => {
            "That doesn't look like an e-mail address to me. Could you give it once more, like name@example.com?"
        }
        (Slot::Phone, true) => {
            "I can't read that as a phone number. Could you give it once more, or say \"skip\"?"
        }
        (Slot::Code, _) => "What is the booking code? It looks like RM-7K3F9Q.",
        (slot, _) => voice.ask(slot).unwrap_or("Is that a yes or a no?"),
    };
    question.to_owned()
}

/// The question for what the stay still lacks; a vague date is taken up.
pub(crate) fn ask_missing(
    missing: Missing,
    said: Option<DateMention>,
    again: bool,
    voice: &Voice,
) -> String {
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
        (missing, _) => ask(missing.slot(), again, voice),
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
