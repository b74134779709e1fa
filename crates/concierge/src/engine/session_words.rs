//! What a message says about an appointment: which service, what time, how many, how far.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveTime};
use motel_appointments::{Destination, Service, Travel};
use motel_understanding::{Asked, DateOrder, When, moments};

use crate::dialogue::{SessionDraft, SessionSlot};
use crate::understanding::Understanding;

/// Words that say that somebody wants an appointment, and not only to know something.
const WANTS: &[&str] = &[
    "book",
    "reserve",
    "appointment",
    "appointments",
    "slot",
    "slots",
    "schedule",
    "session",
    "sessions",
    "free",
    "available",
    "availability",
    "opening",
    "openings",
    "reservation",
    "order",
];

/// Words that say which half of the day is meant.
const HALVES: &[&str] = &[
    "am",
    "pm",
    "morning",
    "afternoon",
    "evening",
    "noon",
    "midnight",
];

/// Words of a name that many services have.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "at", "your", "our", "for", "and", "with", "in",
];

/// Takes what the message says into the draft; whether anything was.
pub(super) fn absorb(
    draft: &mut SessionDraft,
    services: &[Service],
    message: &str,
    said: &Understanding,
    today: NaiveDate,
) -> bool {
    let before = draft.clone();
    let mut plain = words(message);
    // "Half past ten" is a time and no half of an hour.
    if let Some(at) = plain.windows(2).position(|pair| pair == ["half", "past"]) {
        plain.remove(at);
    }
    if let Some(service) = service(services, draft.service.as_deref(), &plain) {
        draft.service = Some(service.details.code.clone());
    }
    if let Some(time) = time(message, today, draft.asked == Some(SessionSlot::Time)) {
        draft.at = Some(time);
        draft.half_of_day = plain.iter().any(|word| HALVES.contains(&word.as_str()));
    }
    let number = plain.iter().find_map(|word| word.parse::<u32>().ok());
    let counted = said.party.people.or_else(|| {
        let adults = said.party.adults?;
        Some(adults.saturating_add(said.party.children.unwrap_or(0)))
    });
    let bare = number.filter(|_| draft.asked == Some(SessionSlot::Guests) && plain.len() <= SHORT);
    draft.guests = counted.or(bare).or(draft.guests);
    if let Some(destination) = destination(draft, services, message, &plain) {
        draft.destination = Some(destination);
    }
    before != *draft
}

/// An answer of no more words than these is nothing but the answer.
const SHORT: usize = 5;

/// Whether the message asks for an appointment in so many words.
pub(super) fn wants_one(message: &str) -> bool {
    words(message)
        .iter()
        .any(|word| WANTS.contains(&word.as_str()))
}

fn words(message: &str) -> Vec<String> {
    message
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The service that is named best. One that was chosen stays unless another is named by more of its words.
fn service<'s>(
    services: &'s [Service],
    chosen: Option<&str>,
    said: &[String],
) -> Option<&'s Service> {
    let likeness = |service: &Service| {
        let own = own_words(service);
        let hits = own.iter().filter(|word| said.contains(word)).count()
            + usize::from(lasts(service, said));
        (hits > 0).then_some((hits, std::cmp::Reverse(own.len())))
    };
    let best = services
        .iter()
        .filter_map(|service| Some((likeness(service)?, service)))
        .max_by_key(|(likeness, _)| *likeness)?;
    let kept = chosen.and_then(|code| services.iter().find(|service| service.details.code == code));
    let same = kept.and_then(likeness).is_some_and(|kept| kept == best.0);
    (!same).then_some(best.1)
}

/// "30 minutes": how long it takes names a service too.
fn lasts(service: &Service, said: &[String]) -> bool {
    let minutes = service.details.duration_minutes.to_string();
    said.windows(2).any(|pair| match pair {
        [number, unit] => {
            *number == minutes && matches!(unit.as_str(), "minute" | "minutes" | "min" | "mins")
        }
        _ => false,
    })
}

/// The words of a service's name that are its own.
fn own_words(service: &Service) -> HashSet<String> {
    let name = words(&service.details.name);
    name.into_iter()
        .filter(|word| !SMALL.contains(&word.as_str()))
        .collect()
}

/// The time of day named first.
fn time(message: &str, today: NaiveDate, asked: bool) -> Option<NaiveTime> {
    let asked = Asked {
        today,
        order: DateOrder::MonthFirst,
        time: asked,
        date: false,
    };
    moments(message, asked)
        .into_iter()
        .find_map(|moment| match moment.when {
            When::Clock { at, .. } => Some(at),
            _ => None,
        })
}

/// How far it is, or its postal code, by what the service needs to know.
fn destination(
    draft: &SessionDraft,
    services: &[Service],
    message: &str,
    plain: &[String],
) -> Option<Destination> {
    let service = chosen(draft, services)?;
    match service.details.travel.as_ref()? {
        Travel::PerMile { .. } | Travel::DistanceBands { .. } => {
            miles(message, plain, draft.asked == Some(SessionSlot::Miles))
        }
        Travel::PostcodeBands { .. } => {
            let asked = draft.asked == Some(SessionSlot::Postcode) && plain.len() <= SHORT;
            let code: String = message.trim().chars().take(LONGEST_POSTCODE).collect();
            (asked && code.chars().any(|c| c.is_ascii_digit()))
                .then_some(Destination::Postcode(code))
        }
    }
}

const LONGEST_POSTCODE: usize = 10;

/// "12 miles", "about 3.5 miles" (a begun mile counts whole), and a bare number when it was asked for.
fn miles(message: &str, plain: &[String], asked: bool) -> Option<Destination> {
    let lower = message.to_lowercase();
    let named = [" mile", " mi ", "miles"].iter().find_map(|unit| {
        let before = lower.get(..lower.find(unit)?)?.trim_end();
        let digit = |c: char| c.is_ascii_digit() || c == '.';
        begun(before.rsplit(|c: char| !digit(c)).next()?)
    });
    let bare = || {
        let only = plain.iter().find_map(|word| word.parse::<u32>().ok());
        only.filter(|_| asked && plain.len() <= SHORT)
    };
    named.or_else(bare).map(Destination::Miles)
}

/// "3.5" is 4.
fn begun(number: &str) -> Option<u32> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let whole: u32 = whole.parse().ok()?;
    Some(whole.saturating_add(u32::from(part.contains(|c: char| c != '0'))))
}

/// The service of the draft, or the only one there is.
pub(super) fn chosen<'s>(draft: &SessionDraft, services: &'s [Service]) -> Option<&'s Service> {
    match (&draft.service, services) {
        (_, [only]) => Some(only),
        (Some(code), _) => services
            .iter()
            .find(|service| service.details.code == *code),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_before_the_distance_is_no_part_of_it() {
        for (message, expected) in [
            ("on December 20, 12 miles away", Some(12)),
            ("at 7:30, 12 miles", Some(12)),
            ("about 3.5 miles", Some(4)),
            ("4.0 miles", Some(4)),
            ("miles away", None),
            ("é 9 miles", Some(9)),
        ] {
            let found = miles(message, &words(message), false);
            assert_eq!(found, expected.map(Destination::Miles), "{message}");
        }
    }
}
