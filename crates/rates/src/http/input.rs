use chrono::NaiveDate;
use motel_kernel::{Party, StayDates};
use motel_web::{FieldErrors, Input};
use serde::Deserialize;

use crate::SearchRequest;

/// The query of `GET /availability` as it comes in. An empty field, as a form sends it, is a field left out.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawSearch {
    check_in: String,
    check_out: String,
    adults: String,
    children: String,
    pets: String,
    room_type: String,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct SearchInput(pub(crate) SearchRequest);

impl Input for SearchInput {
    type Raw = RawSearch;

    fn parse(raw: RawSearch) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let stay = stay(&raw, &mut errors);
        let party = party(&raw, &mut errors);
        let room_type = raw.room_type.trim();
        let unit_group = match room_type {
            "" => Some(None),
            code => errors.text("room_type", code, 1..=40).map(Some),
        };
        match (stay, party, unit_group) {
            (Some(stay), Some(party), Some(unit_group)) => Ok(Self(SearchRequest {
                unit_group,
                ..SearchRequest::new(stay, party)
            })),
            _ => Err(errors),
        }
    }
}

fn stay(raw: &RawSearch, errors: &mut FieldErrors) -> Option<StayDates> {
    let check_in = date("check_in", &raw.check_in, errors);
    let check_out = date("check_out", &raw.check_out, errors);
    let stay = StayDates::new(check_in?, check_out?);
    errors.check("check_out", stay)
}

fn date(field: &str, text: &str, errors: &mut FieldErrors) -> Option<NaiveDate> {
    let text = errors.require(field, Some(text.trim()).filter(|text| !text.is_empty()))?;
    let date =
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "must be a date like 2026-12-31");
    errors.check(field, date)
}

fn party(raw: &RawSearch, errors: &mut FieldErrors) -> Option<Party> {
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
            let search = RawSearch {
                adults: adults.to_owned(),
                ..raw("2026-12-04", "2026-12-06")
            };
            assert_eq!(refused(search), ["adults"], "{adults}");
        }
        let search = RawSearch {
            children: "-1".to_owned(),
            ..raw("2026-12-04", "2026-12-06")
        };
        assert_eq!(refused(search), ["children"]);
        let search = RawSearch {
            pets: "many".to_owned(),
            room_type: "x".repeat(41),
            ..raw("x", "2026-12-06")
        };
        assert_eq!(refused(search), ["check_in", "pets", "room_type"]);
    }
}
