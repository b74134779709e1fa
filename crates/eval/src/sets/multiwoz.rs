//! Dialogues in which a hotel is looked for among restaurants, trains and sights: what is wanted of it after every turn.
//!
//! The engine reads each sentence; what is kept from turn to turn, and what the set calls it, is here.

use std::collections::BTreeMap;
use std::path::Path;

use motel_understanding::{Aspect, Business, Wanted, Wish, business, houses, wishes};
use serde_json::{Value, json};

use super::{list, text};
use crate::{EvalError, lines};

type State = BTreeMap<&'static str, String>;

/// The state after every turn of every dialogue. The houses of the town stand in a file beside the dialogues.
pub(super) fn predict(gold: &[Value], folder: &Path) -> Result<Vec<Value>, EvalError> {
    let mut known = Vec::new();
    for file in lines::files(folder, "multiwoz_hotel_db")? {
        known.extend(
            lines::read(&file)?
                .iter()
                .map(|house| text(house, "name").to_owned()),
        );
    }
    Ok(gold
        .iter()
        .flat_map(|dialogue| follow(dialogue, &known))
        .collect())
}

fn follow(dialogue: &Value, known: &[String]) -> Vec<Value> {
    let mut talk = Talk {
        known,
        state: State::new(),
        business: Business::Lodging,
        offered: Vec::new(),
    };
    list(dialogue, "turns")
        .iter()
        .map(|turn| {
            talk.hear(&joined(text(turn, "sys")), &joined(text(turn, "user")));
            json!({"id": text(turn, "id"), "state": talk.state})
        })
        .collect()
}

/// The set writes "do n't" and "it 's".
fn joined(spaced: &str) -> String {
    spaced
        .replace(" n't", "n't")
        .replace(" 's", "'s")
        .replace("b&b", "b and b")
        .replace("B&B", "B and B")
}

/// What is remembered of a dialogue.
struct Talk<'a> {
    known: &'a [String],
    state: State,
    business: Business,
    /// The houses named last by the other side.
    offered: Vec<usize>,
}

impl Talk<'_> {
    fn hear(&mut self, before: &str, said: &str) {
        let named = self.houses(before);
        if !named.is_empty() {
            self.offered.clone_from(&named);
        }
        self.business = business(before).unwrap_or(self.business);
        let asked = asked(before, said);
        for sentence in sentences(said) {
            self.read(sentence, &asked);
        }
        if self.business == Business::Lodging && !self.state.contains_key("name") {
            self.accept(before, &words(said), !named.is_empty());
        }
    }

    /// The houses named, each once.
    fn houses(&self, said: &str) -> Vec<usize> {
        let mut found: Vec<usize> = houses(said, self.known)
            .iter()
            .map(|house| house.index)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn read(&mut self, sentence: &str, asked: &[Aspect]) {
        let named = self.houses(sentence);
        self.business = match named.is_empty() {
            true => business(sentence).unwrap_or(self.business),
            false => Business::Lodging,
        };
        if self.business != Business::Lodging {
            return;
        }
        if let Some(house) = named.last() {
            self.name(*house);
        }
        let about_offer = self.offered.len() == 1
            && has(
                &words(sentence),
                &["does it", "do they", "does that", "it have", "they have"],
            );
        let spans: Vec<_> = houses(sentence, self.known)
            .into_iter()
            .map(|house| house.span)
            .collect();
        for wish in wishes(sentence, asked) {
            let of_name = spans
                .iter()
                .any(|span| wish.span.start < span.end && span.start < wish.span.end);
            let asks = about_offer && matches!(wish.aspect, Aspect::Parking | Aspect::Internet);
            if !of_name && !asks {
                self.wish(&wish);
            }
        }
    }

    fn wish(&mut self, wish: &Wish) {
        let Some((slot, value)) = slot(wish) else {
            return;
        };
        let alone = slot == "people"
            && value == "1"
            && !wish.span.is_empty()
            && self.state.contains_key(slot);
        if !alone {
            self.state.insert(slot, value);
        }
    }

    /// The house offered last, when what is said takes it.
    fn accept(&mut self, before: &str, said: &str, just_named: bool) {
        const TAKES: &[&str] = &[
            "book",
            "reserve",
            "reservation",
            "sounds",
            "let's",
            "i'll take",
            "works",
        ];
        const ABOUT: &[&str] = &["address", "phone", "postcode"];
        let [house] = self.offered.as_slice() else {
            return;
        };
        let house = *house;
        let opens = |any: &[&str]| any.contains(&said.split(' ').next().unwrap_or_default());
        let denies = opens(&["no", "nope", "actually"]);
        let takes =
            has(said, TAKES) || opens(&["yes", "yeah", "sure", "ok", "okay", "great", "perfect"]);
        let asks = has(said, ABOUT) && (!denies || has(said, &["just", "only"]));
        let booked = just_named && has(&words(before), &["booked"]);
        if takes && !denies || booked || just_named && asks {
            self.name(house);
        }
    }

    fn name(&mut self, house: usize) {
        if let Some(name) = self.known.get(house) {
            let bare = name.strip_prefix("the ").unwrap_or(name);
            self.state.insert("name", bare.to_owned());
        }
    }
}

/// What the set calls a wish, and its value.
fn slot(wish: &Wish) -> Option<(&'static str, String)> {
    let slot = match wish.aspect {
        Aspect::Area => "area",
        Aspect::Budget => "pricerange",
        Aspect::Stars => "stars",
        Aspect::Kind => "type",
        Aspect::Parking => "parking",
        Aspect::Internet => "internet",
        Aspect::People => "people",
        Aspect::Nights => "stay",
        Aspect::Day => "day",
        _ => return None,
    };
    let value = match wish.wanted {
        Wanted::Yes => "yes".to_owned(),
        Wanted::Any => "dontcare".to_owned(),
        Wanted::Word(word) => word.to_owned(),
        Wanted::Count(count) => count.to_string(),
        Wanted::Day(day) => whole_name(day).to_owned(),
        Wanted::Tenths(_) => return None,
    };
    Some((slot, value))
}

fn whole_name(day: chrono::Weekday) -> &'static str {
    match day {
        chrono::Weekday::Mon => "monday",
        chrono::Weekday::Tue => "tuesday",
        chrono::Weekday::Wed => "wednesday",
        chrono::Weekday::Thu => "thursday",
        chrono::Weekday::Fri => "friday",
        chrono::Weekday::Sat => "saturday",
        chrono::Weekday::Sun => "sunday",
    }
}

/// What is asked for, by the words of a question.
const QUESTIONS: &[(Aspect, &[&str])] = &[
    (
        Aspect::Area,
        &[
            "area",
            "part of town",
            "part",
            "side of town",
            "location",
            "where",
        ],
    ),
    (
        Aspect::Budget,
        &["price range", "price", "pricerange", "budget"],
    ),
    (Aspect::Stars, &["star", "stars", "star rating", "rating"]),
    (Aspect::Parking, &["parking"]),
    (Aspect::Internet, &["internet", "wifi"]),
    (
        Aspect::Kind,
        &[
            "guesthouse or hotel",
            "hotel or guesthouse",
            "type",
            "hotel or a guesthouse",
            "guesthouse or a hotel",
            "guest house or hotel",
            "hotel or guest house",
            "a guesthouse or",
        ],
    ),
    (
        Aspect::People,
        &["people", "guests", "how many will", "party"],
    ),
    (
        Aspect::Nights,
        &[
            "how long",
            "nights",
            "length of stay",
            "long",
            "many days",
            "duration",
        ],
    ),
];

/// What the other side asks for in its questions and requests. "No" answers only a question of preference, and "yes" none
/// about booking.
fn asked(before: &str, said: &str) -> Vec<Aspect> {
    const REQUESTS: &[&str] = &["need to know", "tell me", "let me know", "please"];
    const PREFERENCE: &[&str] = &[
        "preference",
        "prefer",
        "particular",
        "specific",
        "certain",
        "mind",
    ];
    let (all, opening) = (words(before), words(said));
    let opens = |any: &[&str]| any.contains(&opening.split(' ').next().unwrap_or_default());
    let refuses = opens(&["no", "nope", "nah"])
        && !has(&all, PREFERENCE)
        && !has(&opening, &["preference", "matter", "care", "mind"]);
    let agrees = opens(&["yes", "yeah", "yep"]) && has(&all, &["book"]);
    let mut found = Vec::new();
    for sentence in sentences_with_marks(before) {
        let plain = words(sentence);
        if !sentence.ends_with('?') && !has(&plain, REQUESTS) {
            continue;
        }
        let here = QUESTIONS
            .iter()
            .filter(|(_, phrases)| has(&plain, phrases))
            .map(|(aspect, _)| *aspect);
        found.extend(here.filter(|aspect| {
            let amenity = matches!(aspect, Aspect::Parking | Aspect::Internet);
            let unclear =
                refuses && !matches!(aspect, Aspect::People | Aspect::Nights) || agrees && amenity;
            !unclear
        }));
    }
    found
}

fn sentences(said: &str) -> impl Iterator<Item = &str> {
    sentences_with_marks(said).map(|sentence| sentence.trim_end_matches(['.', '!', ';']))
}

/// With the mark that ends each.
fn sentences_with_marks(said: &str) -> impl Iterator<Item = &str> {
    said.split_inclusive(['.', '?', '!', ';'])
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

/// Words parted by single blanks, without marks.
fn words(said: &str) -> String {
    let plain: String = said
        .to_lowercase()
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '\'' {
                c
            } else {
                ' '
            }
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether one of the phrases stands among the words.
fn has(words: &str, phrases: &[&str]) -> bool {
    let padded = format!(" {words} ");
    phrases
        .iter()
        .any(|phrase| padded.contains(&format!(" {phrase} ")))
}
