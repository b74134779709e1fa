use chrono::NaiveDate;
use motel_kernel::{Party, StayDates};
use motel_rates::SearchRequest;
use motel_web::FieldErrors;
use serde::{Deserialize, Serialize};

/// The search form as it comes in. An empty field is a field left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawStay {
    pub(crate) check_in: String,
    pub(crate) check_out: String,
    pub(crate) adults: String,
    pub(crate) children: String,
    pub(crate) pets: String,
    pub(crate) room_type: String,
}

impl RawStay {
    /// Whether no dates were given.
    pub(crate) fn is_dateless(&self) -> bool {
        self.check_in.trim().is_empty() && self.check_out.trim().is_empty()
    }
}

/// A stay as a query string.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct StayQuery<'a> {
    pub(crate) check_in: NaiveDate,
    pub(crate) check_out: NaiveDate,
    pub(crate) adults: u8,
    pub(crate) children: u8,
    pub(crate) pets: u8,
    #[serde(rename = "room_type", skip_serializing_if = "Option::is_none")]
    pub(crate) unit_group: Option<&'a str>,
}

impl StayQuery<'_> {
    /// Any room for these nights and people.
    pub(crate) fn new(dates: StayDates, party: Party) -> Self {
        Self {
            check_in: dates.arrival(),
            check_out: dates.departure(),
            adults: party.adults(),
            children: party.children(),
            pets: party.pets(),
            unit_group: None,
        }
    }

    /// `check_in=2027-03-12&…`
    pub(crate) fn encode(&self) -> String {
        // Dates, numbers and a short text can always be written.
        serde_urlencoded::to_string(self).unwrap_or_default()
    }
}

/// The stay looked for.
pub(crate) fn stay(raw: &RawStay) -> Result<SearchRequest, FieldErrors> {
    let mut errors = FieldErrors::new();
    let check_in = date("check_in", &raw.check_in, &mut errors);
    let check_out = date("check_out", &raw.check_out, &mut errors);
    let dates = check_in.zip(check_out).and_then(|(arrival, departure)| {
        errors.check("check_out", StayDates::new(arrival, departure))
    });
    let adults = number("adults", &raw.adults, 1, &mut errors);
    let children = number("children", &raw.children, 0, &mut errors);
    let pets = number("pets", &raw.pets, 0, &mut errors);
    let party = match (adults, children, pets) {
        (Some(adults), Some(children), Some(pets)) => {
            errors.check("adults", Party::new(adults, children, pets))
        }
        _ => None,
    };
    let unit_group = errors.text("room_type", &raw.room_type, 0..=40);
    match (dates, party, unit_group) {
        (Some(stay), Some(party), Some(unit_group)) => Ok(SearchRequest {
            unit_group: Some(unit_group).filter(|code| !code.is_empty()),
            ..SearchRequest::new(stay, party)
        }),
        _ => Err(errors),
    }
}

pub(super) fn date(field: &str, text: &str, errors: &mut FieldErrors) -> Option<NaiveDate> {
    let text = errors.require(field, Some(text.trim()).filter(|text| !text.is_empty()))?;
    errors.check(
        field,
        text.parse::<NaiveDate>().map_err(|_| "must be a date"),
    )
}

pub(super) fn number(
    field: &str,
    text: &str,
    left_out: i64,
    errors: &mut FieldErrors,
) -> Option<i64> {
    let text = text.trim();
    if text.is_empty() {
        return Some(left_out);
    }
    errors.check(field, text.parse().map_err(|_| "must be a whole number"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn raw(check_in: &str, check_out: &str, adults: &str) -> RawStay {
        RawStay {
            check_in: check_in.into(),
            check_out: check_out.into(),
            adults: adults.into(),
            ..RawStay::default()
        }
    }

    fn refused(raw: &RawStay) -> Vec<String> {
        stay(raw)
            .unwrap_err()
            .as_slice()
            .iter()
            .map(|error| error.field.clone())
            .collect()
    }

    #[test]
    fn a_stay_reads_back_from_its_query() {
        let found = stay(&raw("2027-03-12", "2027-03-15", "2")).unwrap();
        let query = StayQuery {
            unit_group: Some("king & more"),
            ..StayQuery::new(found.stay, found.party)
        };
        let again: RawStay = serde_urlencoded::from_str(&query.encode()).unwrap();
        let again = stay(&again).unwrap();
        assert_eq!((again.stay, again.party), (found.stay, found.party));
        assert_eq!(again.unit_group.as_deref(), Some("king & more"));
    }

    #[test]
    fn every_wrong_field_is_named() {
        assert_eq!(
            refused(&raw("", "soon", "0")),
            ["check_in", "check_out", "adults"]
        );
        assert_eq!(
            refused(&raw("2027-03-15", "2027-03-12", "2")),
            ["check_out"]
        );
        assert_eq!(refused(&raw("2027-03-12", "2027-03-15", "-1")), ["adults"]);
        assert_eq!(
            refused(&raw("2027-03-12", "2054-03-15", "1e9")),
            ["check_out", "adults"]
        );
    }
}
