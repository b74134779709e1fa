//! Four services that find and book hotels and houses: what each turn sets or changes.
//!
//! The other side's acts are given by the set, as our own desk knows what it asked, offered and read back.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;

use chrono::NaiveDate;
use motel_understanding::{
    Asked, Aspect, Business, DateOrder, Wanted, When, business, houses, moments, places, wishes,
};
use serde_json::{Value, json};

use super::{list, text};
use crate::EvalError;

type Delta = BTreeMap<String, String>;

/// What each turn sets or changes.
pub(super) fn predict(gold: &[Value], _: &Path) -> Result<Vec<Value>, EvalError> {
    let mut offers: HashMap<String, (Vec<String>, bool)> = HashMap::new();
    let read = |turn: &Value| {
        let (offered, any) = offers.entry(dialogue(turn).to_owned()).or_default();
        *any |= act_values(turn, "OFFER", |_| true).next().is_some();
        offered.extend(act_values(turn, "OFFER", is_name).map(|(_, value)| value));
        json!({"id": text(turn, "id"), "delta": Turn::of(turn, offered, *any).read()})
    };
    Ok(gold.iter().map(read).collect())
}

/// `dev/6_00032/12/Hotels_4` is of the dialogue `dev/6_00032`.
fn dialogue(turn: &Value) -> &str {
    let id = text(turn, "id");
    id.match_indices('/')
        .nth(1)
        .and_then(|(end, _)| id.get(..end))
        .unwrap_or(id)
}

fn is_name(slot: &str) -> bool {
    matches!(slot, "hotel_name" | "place_name")
}

/// The slots and values of the other side's acts of a kind.
fn act_values<'a>(
    turn: &'a Value,
    kind: &'a str,
    of: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = (&'a str, String)> + 'a {
    let part =
        |act: &'a Value, index: usize| act.get(index).and_then(Value::as_str).unwrap_or_default();
    list(turn, "sys_prev_acts")
        .iter()
        .filter(move |act| part(act, 0) == kind && of(part(act, 1)))
        .map(move |act| {
            let values = act.get(2).and_then(Value::as_array);
            let first = values
                .and_then(|values| values.first())
                .and_then(Value::as_str);
            (part(act, 1), first.unwrap_or_default().to_owned())
        })
}

/// One turn with what is known around it.
struct Turn<'a> {
    turn: &'a Value,
    said: &'a str,
    plain: String,
    /// The houses offered so far.
    offered: &'a [String],
    /// Whether anything was offered.
    is_offered: bool,
    slots: Slots,
}

/// What the service calls things; what it has no name for it does not ask.
struct Slots {
    name: Option<&'static str>,
    town: &'static str,
    nights: Option<&'static str>,
    rooms: Option<&'static str>,
    people: Option<&'static str>,
    stars: Option<&'static str>,
    rating: Option<&'static str>,
    amenity: Option<(Aspect, &'static str)>,
    check_out: Option<&'static str>,
}

fn slots(service: &str) -> Slots {
    let base = Slots {
        name: Some("hotel_name"),
        town: "location",
        nights: None,
        rooms: Some("number_of_rooms"),
        people: None,
        stars: None,
        rating: None,
        amenity: None,
        check_out: None,
    };
    match service {
        "Hotels_1" => Slots {
            town: "destination",
            nights: Some("number_of_days"),
            stars: Some("star_rating"),
            amenity: Some((Aspect::Internet, "has_wifi")),
            ..base
        },
        "Hotels_2" => Slots {
            name: None,
            town: "where_to",
            rooms: None,
            people: Some("number_of_adults"),
            rating: Some("rating"),
            amenity: Some((Aspect::Laundry, "has_laundry_service")),
            check_out: Some("check_out_date"),
            ..base
        },
        "Hotels_3" => Slots {
            amenity: Some((Aspect::Pets, "pets_welcome")),
            check_out: Some("check_out_date"),
            ..base
        },
        _ => Slots {
            name: Some("place_name"),
            nights: Some("stay_length"),
            stars: Some("star_rating"),
            amenity: Some((Aspect::Smoking, "smoking_allowed")),
            ..base
        },
    }
}

impl<'a> Turn<'a> {
    fn of(turn: &'a Value, offered: &'a [String], is_offered: bool) -> Self {
        let said = text(turn, "utterance");
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
        Self {
            turn,
            said,
            plain: format!(
                " {} ",
                plain.split_whitespace().collect::<Vec<_>>().join(" ")
            ),
            offered,
            is_offered,
            slots: slots(text(turn, "service")),
        }
    }

    fn read(&self) -> Delta {
        let mut delta = Delta::new();
        if !self.of_something_else() {
            let named = self.names(&mut delta);
            self.towns(&mut delta, &named);
            self.wishes(&mut delta, &named);
            self.days(&mut delta);
        }
        self.agreed(&mut delta);
        self.accepted(&mut delta);
        delta
    }

    fn has(&self, phrases: &[&str]) -> bool {
        phrases
            .iter()
            .any(|phrase| self.plain.contains(&format!(" {phrase} ")))
    }

    fn opens(&self, words: &[&str]) -> bool {
        words
            .iter()
            .any(|word| self.plain.starts_with(&format!(" {word} ")))
    }

    fn requested(&self, slot: &str) -> bool {
        act_values(self.turn, "REQUEST", |_| true).any(|(asked, _)| asked == slot)
    }

    /// A flight, a table or the weather, with nothing of a house.
    fn of_something_else(&self) -> bool {
        const OTHERS: &[&str] = &[
            "weather", "forecast", "flight", "movie", "doctor", "dentist", "event", "events",
        ];
        let housed = self.has(&[
            "hotel",
            "hotels",
            "house",
            "houses",
            "room",
            "rooms",
            "place to stay",
            "stay",
        ]);
        let other = matches!(
            business(self.said),
            Some(Business::Food | Business::Journey | Business::Taxi | Business::Sights)
        );
        !housed && (other || self.has(OTHERS))
    }

    /// Houses by their names, known or not; where they stand.
    fn names(&self, delta: &mut Delta) -> Vec<Range<usize>> {
        let Some(slot) = self.slots.name else {
            return Vec::new();
        };
        let known = houses(self.said, self.offered);
        let mut spans: Vec<Range<usize>> = known.iter().map(|house| house.span.clone()).collect();
        if let Some(name) = known.last().and_then(|house| self.offered.get(house.index)) {
            delta.insert(slot.to_owned(), name.clone());
            return spans;
        }
        for place in places(self.said, false)
            .into_iter()
            .filter(|place| place.is_house)
        {
            let name = self.said.get(place.span.clone()).unwrap_or_default();
            delta.insert(slot.to_owned(), name.to_owned());
            spans.push(place.span);
        }
        spans
    }

    fn towns(&self, delta: &mut Delta, named: &[Range<usize>]) {
        let asked = self.requested(self.slots.town);
        let free = |span: &Range<usize>| {
            named
                .iter()
                .all(|other| span.end <= other.start || other.end <= span.start)
        };
        let town = places(self.said, asked)
            .into_iter()
            .find(|place| (!place.is_house || self.slots.name.is_none()) && free(&place.span));
        if let Some(name) = town.and_then(|place| self.said.get(place.span)) {
            delta.insert(self.slots.town.to_owned(), name.to_owned());
        }
    }

    fn wishes(&self, delta: &mut Delta, named: &[Range<usize>]) {
        let asked: Vec<Aspect> = [
            (self.slots.nights, Aspect::Nights),
            (self.slots.rooms, Aspect::Rooms),
            (self.slots.people, Aspect::People),
            (self.slots.stars, Aspect::Stars),
        ]
        .into_iter()
        .filter_map(|(slot, aspect)| slot.filter(|slot| self.requested(slot)).map(|_| aspect))
        .collect();
        let asks = self.asks_about();
        for wish in wishes(self.said, &asked) {
            if named
                .iter()
                .any(|span| wish.span.start < span.end && span.start < wish.span.end)
            {
                continue;
            }
            let count = match wish.wanted {
                Wanted::Count(count) => count.to_string(),
                Wanted::Tenths(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
                _ => "True".to_owned(),
            };
            let amenity = self
                .slots
                .amenity
                .filter(|(aspect, _)| *aspect == wish.aspect);
            let slot = match wish.aspect {
                Aspect::Nights => self.slots.nights,
                Aspect::Rooms => self.slots.rooms,
                Aspect::People => self.slots.people,
                Aspect::Stars => self.slots.stars,
                Aspect::Rating => self.slots.rating,
                _ => amenity
                    .filter(|_| wish.wanted == Wanted::Yes && !asks)
                    .map(|(_, slot)| slot),
            };
            if let Some(slot) = slot {
                delta.insert(slot.to_owned(), count);
            }
        }
    }

    /// Whether something is asked about a house that was offered, and not wished of another.
    fn asks_about(&self) -> bool {
        const SEEKS: &[&str] = &[
            "looking for",
            "find me",
            "search for",
            "house with",
            "hotel with",
            "place with",
            "one with",
        ];
        let of_it = [
            "does it",
            "do they",
            "does the",
            "is it",
            "does that",
            "are they",
        ];
        let asks = self.said.contains('?')
            || self.has(&[
                "whether",
                "tell me",
                "let me know",
                "check if",
                "what is",
                "find out",
                "i want to know",
            ]);
        self.is_offered && (asks && !self.has(SEEKS) || self.has(&of_it))
    }

    fn days(&self, delta: &mut Delta) {
        let out = self.slots.check_out;
        let asked_out = out.is_some_and(|slot| self.requested(slot));
        let asked_in = self.requested("check_in_date");
        let asked = Asked {
            today: NaiveDate::from_ymd_opt(2019, 3, 1).unwrap_or_default(),
            order: DateOrder::MonthFirst,
            time: false,
            date: asked_in || asked_out,
        };
        for moment in moments(self.said, asked) {
            let found: Vec<Range<usize>> = match &moment.when {
                When::Day { .. } => vec![moment.span.clone()],
                When::Until(inner) | When::Since(inner) | When::After(inner) => {
                    vec![inner.span.clone()]
                }
                When::Between { first, last, .. } => vec![first.span.clone(), last.span.clone()],
                _ => Vec::new(),
            };
            let until = matches!(moment.when, When::Until(_));
            for span in found {
                let words = self.said.get(span.clone()).unwrap_or_default();
                let words = words.trim_end_matches('.').to_owned();
                let leaves = until
                    || self.leaves_on(&span)
                    || asked_out && !asked_in && !self.arrives_on(&span);
                let known = delta.contains_key("check_in_date");
                match out.filter(|_| leaves || known) {
                    Some(slot) => {
                        delta.entry(slot.to_owned()).or_insert(words);
                    }
                    None if !leaves && !known => {
                        delta.insert("check_in_date".to_owned(), words);
                    }
                    None => {}
                }
            }
        }
    }

    /// The words before a day, back to the day before.
    fn before(&self, span: &Range<usize>) -> String {
        const FAR: usize = 34;
        let start = (0..=span.start)
            .rev()
            .take(FAR)
            .filter(|at| self.said.is_char_boundary(*at))
            .last()
            .unwrap_or(span.start);
        self.said
            .get(start..span.start)
            .unwrap_or_default()
            .to_lowercase()
    }

    fn leaves_on(&self, span: &Range<usize>) -> bool {
        let before = self.before(span);
        let last = |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max();
        let to = before.trim_end().ends_with(" to") || before.trim_end().ends_with(" to the");
        let out = last(&["out", "leav", "until", "till", "through", "thru", "depart"]);
        to || out > last(&["in on", "check in", "arriv", "from", "starting", "check-in"])
    }

    fn arrives_on(&self, span: &Range<usize>) -> bool {
        let before = self.before(span);
        [
            "in on",
            "check in",
            "checking in",
            "arriv",
            "from",
            "starting",
        ]
        .iter()
        .any(|word| before.contains(word))
    }

    /// What was read back and agreed to.
    fn agreed(&self, delta: &mut Delta) {
        const RIGHT: &[&str] = &[
            "correct",
            "that's right",
            "that is right",
            "is right",
            "sounds good",
            "sounds great",
            "that works",
            "that'll work",
            "that will work",
            "is good",
            "perfect",
            "my request",
            "seems right",
            "is fine",
            "is great",
            "go ahead",
            "confirmed",
            "all good",
            "is ok",
            "what i want",
            "is okay",
            "works for me",
        ];
        const YES: &[&str] = &[
            "yes",
            "yeah",
            "yep",
            "yup",
            "sure",
            "correct",
            "right",
            "perfect",
            "great",
            "ok",
            "okay",
            "that's right",
            "that's correct",
            "that is correct",
            "sounds good",
            "that sounds",
            "sounds great",
            "fine",
            "exactly",
            "absolutely",
            "that works",
            "good",
            "please do",
            "go ahead",
            "alright",
            "that's good",
            "that's great",
            "of course",
            "it is",
            "looks good",
            "awesome",
            "yea",
            "that is right",
            "all good",
            "indeed",
            "that's fine",
            "it's fine",
            "works",
        ];
        let denies = self.opens(&["no", "nope", "not", "actually", "wait", "sorry"]);
        if denies || !(self.opens(YES) || self.has(RIGHT)) {
            return;
        }
        let read_back = act_values(self.turn, "CONFIRM", |_| true);
        let suggested = act_values(self.turn, "REQUEST", |_| true);
        for (slot, value) in read_back.chain(suggested.filter(|(_, value)| !value.is_empty())) {
            delta.entry(slot.to_owned()).or_insert(value);
        }
    }

    /// The house offered last, when what is said takes it.
    fn accepted(&self, delta: &mut Delta) {
        const TAKES: &[&str] = &[
            "sounds",
            "works",
            "perfect",
            "book",
            "reserve",
            "reservation",
            "take it",
            "i like",
            "i'd like that",
            "excellent",
            "awesome",
            "love",
            "great",
            "good",
            "nice",
            "fine",
            "wonderful",
            "that one",
            "booked",
            "cool",
            "that'll do",
            "that will do",
            "suits",
            "right up my alley",
            "fantastic",
            "amazing",
            "interested",
            "that hotel",
        ];
        const LOOKS_ON: &[&str] = &[
            "another",
            "else",
            "other",
            "others",
            "different",
            "anything",
            "not",
            "don't",
            "any more",
            "more options",
            "cheaper",
            "instead",
            "no",
        ];
        const AGREES: &[&str] = &["yes", "ok", "okay", "yeah", "sure", "alright", "yep"];
        let Some((slot, name)) = self.slots.name.zip(self.offered.last()) else {
            return;
        };
        let confirmed = act_values(self.turn, "CONFIRM", |_| true).next().is_some();
        let offers = act_values(self.turn, "OFFER", is_name).next().is_some();
        let takes = self.has(TAKES) || offers && self.opens(AGREES);
        if takes && !self.has(LOOKS_ON) && !confirmed {
            delta.entry(slot.to_owned()).or_insert(name.clone());
        }
    }
}
