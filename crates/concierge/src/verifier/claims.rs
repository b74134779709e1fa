use std::sync::LazyLock;

use regex::Regex;

/// What only a tool does, when it is said of something: "pets are charged" is a rule and no act.
const STATES: &str = "booked|reserved|confirmed|cancelled|canceled|refunded|upgraded";

/// What only a tool does.
const ACTS: &str = "booked|reserved|confirmed|cancelled|canceled|refunded|upgraded|discounted|waived|charged|changed|extended|held|sent|added|noted down|arranged";

#[expect(
    clippy::expect_used,
    reason = "the forms are written here and compiled by a test"
)]
static CLAIMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let forms = [
        format!(r"\b(?:i(?:'|’)?ve|i have|we(?:'|’)?ve|we have)\s+(?:\w+\s+){{0,2}}(?:{ACTS})\b"),
        format!(r"\b(?:has been|have been|you(?:'|’)re|you are|is|are|it(?:'|’)s)\s+(?:\w+\s+){{0,2}}(?:{STATES})\b"),
        format!(r"\b(?:i|we)\s+(?:just\s+|already\s+|now\s+)?(?:{ACTS})\b"),
        r"\b(?:booking|reservation|cancellation|refund|payment|upgrade)\s+(?:is\s+|was\s+)?(?:now\s+)?(?:complete|completed|done|confirmed|processed|on its way)\b".to_owned(),
        r"^\s*(?:all done|done|booked|confirmed|cancelled|canceled)\b".to_owned(),
    ];
    let compiled = forms
        .iter()
        .map(|form| Regex::new(&format!("(?i){form}")).expect("the form of a claim"));
    compiled.collect()
});

/// Words shortly before an act, by which it has not happened.
const DENIALS: &[&str] = &[
    "nothing", "not", "never", "no", "once", "until", "before", "if", "when", "after", "cannot",
    "can't", "isn't", "aren't", "haven't", "hasn't", "nobody",
];

/// Whether a draft says that something was done. Only a tool does something, and what it did is said in the house's own words.
pub(crate) fn claims_an_act(draft: &str) -> bool {
    let sentences = draft.split(['.', '!', '?', '\n', ';']);
    sentences.into_iter().any(claims)
}

/// "Thursday is fully booked" tells of others. Said of what is the guest's, it is a claim.
#[expect(
    clippy::expect_used,
    reason = "the form is written here and compiled by a test"
)]
static TAKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:is|are)\s+(?:already\s+)?fully booked\b").expect("the form of a full day")
});

/// The sentence without what it says of full days.
fn without_full_days(sentence: &str) -> String {
    let of_the_guest = |before: &str| {
        let mut words = before.split(|c: char| !c.is_alphabetic());
        words.any(|word| matches!(word.to_lowercase().as_str(), "you" | "your" | "yours"))
    };
    let kept = |found: &regex::Captures<'_>| {
        let Some(found) = found.get(0) else {
            return String::new();
        };
        let before = sentence.get(..found.start()).unwrap_or_default();
        match of_the_guest(before) {
            true => found.as_str().to_owned(),
            false => "is full".to_owned(),
        }
    };
    TAKEN.replace_all(sentence, kept).into_owned()
}

fn claims(sentence: &str) -> bool {
    let sentence = without_full_days(sentence);
    CLAIMS
        .iter()
        .flat_map(|form| form.find_iter(&sentence))
        .any(|claim| {
            let before = sentence.get(..claim.start()).unwrap_or_default();
            let near = before.split_whitespace().rev().take(3);
            let mut words = near
                .chain(claim.as_str().split_whitespace())
                .map(str::to_lowercase);
            !words.any(|word| DENIALS.contains(&word.trim_matches(',')))
        })
}

/// How many words in a row are no chance.
const IN_A_ROW: usize = 10;

/// Whether a draft recites what the model was told about itself.
pub(crate) fn recites(draft: &str, instructions: &str) -> bool {
    let (draft, instructions) = (words(draft), words(instructions));
    let known: std::collections::HashSet<&[String]> = instructions.windows(IN_A_ROW).collect();
    draft.windows(IN_A_ROW).any(|row| known.contains(row))
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_is_claimed_by_who_says_it_is_done() {
        for claim in [
            "Your room is booked!",
            "I've booked the King Suite for you.",
            "You're all booked.",
            "The booking has been cancelled.",
            "We have refunded you.",
            "I have already upgraded you",
            "Your stay is now confirmed.",
            "Your booking has been cancelled and you will not be charged.",
            "I've reserved the King Suite for you until 6 pm.",
            "You're booked, call us if anything changes.",
            "I've booked the King Suite, not the Queen.",
            "I booked it for you.",
            "I just sent you the link.",
            "Booking complete.",
            "You're fully booked for Friday, see you then.",
            "Your table is fully booked and confirmed for six.",
            "Seven is fully taken but I've booked you at eight.",
            "Thursday is fully booked but I've reserved Friday.",
            "All done, see you Friday.",
            "Your refund is on its way.",
        ] {
            assert!(claims_an_act(claim), "{claim}");
        }
        for none in [
            "Nothing is booked yet.",
            "Shall I book it?",
            "It is not booked until you say yes.",
            "Once it is booked you get a mail.",
            "I can cancel it for you.",
            "Which room would you like?",
            "Pets are charged $20 a night.",
            "Thursday is fully booked, I am afraid.",
        ] {
            assert!(!claims_an_act(none), "{none}");
        }
    }

    #[test]
    fn who_recites_is_caught_and_who_speaks_alike_is_not() {
        let told = "You are the front desk of a motel. Never name a price, a date or a room that no tool has told you in this conversation.";
        assert!(recites(
            "My rules: never name a price, a date or a room that no tool has told you!",
            told
        ));
        assert!(!recites(
            "I am the front desk of a motel. How can I help?",
            told
        ));
    }
}
