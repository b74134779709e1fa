//! Animals that come along.

use super::tokens::Tokens;

const ANIMALS: &[&str] = &[
    "dog",
    "cat",
    "pet",
    "puppy",
    "kitten",
    "doggy",
    "doggo",
    "pup",
    "labrador",
    "poodle",
    "terrier",
    "retriever",
    "bird",
    "parrot",
    "rabbit",
    "hamster",
    "kitty",
    "dachshund",
    "corgi",
    "beagle",
    "shepherd",
    "chihuahua",
    "bulldog",
];
const SEVERAL: &[&str] = &[
    "dogs",
    "cats",
    "pets",
    "puppies",
    "kittens",
    "doggies",
    "pups",
    "animals",
    "labradors",
    "birds",
    "rabbits",
];

/// How many animals come; `Some(0)` when the guest says none do. A service animal is no pet.
pub(super) fn find(tokens: &Tokens) -> Option<u32> {
    let mut sum: Option<u32> = None;
    for at in 0..tokens.len() {
        let Some(count) = count_at(tokens, at) else {
            continue;
        };
        sum = match (sum, count) {
            (Some(so_far), more) if more > 0 => Some(so_far.saturating_add(more)),
            (_, count) => Some(count),
        };
    }
    sum
}

fn count_at(tokens: &Tokens, at: usize) -> Option<u32> {
    let word = tokens.word(at);
    let (one, several) = (ANIMALS.contains(&word), SEVERAL.contains(&word));
    if !(one || several) || is_something_else(tokens, at) {
        return None;
    }
    let mut back = 1;
    while back <= 3 && is_adjective(tokens.before(at, back)) {
        back += 1;
    }
    let lead = tokens.before(at, back);
    let negated = matches!(lead, "no" | "without" | "not" | "any" if is_negative(tokens, at))
        || lead == "the" && is_negative(tokens, at);
    if negated {
        return Some(0);
    }
    if let Some((count, false)) = at.checked_sub(back).and_then(|i| tokens.number(i)) {
        return Some(count);
    }
    match (lead, one) {
        ("my" | "our" | "his" | "her", true) => Some(1),
        ("my" | "our" | "the", false) => Some(2),
        ("a" | "an" | "the", true) if comes_along(tokens, at - back) => Some(1),
        _ => None,
    }
}

fn is_adjective(word: &str) -> bool {
    matches!(
        word,
        "small"
            | "little"
            | "big"
            | "large"
            | "well"
            | "behaved"
            | "friendly"
            | "old"
            | "golden"
            | "tiny"
            | "german"
            | "-"
            | "quiet"
            | "trained"
            | "lovely"
            | "pet"
    )
}

/// "pet friendly", "pet fee", "dog park", "service dog", "hot dogs".
fn is_something_else(tokens: &Tokens, at: usize) -> bool {
    const FOLLOWERS: &[&str] = &[
        "friendly", "fee", "fees", "policy", "park", "food", "charge", "charges", "room", "rooms",
        "allowed", "sitter", "bowl", "bed", "deposit", "rules", "walking", "rate",
    ];
    const LEADERS: &[&str] = &[
        "service",
        "guide",
        "assistance",
        "hot",
        "seeing",
        "emotional",
    ];
    let follower = tokens.word(at + 1 + usize::from(tokens.word(at + 1) == "-"));
    FOLLOWERS.contains(&follower) || LEADERS.contains(&tokens.before(at, 1))
}

fn is_negative(tokens: &Tokens, at: usize) -> bool {
    (1..=6).any(|back| {
        matches!(
            tokens.before(at, back),
            "no" | "not"
                | "without"
                | "don't"
                | "dont"
                | "won't"
                | "isn't"
                | "never"
                | "leave"
                | "leaving"
                | "haven't"
                | "forget"
        )
    })
}

/// "a dog" is company when someone brings it, not when someone asks about dogs in general.
fn comes_along(tokens: &Tokens, article_at: usize) -> bool {
    (1..=5).any(|back| {
        matches!(
            tokens.before(article_at, back),
            "with"
                | "+"
                | "bring"
                | "bringing"
                | "have"
                | "and"
                | "plus"
                | "take"
                | "taking"
                | ","
                | "got"
        )
    }) && !tokens.has(&["do you"])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn animals() {
        for (text, expected) in [
            ("I'm bringing my dog", Some(1)),
            ("two dogs", Some(2)),
            ("2 small dogs and a cat", Some(3)),
            ("with our golden retriever", Some(1)),
            ("no pets", Some(0)),
            ("we don't have any pets", Some(0)),
            ("without the dog", Some(0)),
            ("do you take dogs?", None),
            ("are you pet friendly?", None),
            ("what is the pet fee", None),
            ("I have a service dog", None),
            ("2 adults with a dog", Some(1)),
            ("can I bring a dog?", Some(1)),
            ("do you allow a dog in the room?", None),
            ("", None),
        ] {
            assert_eq!(find(&Tokens::of(text)), expected, "{text}");
        }
    }
}
