//! What differs with the tone of a guest: a file of phrases for each. Figures, dates, codes and what is agreed are none of it.

mod anxious;
mod casual;
mod direct;
mod formal;
mod warm;

use motel_conversations::HandOverReason;

use crate::understanding::{Slot, Tone};

/// The phrases of a tone. `{house}`, `{stay}` and `{party}` stand for what is told.
#[derive(Debug)]
pub(crate) struct Voice {
    pub(super) hello: &'static str,
    pub(super) how_can_i_help: &'static str,
    pub(super) ask_dates: &'static str,
    pub(super) ask_nights: &'static str,
    pub(super) ask_party: &'static str,
    pub(super) ask_room: &'static str,
    pub(super) ask_name: &'static str,
    pub(super) ask_email: &'static str,
    pub(super) ask_phone: &'static str,
    /// Before what is free.
    pub(super) offer: &'static str,
    /// After a read-back. It always asks whether to book, in these words.
    pub(super) shall_i_book: &'static str,
    pub(super) booked: &'static str,
    pub(super) nothing_free: &'static str,
    pub(super) not_understood: &'static str,
    pub(super) off_topic: &'static str,
    pub(super) not_known: &'static str,
    pub(super) no_change: &'static str,
    pub(super) welcome: &'static str,
    pub(super) farewell: &'static str,
    pub(super) person_asked: &'static str,
    pub(super) gave_up: &'static str,
    pub(super) soothe: &'static str,
    pub(super) exception: &'static str,
    pub(super) high_value: &'static str,
}

impl Voice {
    /// The phrases of a tone.
    pub(crate) fn of(tone: Tone) -> &'static Self {
        match tone {
            Tone::Formal => &formal::FORMAL,
            Tone::Casual => &casual::CASUAL,
            Tone::Direct => &direct::DIRECT,
            Tone::Warm => &warm::WARM,
            Tone::Anxious => &anxious::ANXIOUS,
        }
    }

    /// The question for something about the guest, where it differs by tone.
    pub(super) fn ask(&self, slot: Slot) -> Option<&'static str> {
        match slot {
            Slot::Dates => Some(self.ask_dates),
            Slot::Nights => Some(self.ask_nights),
            Slot::Party => Some(self.ask_party),
            Slot::Room => Some(self.ask_room),
            Slot::Name => Some(self.ask_name),
            Slot::Email => Some(self.ask_email),
            Slot::Phone => Some(self.ask_phone),
            Slot::Code | Slot::Confirmation => None,
        }
    }

    /// What a guest reads when a person was brought in.
    pub(crate) fn handed_over(&self, reason: HandOverReason) -> &'static str {
        match reason {
            HandOverReason::AskedForPerson | HandOverReason::Emergency => self.person_asked,
            HandOverReason::RepeatedFailure => self.gave_up,
            HandOverReason::Anger => self.soothe,
            HandOverReason::HighValue => self.high_value,
            HandOverReason::PolicyException => self.exception,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tone_asks_the_same_before_it_books_and_names_what_it_tells() {
        for tone in Tone::ALL {
            let voice = Voice::of(tone);
            assert!(voice.shall_i_book.contains("Shall I book"), "{tone:?}");
            for (phrase, holds) in [
                (voice.hello, "{house}"),
                (voice.off_topic, "{house}"),
                (voice.farewell, "{house}"),
                (voice.offer, "{stay}"),
                (voice.nothing_free, "{stay}"),
                (voice.nothing_free, "{party}"),
            ] {
                assert!(phrase.contains(holds), "{tone:?}: {phrase}");
            }
        }
    }

    #[test]
    fn tones_differ_where_guests_notice_it() {
        let warm = Voice::of(Tone::Warm);
        for tone in [Tone::Formal, Tone::Casual, Tone::Direct, Tone::Anxious] {
            let voice = Voice::of(tone);
            assert_ne!(voice.hello, warm.hello, "{tone:?}");
            assert_ne!(voice.booked, warm.booked, "{tone:?}");
            assert_ne!(voice.nothing_free, warm.nothing_free, "{tone:?}");
        }
    }
}
