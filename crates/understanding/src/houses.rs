//! Names of houses that are known, however they are said: "the Sailor" is the Grand Sailor Hotel where no other one is
//! known.

use std::ops::Range;

use super::spelling::is_slip_of;
use super::tokens::Tokens;

/// A known house in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseNamed {
    /// Which of the known ones.
    pub index: usize,
    /// Its bytes.
    pub span: Range<usize>,
}

/// Words that many houses have in their names.
const OF_MANY: &[&str] = &[
    "guest",
    "house",
    "houses",
    "guesthouse",
    "hotel",
    "hotels",
    "bed",
    "and",
    "breakfast",
    "lodge",
    "the",
    "inn",
    "a",
    "b",
    "by",
    "of",
    "at",
    "in",
    "-",
    "&",
    "motel",
    "hostel",
    "resort",
    "suites",
    "city",
];

/// The houses of `known` in `text`, in the order they are said; of two that overlap the longer one.
pub fn houses(text: &str, known: &[String]) -> Vec<HouseNamed> {
    let tokens = Tokens::of(text);
    let mut found: Vec<(Range<usize>, usize)> = known
        .iter()
        .enumerate()
        .filter_map(|(index, name)| Some((find(&tokens, &words(name))?, index)))
        .collect();
    found.sort_by_key(|(place, index)| (std::cmp::Reverse(place.len()), *index));
    let mut kept: Vec<(Range<usize>, usize)> = Vec::new();
    for (place, index) in found {
        if kept
            .iter()
            .all(|(other, _)| place.end <= other.start || other.end <= place.start)
        {
            kept.push((place, index));
        }
    }
    kept.sort_by_key(|(place, _)| place.start);
    kept.into_iter()
        .filter_map(|(place, index)| {
            let start = tokens.get(place.start)?.span.start;
            let end = tokens.get(place.end.checked_sub(1)?)?.span.end;
            Some(HouseNamed {
                index,
                span: start..end,
            })
        })
        .collect()
}

fn words(name: &str) -> Vec<String> {
    let tokens = Tokens::of(name);
    (0..tokens.len()).map(|at| plain(tokens.word(at))).collect()
}

fn plain(word: &str) -> String {
    match word {
        "&" => "and".to_owned(),
        word => word.replace('\'', ""),
    }
}

/// The whole name, or the words of it that are its own, one after another.
fn find(tokens: &Tokens, name: &[String]) -> Option<Range<usize>> {
    let own: Vec<&String> = name
        .iter()
        .filter(|word| !OF_MANY.contains(&word.as_str()))
        .collect();
    let stands = |at: usize, words: &[&String], exact: bool| {
        words.iter().enumerate().all(|(offset, word)| {
            let said = plain(tokens.word(at + offset));
            said == **word || !exact && same_start(&said, word) && is_slip_of(&said, word)
        })
    };
    let whole: Vec<&String> = name.iter().collect();
    let exact = (0..tokens.len()).find(|at| !whole.is_empty() && stands(*at, &whole, true));
    if let Some(at) = exact {
        return Some(at..at + whole.len());
    }
    let at = (0..tokens.len()).find(|at| !own.is_empty() && stands(*at, &own, false))?;
    Some(at..at + own.len())
}

/// "North" is no slip of "Worth".
fn same_start(said: &str, word: &str) -> bool {
    said.chars().next() == word.chars().next()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn houses_are_known_by_what_is_their_own() {
        let known: Vec<String> = [
            "Harbour Guest House",
            "The Grand Sailor Hotel",
            "Rosa's Bed & Breakfast",
            "Northgate Inn",
        ]
        .map(str::to_owned)
        .into();
        for (text, expected) in [
            ("is the harbour free", vec![0]),
            ("the grand sailer, or rosas?", vec![1, 2]),
            ("ROSA'S BED AND BREAKFAST please", vec![2]),
            ("a hotel up north", vec![]),
            ("any guest house", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<usize> = houses(text, &known)
                .iter()
                .map(|house| house.index)
                .collect();
            assert_eq!(found, expected, "{text}");
        }
        let found = houses("at the Harbour Guest House.", &known);
        assert_eq!(found[0].span, 7..26);
    }
}
