//! How long: "two nights", "a week", "one more night", "just tonight".

use serde::{Deserialize, Serialize};

use super::spelling;
use super::tokens::Tokens;

/// A length of stay as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NightsMention {
    /// So many nights.
    Exactly(u32),
    /// So many more than planned.
    More(u32),
    /// So many fewer than planned.
    Fewer(u32),
}

/// The last length of stay in the message, so that a correction wins.
pub(super) fn find(tokens: &Tokens) -> Option<NightsMention> {
    (0..tokens.len())
        .rev()
        .find_map(|at| counted(tokens, at).or_else(|| worded(tokens, at)))
        .or_else(|| one_named_night(tokens))
}

/// "tonight", "tomorrow night", "Friday night": one night, when no other length is said.
fn one_named_night(tokens: &Tokens) -> Option<NightsMention> {
    const DAYS: &[&str] = &[
        "tomorrow",
        "tmrw",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let night = |at: usize| {
        let named = tokens.is(at, &["tonight", "tonite", "2nite"]);
        named || DAYS.contains(&tokens.word(at)) && tokens.is(at + 1, &["night", "nite"])
    };
    let until = |at: usize| matches!(tokens.before(at, 1), "until" | "till" | "to" | "-");
    let mut nights = (0..tokens.len()).filter(|at| night(*at));
    let (first, more) = (nights.next()?, nights.next());
    (more.is_none() && !until(first)).then_some(NightsMention::Exactly(1))
}

fn counted(tokens: &Tokens, at: usize) -> Option<NightsMention> {
    let count = tokens.count(at)?;
    let article = tokens.number(at).is_none();
    let more = tokens.is(at + 1, &["more", "extra", "additional", "further"]);
    let fewer = tokens.is(at + 1, &["less", "fewer"]);
    let dash = usize::from(tokens.word(at + 1) == "-");
    let unit_at = at + 1 + usize::from(more || fewer) + dash;
    let nights = count.saturating_mul(nights_in(tokens.word(unit_at))?);
    let span = !matches!(tokens.word(unit_at), "night" | "nights" | "nite" | "nites");
    if is_not_a_length(tokens, at, unit_at, article, span) {
        return None;
    }
    let behind = tokens.word(unit_at + 1);
    Some(match () {
        () if more || matches!(behind, "longer" | "more" | "extra") => NightsMention::More(nights),
        () if fewer || matches!(behind, "less" | "shorter" | "fewer") => {
            NightsMention::Fewer(nights)
        }
        () => NightsMention::Exactly(nights),
    })
}

fn nights_in(unit: &str) -> Option<u32> {
    match unit {
        "night" | "nights" | "nite" | "nites" | "day" | "days" => Some(1),
        "week" | "weeks" => Some(7),
        "fortnight" => Some(14),
        "month" | "months" => Some(30),
        slip if spelling::is_slip_of(slip, "nights") => Some(1),
        _ => None,
    }
}

/// "$20 a night", "in two weeks", "3 days before", "the first night": prices, dates and deadlines.
fn is_not_a_length(tokens: &Tokens, at: usize, unit_at: usize, article: bool, span: bool) -> bool {
    let before = tokens.before(at, 1);
    let after = tokens.word(unit_at + 1);
    let stays = matches!(
        before,
        "for"
            | "stay"
            | "staying"
            | "spend"
            | "just"
            | "only"
            | "book"
            | "of"
            | "add"
            | "need"
            | "want"
            | "make"
    );
    let deadline = span
        && matches!(
            before,
            "in" | "within" | "every" | "next" | "last" | "per" | "first"
        );
    let offset = matches!(after, "ago" | "before" | "hence")
        || span && matches!(after, "after" | "later" | "notice")
        || span
            && after == "from"
            && matches!(tokens.word(unit_at + 2), "now" | "today" | "tomorrow")
            && before != "for"
        || span && before != "for" && matches!(after, "in");
    (article && !stays) || deadline || offset
}

fn worded(tokens: &Tokens, at: usize) -> Option<NightsMention> {
    const PHRASES: &[(&str, NightsMention)] = &[
        ("a couple of nights", NightsMention::Exactly(2)),
        ("couple of nights", NightsMention::Exactly(2)),
        ("couple nights", NightsMention::Exactly(2)),
        ("a couple of days", NightsMention::Exactly(2)),
        ("another night", NightsMention::More(1)),
        ("an extra night", NightsMention::More(1)),
        ("an additional night", NightsMention::More(1)),
        ("a night longer", NightsMention::More(1)),
        ("a day longer", NightsMention::More(1)),
        ("a night less", NightsMention::Fewer(1)),
        ("just tonight", NightsMention::Exactly(1)),
        ("only tonight", NightsMention::Exactly(1)),
        ("tonight only", NightsMention::Exactly(1)),
        ("the night of", NightsMention::Exactly(1)),
        ("single night", NightsMention::Exactly(1)),
        ("overnight", NightsMention::Exactly(1)),
    ];
    PHRASES
        .iter()
        .find_map(|(phrase, nights)| tokens.phrase(at, phrase).map(|_| *nights))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::NightsMention::{Exactly, Fewer, More};
    use super::*;

    #[test]
    fn lengths() {
        for (text, expected) in [
            ("for two nights", Some(Exactly(2))),
            ("3 nights please", Some(Exactly(3))),
            ("a 3-night stay", Some(Exactly(3))),
            ("we stay a week", Some(Exactly(7))),
            ("for a night", Some(Exactly(1))),
            ("what is it a night?", None),
            ("is it $20 a night", None),
            ("in two weeks", None),
            ("two weeks from now", None),
            ("one more night", Some(More(1))),
            ("two nights longer", Some(More(2))),
            ("one night less", Some(Fewer(1))),
            ("add an extra night", Some(More(1))),
            ("not two nights, make it three nights", Some(Exactly(3))),
            ("10000 nights", Some(Exactly(10_000))),
            ("0 nights", Some(Exactly(0))),
            ("just tonight", Some(Exactly(1))),
            ("a couple of nights", Some(Exactly(2))),
            ("cancel 2 days before", None),
            ("9 adults for 7 nights from Sunday", Some(Exactly(7))),
            ("got anything for tonight?", Some(Exactly(1))),
            ("tomorrow night please", Some(Exactly(1))),
            ("tonight for three nights", Some(Exactly(3))),
            ("tomorrow", None),
            ("2 nigths", Some(Exactly(2))),
            ("hello", None),
        ] {
            assert_eq!(find(&Tokens::of(text)), expected, "{text}");
        }
    }
}
