use chrono::NaiveDate;
use motel_kernel::{Party, StayDates};
use motel_web::{FieldErrors, Input};
use serde::Deserialize;

use crate::SearchRequest;

/// The oldest a child can be.
const OLDEST_CHILD: u8 = 17;

/// The query of `GET /availability` as it comes in. An empty field, as a form sends it, is a field left out.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawSearch {
    check_in: String,
    check_out: String,
    #[serde(flatten)]
    wish: RawWish,
}

/// Who comes and what they want, whatever the dates.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawWish {
    adults: String,
    children: String,
    child_ages: String,
    pets: String,
    room_type: String,
    rate_plan: String,
    promo: String,
    package: String,
    accessible: String,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct SearchInput(pub(crate) SearchRequest);

impl Input for SearchInput {
    type Raw = RawSearch;

    fn parse(raw: RawSearch) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let stay = stay(&raw.check_in, &raw.check_out, &mut errors);
        let wish = wish(&raw.wish, &mut errors);
        match stay.zip(wish) {
            Some((stay, wish)) if errors.is_empty() => Ok(Self(wish.on(stay))),
            _ => Err(errors),
        }
    }
}

/// A search on a night of no meaning: [`SearchRequest::on`] gives it its dates.
pub(crate) fn wish(raw: &RawWish, errors: &mut FieldErrors) -> Option<SearchRequest> {
    let party = party(raw, errors);
    let child_ages = child_ages(raw, party, errors);
    let unit_group = word("room_type", &raw.room_type, errors);
    let rate_plan = word("rate_plan", &raw.rate_plan, errors);
    let promo = word("promo", &raw.promo, errors);
    let package = word("package", &raw.package, errors);
    let accessible = flag("accessible", &raw.accessible, errors);
    let any_night = StayDates::from_nights(NaiveDate::default(), 1).ok()?;
    Some(SearchRequest {
        unit_group: unit_group?,
        rate_plan: rate_plan?,
        promo: promo?,
        package: package?,
        child_ages: child_ages?,
        accessible: accessible?,
        ..SearchRequest::new(any_night, party?)
    })
}

fn word(field: &str, text: &str, errors: &mut FieldErrors) -> Option<Option<String>> {
    match text.trim() {
        "" => Some(None),
        code => errors.text(field, code, 1..=40).map(Some),
    }
}

pub(crate) fn flag(field: &str, text: &str, errors: &mut FieldErrors) -> Option<bool> {
    let read = match text.trim() {
        "" | "false" => Ok(false),
        "true" => Ok(true),
        _ => Err("must be true or false"),
    };
    errors.check(field, read)
}

/// `3,11`: at most as many as there are children.
fn child_ages(raw: &RawWish, party: Option<Party>, errors: &mut FieldErrors) -> Option<Vec<u8>> {
    let text = raw.child_ages.trim();
    if text.is_empty() {
        return Some(Vec::new());
    }
    let ages = text.split(',').map(|age| age.trim().parse().ok());
    let ages: Option<Vec<u8>> = ages
        .map(|age| age.filter(|age| *age <= OLDEST_CHILD))
        .collect();
    let ages = ages.ok_or("must be ages from 0 to 17, like 3,11");
    let ages = errors.check("child_ages", ages)?;
    if ages.len() > usize::from(party?.children()) {
        errors.push("child_ages", "must not be more than there are children");
        return None;
    }
    Some(ages)
}

pub(crate) fn stay(check_in: &str, check_out: &str, errors: &mut FieldErrors) -> Option<StayDates> {
    let check_in = date("check_in", check_in, errors);
    let check_out = date("check_out", check_out, errors);
    let stay = StayDates::new(check_in?, check_out?);
    errors.check("check_out", stay)
}

fn date(field: &str, text: &str, errors: &mut FieldErrors) -> Option<NaiveDate> {
    let text = errors.require(field, Some(text.trim()).filter(|text| !text.is_empty()))?;
    let date =
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "must be a date like 2026-12-31");
    errors.check(field, date)
}

fn party(raw: &RawWish, errors: &mut FieldErrors) -> Option<Party> {
    let adults = count("adults", &raw.adults, 1, errors);
    let children = count("children", &raw.children, 0, errors);
    let pets = count("pets", &raw.pets, 0, errors);
    errors.check("adults", Party::new(adults?, children?, pets?))
}

/// A number from `least`, which is also what a field left out means, to the most of its kind in one booking.
fn count(field: &str, text: &str, least: i64, errors: &mut FieldErrors) -> Option<i64> {
    let text = text.trim();
    if text.is_empty() {
        return Some(least);
    }
    let most = Party::MAX.into();
    let number = text
        .parse()
        .ok()
        .filter(|number| (least..=most).contains(number));
    errors.check(
        field,
        number.ok_or_else(|| format!("must be a whole number from {least} to {most}")),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn raw(check_in: &str, check_out: &str) -> RawSearch {
        RawSearch {
            check_in: check_in.to_owned(),
            check_out: check_out.to_owned(),
            ..RawSearch::default()
        }
    }

    fn wishing(change: impl FnOnce(&mut RawWish)) -> RawSearch {
        let mut search = raw("2026-12-04", "2026-12-06");
        change(&mut search.wish);
        search
    }

    fn refused(raw: RawSearch) -> Vec<String> {
        let errors = SearchInput::parse(raw).unwrap_err();
        errors
            .as_slice()
            .iter()
            .map(|error| error.field.clone())
            .collect()
    }

    #[test]
    fn what_is_left_out_is_one_adult_and_any_room() {
        let SearchInput(search) = SearchInput::parse(raw("2026-12-04", "2026-12-06")).unwrap();
        assert_eq!(search.stay.night_count(), 2);
        assert_eq!(search.party, Party::new(1, 0, 0).unwrap());
        assert_eq!(search.unit_group, None);
    }

    #[test]
    fn every_field_that_is_wrong_is_named() {
        assert_eq!(refused(RawSearch::default()), ["check_in", "check_out"]);
        assert_eq!(
            refused(raw("tomorrow", "2026-02-30")),
            ["check_in", "check_out"]
        );
        assert_eq!(refused(raw("2026-12-04", "2026-12-04")), ["check_out"]);
        assert_eq!(refused(raw("2026-12-06", "2026-12-04")), ["check_out"]);
        assert_eq!(refused(raw("2026-12-04", "2054-04-21")), ["check_out"]);
        for adults in ["0", "-1", "21", "two", "1.5", "99999999999999999999"] {
            let search = wishing(|wish| wish.adults = adults.to_owned());
            assert_eq!(refused(search), ["adults"], "{adults}");
        }
        let search = wishing(|wish| wish.children = "-1".to_owned());
        assert_eq!(refused(search), ["children"]);
        let search = wishing(|wish| {
            wish.pets = "many".to_owned();
            wish.room_type = "x".repeat(41);
            wish.accessible = "1".to_owned();
        });
        assert_eq!(refused(search), ["pets", "room_type", "accessible"]);
    }

    #[test]
    fn ages_belong_to_children() {
        let ages = |ages: &str| {
            wishing(|wish| {
                wish.children = "2".to_owned();
                wish.child_ages = ages.to_owned();
            })
        };
        let SearchInput(search) = SearchInput::parse(ages(" 3, 11")).unwrap();
        assert_eq!(search.child_ages, [3, 11]);
        for wrong in ["3,11,4", "18", "-1", "three", "3,,4"] {
            assert_eq!(refused(ages(wrong)), ["child_ages"], "{wrong}");
        }
    }
}
