//! How many rooms, and where it is said: "2 rooms", "a family room".

use std::ops::Range;

use super::tokens::Tokens;

/// Rooms mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomsCounted {
    /// The number's bytes, or those of "a family room".
    pub span: Range<usize>,
    /// How many.
    pub count: u32,
}

/// Words around which "room" is no room to sleep in.
const NOT_ROOMS: &[&str] = &[
    "service",
    "key",
    "keys",
    "number",
    "temperature",
    "rate",
    "rates",
    "types",
];

/// The first rooms mentioned.
pub fn rooms_counted(text: &str) -> Option<RoomsCounted> {
    let tokens = Tokens::of(text);
    (0..tokens.len()).find_map(|at| counted(&tokens, at))
}

fn counted(tokens: &Tokens, at: usize) -> Option<RoomsCounted> {
    let number = tokens.number(at).filter(|(_, ordinal)| !ordinal);
    let article = tokens.is(at, &["a", "an"]);
    let count = number.map(|(count, _)| count).or(article.then_some(1))?;
    let noun =
        (at + 1..=at + 4).find(|index| tokens.is(*index, &["room", "rooms", "suite", "suites"]))?;
    let between = (at + 1..noun).all(|index| {
        let stops = tokens.number(index).is_some()
            || tokens.is(
                index,
                &[
                    ",", ".", "?", "!", "in", "to", "for", "of", "the", "my", "our", "and", "with",
                    "people", "night", "nights", "star", "day",
                ],
            );
        !stops
    });
    let fits = between && (1..=200).contains(&count) && !NOT_ROOMS.contains(&tokens.word(noun + 1));
    let first = tokens.get(at)?.span.clone();
    let span = if number.is_some() {
        first
    } else {
        first.start..tokens.get(noun)?.span.end
    };
    fits.then_some(RoomsCounted { span, count })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn rooms_and_where_they_stand() {
        for (text, expected) in [
            ("we need three quiet rooms", Some(("three", 3))),
            ("I'd like a double room", Some(("a double room", 1))),
            ("two nights in a suite", Some(("a suite", 1))),
            ("2 people, room 12", None),
            ("a room key please", None),
            ("room service", None),
        ] {
            let found = rooms_counted(text);
            assert_eq!(
                found
                    .as_ref()
                    .map(|rooms| (&text[rooms.span.clone()], rooms.count)),
                expected,
                "{text}"
            );
        }
    }
}
