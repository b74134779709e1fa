//! What guests say to a hotel's front desk: everything a message touches, and its dates, times and people.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike};
use motel_understanding::{
    Asked, DateOrder, Facet, Grain, Kin, Moment, People, StayEnd, When, facets, moments, named,
    people, rooms_counted,
};
use serde_json::{Map, Value, json};

use super::nlupp_days::as_said;
use super::{ById, Scores, list, text};
use crate::tally::{Tally, shown};

/// The set's names of our facets.
const INTENTS: &[(Facet, &str)] = &[
    (Facet::Yes, "affirm"),
    (Facet::No, "deny"),
    (Facet::Unsure, "dont_know"),
    (Facet::Acknowledge, "acknowledge"),
    (Facet::Greet, "greet"),
    (Facet::Bye, "end_call"),
    (Facet::Human, "handoff"),
    (Facet::Thanks, "thank"),
    (Facet::Repeat, "repeat"),
    (Facet::Cancel, "cancel_close_leave_freeze"),
    (Facet::Change, "change"),
    (Facet::Obtain, "make_open_apply_setup_get_activate"),
    (Facet::AskInfo, "request_info"),
    (Facet::How, "how"),
    (Facet::Why, "why"),
    (Facet::When, "when"),
    (Facet::HowMuch, "how_much"),
    (Facet::HowLong, "how_long"),
    (Facet::Wrong, "wrong_notworking_notshowing"),
    (Facet::Lost, "lost_stolen"),
    (Facet::More, "more_higher_after"),
    (Facet::Less, "less_lower_before"),
    (Facet::New, "new"),
    (Facet::Existing, "existing"),
    (Facet::Limits, "limits"),
    (Facet::Refund, "refund"),
    (Facet::CheckIn, "check_in"),
    (Facet::CheckOut, "check_out"),
    (Facet::Restaurant, "restaurant"),
    (Facet::Pool, "swimming_pool"),
    (Facet::Parking, "parking"),
    (Facet::Pets, "pets"),
    (Facet::Accessibility, "accesibility"),
    (Facet::Booking, "booking"),
    (Facet::Wifi, "wifi"),
    (Facet::Gym, "gym"),
    (Facet::Spa, "spa"),
    (Facet::Amenities, "room_ammenities"),
    (Facet::Housekeeping, "housekeeping"),
    (Facet::RoomService, "room_service"),
];

/// A slot's text and value, by the set's name of it.
type Slots = BTreeMap<&'static str, (Range<usize>, Value)>;

pub(super) fn predict(item: &Value) -> Vec<Value> {
    let message = text(item, "text");
    let touched = facets(message);
    let intents: Vec<&str> = INTENTS
        .iter()
        .filter(|(facet, _)| touched.contains(facet))
        .map(|(_, name)| *name)
        .collect();
    let slots: Map<String, Value> = slots(message, &touched)
        .into_iter()
        .map(|(name, (span, value))| {
            let said = message.get(span).unwrap_or_default();
            (name.to_owned(), json!({"text": said, "value": value}))
        })
        .collect();
    vec![json!({"id": text(item, "id"), "intents": intents, "slots": slots})]
}

/// The set's sentences were said on this day, at nine in the morning.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 3, 15).unwrap_or_default()
}

fn asked() -> Asked {
    Asked {
        today: today(),
        order: DateOrder::DayFirst,
        time: false,
        date: false,
    }
}

fn slots(message: &str, touched: &[Facet]) -> Slots {
    let mut slots = Slots::new();
    let asked = asked();
    let name = named(message, false);
    let free = |span: &Range<usize>| {
        name.as_ref()
            .is_none_or(|name| span.end <= name.span.start || name.span.end <= span.start)
    };
    let found: Vec<Moment> = moments(message, asked)
        .into_iter()
        .filter(|moment| free(&moment.span))
        .collect();
    let elsewhere = [
        Facet::Housekeeping,
        Facet::RoomService,
        Facet::Wrong,
        Facet::Lost,
        Facet::Restaurant,
        Facet::Spa,
        Facet::Gym,
        Facet::Pool,
    ]
    .iter()
    .any(|facet| touched.contains(facet));
    let stay = !elsewhere && is_about_a_stay(message, touched);
    for moment in &found {
        time_slots(message, moment, stay, &mut slots);
    }
    let mut taken: Vec<Range<usize>> = found.iter().map(|moment| moment.span.clone()).collect();
    if let Some(name) = name {
        let said = message
            .get(name.span.clone())
            .unwrap_or_default()
            .to_lowercase();
        slots.insert("person_name", (name.span.clone(), json!(said)));
        taken.push(name.span);
    }
    let present = people(message, false, &taken);
    for (kin, slot) in [
        (Kin::Adults, "adults"),
        (Kin::Kids, "kids"),
        (Kin::People, "people"),
    ] {
        slots.extend(party(&present, kin).map(|party| (slot, party)));
    }
    if let Some(rooms) = rooms_counted(message) {
        slots.insert("rooms", (rooms.span, json!(rooms.count)));
    }
    let unnamed = present.iter().all(|one| one.span == one.number);
    let only_people = slots.keys().all(|slot| *slot == "people");
    if only_people
        && unnamed
        && let Some(number) = bare_number(message)
    {
        slots.remove("people");
        slots.insert("number", number);
    }
    slots
}

/// Whether a day is the first of a stay unless something else is said.
fn is_about_a_stay(message: &str, touched: &[Facet]) -> bool {
    let message = message.to_lowercase();
    let words = [
        "book",
        "room",
        "stay",
        "night",
        "adult",
        "accommodation",
        "suite",
        "from",
        "people",
        "for",
    ];
    touched.contains(&Facet::Booking)
        || words.iter().any(|word| {
            message
                .split(|c: char| !c.is_alphanumeric())
                .any(|said| said.starts_with(word))
        })
}

fn time_slots(message: &str, moment: &Moment, stay: bool, slots: &mut Slots) {
    let span = moment.span.clone();
    let said = |moment: &Moment| day_said(message, moment);
    match &moment.when {
        When::Day { part: Some(_), .. } => put(slots, "time_period", span, Value::Null),
        When::Day { on, .. } => {
            let slot = match (moment.role, slots.contains_key("date_from")) {
                _ if *on < today() => "date",
                (StayEnd::Departure, _) => "date_to",
                (StayEnd::Unsaid, true) => "date_to",
                (StayEnd::Arrival, _) => "date_from",
                (StayEnd::Unsaid, false) if stay => "date_from",
                (StayEnd::Unsaid, false) => "date",
            };
            put(slots, slot, span, said(moment));
        }
        When::Weekend { .. } | When::Period { .. } => put(slots, "date_period", span, Value::Null),
        When::Between { first, last, .. } => {
            put_day(slots, "date_from", first, said(first));
            put_day(slots, "date_to", last, said(last));
        }
        When::Since(inner) => put_day(slots, "date_from", inner, said(inner)),
        When::Until(inner) => put_day(slots, "date_to", inner, said(inner)),
        When::After(inner) => put_day(slots, "date", inner, said(inner)),
        When::Length { grain, .. } => {
            let slot = if *grain == Grain::Hour {
                "time_period"
            } else {
                "date_period"
            };
            put(slots, slot, span, Value::Null);
        }
        When::In { seconds } => {
            let now = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
            let then = now
                .overflowing_add_signed(TimeDelta::seconds(i64::try_from(*seconds).unwrap_or(0)))
                .0;
            put(slots, "time", span, clock(then));
        }
        When::Clock { at, .. } => {
            let slot = match moment.role {
                StayEnd::Arrival => "time_from",
                StayEnd::Departure => "time_to",
                StayEnd::Unsaid => "time",
            };
            put(slots, slot, span, clock(*at));
        }
        When::Clocks { first, last } => {
            for (slot, end) in [("time_from", first), ("time_to", last)] {
                if let When::Clock { at, .. } = end.when {
                    put(slots, slot, end.span.clone(), clock(at));
                }
            }
        }
        When::PartOfDay(_) => put(slots, "time_period", span, Value::Null),
    }
}

fn put(slots: &mut Slots, slot: &'static str, span: Range<usize>, value: Value) {
    slots.entry(slot).or_insert((span, value));
}

fn put_day(slots: &mut Slots, slot: &'static str, moment: &Moment, on: Value) {
    match &moment.when {
        When::Day { .. } => put(slots, slot, moment.span.clone(), on),
        _ => put(slots, "date_period", moment.span.clone(), Value::Null),
    }
}

/// The day as the set says it.
fn day_said(message: &str, moment: &Moment) -> Value {
    as_said(message, moment, asked()).map_or(
        Value::Null,
        |on| json!({"day": on.day(), "month": on.month(), "year": on.year()}),
    )
}

fn clock(at: NaiveTime) -> Value {
    json!({"hour": at.hour(), "minute": at.minute()})
}

/// Everybody of one kind: the number where one mention has one, else all the words.
fn party(present: &[People], kin: Kin) -> Option<(Range<usize>, Value)> {
    let mut of_kind = present.iter().filter(|one| one.kin == kin);
    let (first, rest) = (of_kind.next()?, of_kind.collect::<Vec<_>>());
    match rest.last() {
        None => Some((first.number.clone(), json!(first.count))),
        Some(last) => {
            let count = first.count + rest.iter().map(|one| one.count).sum::<u32>();
            Some((first.span.start..last.span.end, json!(count)))
        }
    }
}

/// A message that is hardly more than a number.
fn bare_number(message: &str) -> Option<(Range<usize>, Value)> {
    let short = message.split_whitespace().count() <= 4;
    let found = short.then(|| people(message, true, &[]).into_iter().next())?;
    if let Some(number) = found {
        return Some((number.number, json!(number.count)));
    }
    let none = ["none", "zero"].into_iter().find(|word| {
        message
            .trim_matches(|c: char| !c.is_alphanumeric())
            .eq_ignore_ascii_case(word)
    })?;
    let start = message.to_lowercase().find(none)?;
    Some((start..start + none.len(), json!(0)))
}

/// Intents, slots by their words and slots by their values.
pub(super) fn score(gold: &[Value], predicted: &ById<'_>) -> Scores {
    let (mut intents, mut words, mut values, mut dates) = (
        Tally::default(),
        Tally::default(),
        Tally::default(),
        Tally::default(),
    );
    let (mut exact, mut days) = (0, Tally::default());
    let nothing = json!({});
    for item in gold {
        let found = predicted.get(text(item, "id")).copied().unwrap_or(&nothing);
        let (wanted, got) = (list(item, "intents"), list(found, "intents"));
        for intent in wanted {
            intents.compare(true, got.contains(intent), true);
        }
        for _ in got.iter().filter(|intent| !wanted.contains(intent)) {
            intents.compare(false, true, false);
        }
        days.add(&days_of(item), &days_of(found));
        exact += usize::from(
            wanted.len() == got.len() && wanted.iter().all(|intent| got.contains(intent)),
        );
        for slot in slot_names(item, found) {
            let (want, find) = (slot_of(item, &slot), slot_of(found, &slot));
            let folded = |slot: Option<&Value>| slot.map(|slot| folded(text(slot, "text")));
            words.compare(want.is_some(), find.is_some(), folded(want) == folded(find));
            compare_values(&mut values, want, find);
            if slot.starts_with("date") {
                compare_values(&mut dates, want, find);
            }
        }
    }
    vec![
        ("intents, micro-F1", intents.show()),
        ("all intents right", shown(exact, gold.len())),
        ("slots by words, F1", words.show()),
        ("slots by value, F1", values.show()),
        ("date values in their slots, F1", dates.show()),
        ("date values in any slot, F1", days.show()),
    ]
}

/// The days of the slots of dates, whichever it is.
fn days_of(item: &Value) -> Vec<String> {
    let slots = ["date", "date_from", "date_to"].into_iter();
    let values = slots.filter_map(|slot| {
        slot_of(item, slot)?
            .get("value")
            .filter(|value| !value.is_null())
    });
    values.map(Value::to_string).collect()
}

fn slot_names(item: &Value, found: &Value) -> Vec<String> {
    let names = |value: &Value| {
        value
            .get("slots")
            .and_then(Value::as_object)
            .map(|slots| slots.keys().cloned().collect::<Vec<_>>())
    };
    let mut all = [
        names(item).unwrap_or_default(),
        names(found).unwrap_or_default(),
    ]
    .concat();
    all.sort();
    all.dedup();
    all
}

fn slot_of<'a>(item: &'a Value, slot: &str) -> Option<&'a Value> {
    item.get("slots")?.get(slot)
}

/// A slot whose value the set does not know is left out; a prediction without a value claims none.
fn compare_values(tally: &mut Tally, want: Option<&Value>, find: Option<&Value>) {
    let value =
        |slot: Option<&Value>| slot.map(|slot| slot.get("value").cloned().unwrap_or(Value::Null));
    let (want, find) = (value(want), value(find));
    if want == Some(Value::Null) {
        return;
    }
    let lower =
        |value: &Option<Value>| value.as_ref().map(|value| value.to_string().to_lowercase());
    let claimed = find.as_ref().is_some_and(|value| !value.is_null());
    tally.compare(want.is_some(), claimed, lower(&want) == lower(&find));
}

/// Letters and digits in lower case, everything else a blank.
fn folded(text: &str) -> String {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '_' {
                c
            } else {
                ' '
            }
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
