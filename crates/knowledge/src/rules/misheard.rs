//! Words as a speech recogniser or a finger leaves them: parted where they are one, or with a letter wrong.

use strsim::osa_distance;

use super::vocabulary::{alike_words, says_nothing};

/// Shorter words are like too many others.
const SHORTEST: usize = 6;
/// From this length on, two letters may be wrong.
const LONG: usize = 9;

/// The folded question with neighbours joined that together are a word guests use, or nearly one: "house keeping", "check kin".
pub(crate) fn rejoin(folded: &str) -> String {
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut joined = Vec::with_capacity(words.len());
    let mut index = 0;
    while let Some(word) = words.get(index) {
        let whole = words.get(index + 1).and_then(|next| whole(word, next));
        joined.push(whole.unwrap_or(word));
        index += if whole.is_some() { 2 } else { 1 };
    }
    joined.join(" ")
}

fn whole(word: &str, next: &str) -> Option<&'static str> {
    let may_be_part = |word: &str| word.len() > 1 && !says_nothing(word) && !is_small(word);
    if !may_be_part(word) || !may_be_part(next) {
        return None;
    }
    let both = format!("{word}{next}");
    if both.len() < SHORTEST {
        return None;
    }
    let (first, second) = (is_known(word), is_known(next));
    let exact = || alike_words().find(|known| *known == both);
    match (first, second) {
        (true, true) => None,
        (false, false) => exact().or_else(|| nearest(&both, 1)),
        _ => exact(),
    }
}

/// Words that join others: what they stand beside is no part of a word.
fn is_small(word: &str) -> bool {
    const SMALL: &[&str] = &[
        "being", "above", "after", "again", "all", "because", "before", "below", "between", "down",
        "during", "each", "few", "further", "here", "hers", "if", "more", "most", "no", "once",
        "only", "own", "same", "some", "such", "through", "very", "while", "me", "not",
    ];
    SMALL.contains(&word)
}

fn is_known(word: &str) -> bool {
    let one = word.strip_suffix('s').unwrap_or(word);
    alike_words().any(|known| known == word || known == one)
}

/// The word guests use that a longer word was probably meant as: one letter wrong, missing, added or swapped, two in a long one. Few
/// mistake the first.
pub(crate) fn meant(word: &str) -> Option<&'static str> {
    let letters = word.chars().count();
    if letters < SHORTEST || !word.chars().all(char::is_alphabetic) || is_known(word) {
        return None;
    }
    nearest(word, if letters < LONG { 1 } else { 2 })
}

fn nearest(word: &str, most: usize) -> Option<&'static str> {
    let first = word.chars().next()?;
    let near = alike_words()
        .filter(|known| known.starts_with(first) && known.len().abs_diff(word.len()) <= most)
        .filter(|known| known.len() >= SHORTEST)
        .map(|known| (osa_distance(known, word), known))
        .filter(|(wrong, _)| *wrong <= most);
    near.min().map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parted_words_are_joined_again() {
        assert_eq!(
            rejoin("daily house keeping please"),
            "daily housekeeping please"
        );
        assert_eq!(
            rejoin("what is the check kin time"),
            "what is the checkin time"
        );
        for whole in ["coffee table", "is the pool open", "park by the lot", ""] {
            assert_eq!(rejoin(whole), whole);
        }
    }

    #[test]
    fn one_slip_is_forgiven_and_other_words_are_left_alone() {
        assert_eq!(meant("bagage"), Some("baggage"));
        assert_eq!(meant("refridgerator"), Some("refrigerator"));
        for word in [
            "dogs", "luggage", "hamster", "mongolia", "stare", "42nd", "walter",
        ] {
            assert_eq!(meant(word), None, "{word}");
        }
    }
}
