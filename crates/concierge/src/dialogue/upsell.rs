//! What is remembered of offers beside what the guest asked for.

use motel_kernel::{BookingCode, Email, Money};
use motel_upsells::{Offered, ShowingId};
use serde::{Deserialize, Serialize};

/// Offers of a conversation. Which rules were said is known by their crate.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Upsell {
    /// What the last answer offered: the next words are read as a yes or a no to it, and only those.
    pub(crate) asked: Option<Asked>,
    /// What was said yes to for the booking being made.
    pub(crate) taken: Vec<Taken>,
    /// The guest was angry or asked to be spared: nothing more is offered.
    pub(crate) unwelcome: bool,
}

/// An offer that waits for a yes or a no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) showing: ShowingId,
    pub(crate) offered: Offered,
    pub(crate) name: String,
    pub(crate) to: AddedTo,
}

/// What an offer would be added to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AddedTo {
    /// The booking that is being made.
    Draft,
    /// A booking that stands; what it comes to is still to be read back.
    Booking { code: BookingCode, email: Email },
    /// The same, read back: with this total it is added on a yes.
    ReadBack {
        code: BookingCode,
        email: Email,
        total: Money,
    },
}

/// An offer that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Taken {
    pub(crate) showing: ShowingId,
    pub(crate) offered: Offered,
    pub(crate) name: String,
    /// The room type there was.
    #[serde(default)]
    pub(crate) instead_of: String,
    /// What it comes to with what is booked.
    #[serde(default)]
    pub(crate) extra: Option<Money>,
}

/// Whether these words are angry, or ask for no more offers: who is heard like that is sold nothing.
pub(crate) fn is_unwelcome(message: &str) -> bool {
    const SIGNS: &[&str] = &[
        "angry",
        "annoyed",
        "annoying",
        "appalling",
        "awful",
        "complain",
        "complaint",
        "disappointed",
        "disappointing",
        "disgraceful",
        "disgusting",
        "dont upsell",
        "fed up",
        "frustrated",
        "frustrating",
        "furious",
        "horrible",
        "idiot",
        "idiots",
        "incompetent",
        "just the room",
        "nightmare",
        "no extras",
        "outrageous",
        "pathetic",
        "rip off",
        "ripoff",
        "ridiculous",
        "scam",
        "shame on you",
        "sick of",
        "stop selling",
        "stupid",
        "terrible",
        "to sell me",
        "to upsell",
        "unacceptable",
        "upset",
        "useless",
        "worst",
        "wtf",
    ];
    let plain: String = message
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\'' | '\u{2019}'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let padded = format!(
        " {} ",
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    );
    SIGNS
        .iter()
        .any(|sign| padded.contains(&format!(" {sign} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anger_is_told_from_a_plain_wish() {
        for angry in [
            "This is ridiculous!!",
            "are you a stupid bot or what",
            "I\u{2019}m fed up. Two nights from Friday",
            "standard. and don't try to upsell me",
            "worst website ever",
        ] {
            assert!(is_unwelcome(angry), "{angry}");
        }
        for calm in [
            "two nights from Friday, please",
            "Great, thanks!!!",
            "is the pool heated?",
            "We had a lovely stay, no complaints",
        ] {
            assert!(!is_unwelcome(calm), "{calm}");
        }
    }
}
