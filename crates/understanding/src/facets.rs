//! What a message touches, several things at once: `facets.txt`.
//!
//! An [`super::Intent`] is the one thing to do next. Facets are everything a message is about: "hi, is the pool open
//! and can I park?" greets, asks, and touches pool and parking.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tokens::Tokens;

/// Something a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// Says yes.
    Yes,
    /// Says no.
    No,
    /// Does not know.
    Unsure,
    /// Has taken note.
    Acknowledge,
    /// Greets.
    Greet,
    /// Says goodbye.
    Bye,
    /// Wants a person.
    Human,
    /// Thanks.
    Thanks,
    /// Wants to hear it again.
    Repeat,
    /// Wants something undone.
    Cancel,
    /// Wants something different.
    Change,
    /// Wants to book, get or order something.
    Obtain,
    /// Asks for information.
    AskInfo,
    /// Asks how something is done.
    How,
    /// Asks why.
    Why,
    /// Asks when.
    When,
    /// Asks how much or how many.
    HowMuch,
    /// Asks how long.
    HowLong,
    /// Something is wrong.
    Wrong,
    /// Something is lost or stolen.
    Lost,
    /// Wants more or later.
    More,
    /// Wants less or earlier.
    Less,
    /// Something new.
    New,
    /// Something that is there already.
    Existing,
    /// A limit.
    Limits,
    /// Money back.
    Refund,
    /// Checking in.
    CheckIn,
    /// Checking out.
    CheckOut,
    /// Eating out in the house.
    Restaurant,
    /// The pool.
    Pool,
    /// Parking.
    Parking,
    /// Animals.
    Pets,
    /// Getting around with a disability.
    Accessibility,
    /// A booking of anything.
    Booking,
    /// The internet.
    Wifi,
    /// The gym.
    Gym,
    /// Spa and beauty.
    Spa,
    /// What is in the room.
    Amenities,
    /// Cleaning.
    Housekeeping,
    /// Things brought to the room.
    RoomService,
}

/// The facets and their names in `facets.txt`.
const NAMES: [(&str, Facet); 40] = [
    ("yes", Facet::Yes),
    ("no", Facet::No),
    ("unsure", Facet::Unsure),
    ("acknowledge", Facet::Acknowledge),
    ("greet", Facet::Greet),
    ("bye", Facet::Bye),
    ("human", Facet::Human),
    ("thanks", Facet::Thanks),
    ("repeat", Facet::Repeat),
    ("cancel", Facet::Cancel),
    ("change", Facet::Change),
    ("obtain", Facet::Obtain),
    ("ask_info", Facet::AskInfo),
    ("how", Facet::How),
    ("why", Facet::Why),
    ("when", Facet::When),
    ("how_much", Facet::HowMuch),
    ("how_long", Facet::HowLong),
    ("wrong", Facet::Wrong),
    ("lost", Facet::Lost),
    ("more", Facet::More),
    ("less", Facet::Less),
    ("new", Facet::New),
    ("existing", Facet::Existing),
    ("limits", Facet::Limits),
    ("refund", Facet::Refund),
    ("check_in", Facet::CheckIn),
    ("check_out", Facet::CheckOut),
    ("restaurant", Facet::Restaurant),
    ("pool", Facet::Pool),
    ("parking", Facet::Parking),
    ("pets", Facet::Pets),
    ("accessibility", Facet::Accessibility),
    ("booking", Facet::Booking),
    ("wifi", Facet::Wifi),
    ("gym", Facet::Gym),
    ("spa", Facet::Spa),
    ("amenities", Facet::Amenities),
    ("housekeeping", Facet::Housekeeping),
    ("room_service", Facet::RoomService),
];

/// How a phrase of the table counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Anywhere,
    Whole,
    Begins,
    Unless,
}

#[derive(Debug, Clone)]
struct Phrase {
    facet: Facet,
    mode: Mode,
    words: Vec<&'static str>,
}

/// The phrases by their first word; those whose first word may go on stand apart.
#[derive(Debug, Default)]
struct Table {
    phrases: Vec<Phrase>,
    by_word: HashMap<&'static str, Vec<usize>>,
    by_stem: Vec<(&'static str, usize)>,
    without: Vec<(Facet, Facet)>,
}

/// The table is part of the program, and a test reads all of it: an unreadable line cannot ship.
static TABLE: LazyLock<Table> =
    LazyLock::new(|| table(include_str!("facets.txt")).unwrap_or_default());

fn named(name: &str) -> Result<Facet, String> {
    let found = NAMES.iter().find(|(known, _)| *known == name);
    found
        .map(|(_, facet)| *facet)
        .ok_or_else(|| format!("no facet: {name}"))
}

fn table(text: &'static str) -> Result<Table, String> {
    let mut table = Table::default();
    let mut facet = None;
    for line in text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
    {
        let Some(body) = line.strip_prefix("  ") else {
            facet = Some(named(line)?);
            continue;
        };
        let facet = facet.ok_or("phrases without a facet")?;
        let (mark, rest) = body.split_at_checked(1).ok_or("an empty line")?;
        let (mode, list) = match mark {
            "-" => (Mode::Unless, rest),
            "=" => (Mode::Whole, rest),
            "^" => (Mode::Begins, rest),
            "/" => {
                for name in rest.split(';') {
                    table.without.push((facet, named(name.trim())?));
                }
                continue;
            }
            _ => (Mode::Anywhere, body),
        };
        for words in list
            .split(';')
            .map(str::trim)
            .filter(|phrase| !phrase.is_empty())
        {
            let words: Vec<&str> = words.split(' ').collect();
            table.add(Phrase { facet, mode, words });
        }
    }
    Ok(table)
}

impl Table {
    fn add(&mut self, phrase: Phrase) {
        let index = self.phrases.len();
        let first = phrase.words.first().copied().unwrap_or_default();
        match first.strip_suffix('*') {
            Some(stem) => self.by_stem.push((stem, index)),
            None => self.by_word.entry(first).or_default().push(index),
        }
        self.phrases.push(phrase);
    }

    /// The phrases whose first word is `word`.
    fn beginning(&self, word: &str) -> impl Iterator<Item = &Phrase> {
        let exact = self.by_word.get(word).into_iter().flatten().copied();
        let stems = self
            .by_stem
            .iter()
            .filter(move |(stem, _)| word.starts_with(stem))
            .map(|(_, index)| *index);
        exact
            .chain(stems)
            .filter_map(|index| self.phrases.get(index))
    }
}

/// Everything the message touches, in the order of [`Facet`].
pub fn facets(text: &str) -> Vec<Facet> {
    let tokens = Tokens::of(text);
    let end = (0..tokens.len())
        .rev()
        .find(|at| !tokens.is(*at, &[".", "!", ","]))
        .map_or(0, |last| last + 1);
    let (mut found, mut denied) = (Vec::new(), Vec::new());
    for at in 0..tokens.len() {
        for phrase in TABLE.beginning(tokens.word(at)) {
            let Some(next) = stands(&tokens, at, &phrase.words) else {
                continue;
            };
            let holds = match phrase.mode {
                Mode::Anywhere | Mode::Unless => true,
                Mode::Begins => at == 0,
                Mode::Whole => at == 0 && next == end,
            };
            if holds && phrase.mode == Mode::Unless {
                denied.push(phrase.facet);
            } else if holds {
                found.push(phrase.facet);
            }
        }
    }
    found.retain(|facet| !denied.contains(facet));
    found.sort_unstable();
    found.dedup();
    let all = found.clone();
    let beside = |facet: Facet| {
        TABLE
            .without
            .iter()
            .any(|(one, other)| *one == facet && all.contains(other))
    };
    found.retain(|facet| !beside(*facet));
    found
}

/// The index after the phrase, where it stands at `at`.
fn stands(tokens: &Tokens, at: usize, words: &[&str]) -> Option<usize> {
    let same =
        |index: usize, word: &str| match word.strip_suffix('*').filter(|stem| !stem.is_empty()) {
            Some(stem) => tokens.word(index).starts_with(stem),
            None => tokens.word(index) == word,
        };
    let all = words
        .iter()
        .enumerate()
        .all(|(offset, word)| same(at + offset, word));
    all.then_some(at + words.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::Facet::*;
    use super::*;

    #[test]
    fn the_table_is_readable_and_every_facet_has_phrases() {
        let table = table(include_str!("facets.txt")).unwrap();
        for (name, facet) in NAMES {
            assert!(
                table.phrases.iter().any(|phrase| phrase.facet == facet),
                "{name}"
            );
        }
        assert!(super::table("nothing\n  a phrase").is_err());
    }

    #[test]
    fn a_message_touches_several_things() {
        for (text, expected) in [
            ("hello, when does the pool open?", vec![Greet, When, Pool]),
            ("thanks, bye", vec![Bye, Thanks]),
            ("the shower is leaking", vec![Wrong, Amenities]),
            (
                "please cancel the reservation for tonight",
                vec![Cancel, Booking],
            ),
            ("how much is it to bring our puppy", vec![HowMuch, Pets]),
            ("I think my wallet was stolen at the gym", vec![Lost, Gym]),
            ("nope", vec![No]),
            ("the sky is blue", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(facets(text), expected, "{text}");
        }
    }
}
