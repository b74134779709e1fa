use std::ops::RangeInclusive;

use motel_kernel::{PersonName, Phone};
use motel_web::{FieldErrors, Input};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Country, Language, MOST_PREFERENCES, MOST_VIP, Profile};

/// What is known of a guest, as it comes in: the whole of it, so that what is left out is not known any more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGuestProfile {
    /// The full name.
    #[schema(min_length = 2, max_length = 120)]
    name: String,
    /// A telephone number; without a country code a North American one.
    #[schema(max_length = 40)]
    phone: Option<String>,
    /// What they like to be spoken to in: `de`, `pt-BR`.
    #[schema(max_length = 6)]
    language: Option<String>,
    /// Where they live, by two letters: `BR`.
    #[schema(max_length = 2)]
    country: Option<String>,
    /// How much attention they get; 0 unless told.
    #[schema(minimum = 0, maximum = 5)]
    vip_level: Option<i64>,
    /// What they like, in short words of at most 60 characters.
    #[schema(max_items = 20)]
    preferences: Option<Vec<String>>,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct ProfileInput(pub(super) Profile);

impl Input for ProfileInput {
    type Raw = RawGuestProfile;

    fn parse(raw: RawGuestProfile) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = errors.check("name", PersonName::parse(&raw.name));
        let phone = raw.phone.as_deref().map(Phone::parse);
        let phone = phone.and_then(|phone| errors.check("phone", phone));
        let language = raw.language.as_deref().map(Language::parse);
        let language = language.and_then(|language| errors.check("language", language));
        let country = raw.country.as_deref().map(Country::parse);
        let country = country.and_then(|country| errors.check("country", country));
        let vip_level = level(&mut errors, "vip_level", raw.vip_level.unwrap_or(0));
        let preferences = words(&mut errors, &raw.preferences.unwrap_or_default());
        match (name, vip_level) {
            (Some(name), Some(vip_level)) if errors.is_empty() => Ok(Self(Profile {
                name,
                phone,
                language,
                country,
                vip_level,
                preferences,
            })),
            _ => Err(errors),
        }
    }
}

/// A VIP level, or a note of what it can be.
pub(super) fn level(errors: &mut FieldErrors, field: &str, value: i64) -> Option<i16> {
    const LEVELS: RangeInclusive<i16> = 0..=MOST_VIP;
    let level = i16::try_from(value).ok();
    let level = level.filter(|level| LEVELS.contains(level));
    errors.check(field, level.ok_or("must lie between 0 and 5"))
}

/// Each preference once, in the order they were told.
fn words(errors: &mut FieldErrors, told: &[String]) -> Vec<String> {
    if told.len() > MOST_PREFERENCES {
        errors.push(
            "preferences",
            format_args!("must have at most {MOST_PREFERENCES} items"),
        );
        return Vec::new();
    }
    let mut words = Vec::new();
    for (at, word) in told.iter().enumerate() {
        let word = errors.text(&format!("preferences[{at}]"), word, 1..=60);
        words.extend(word.filter(|word| !words.contains(word)));
    }
    words
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn told() -> RawGuestProfile {
        RawGuestProfile {
            name: "Ada Lovelace".to_owned(),
            phone: None,
            language: None,
            country: None,
            vip_level: None,
            preferences: None,
        }
    }

    #[test]
    fn what_is_left_out_is_nothing() {
        let profile = ProfileInput::parse(told()).unwrap().0;
        assert_eq!((profile.vip_level, profile.phone), (0, None));
        assert!(profile.preferences.is_empty());
    }

    #[test]
    fn every_slip_is_named() {
        let raw = RawGuestProfile {
            name: " ".to_owned(),
            phone: Some("12".to_owned()),
            language: Some("klingon".to_owned()),
            country: Some("Brazil".to_owned()),
            vip_level: Some(6),
            preferences: Some(vec!["quiet".to_owned(), String::new(), "x".repeat(61)]),
        };
        let errors = ProfileInput::parse(raw).err().unwrap();
        let fields: Vec<&str> = errors
            .as_slice()
            .iter()
            .map(|it| it.field.as_str())
            .collect();
        assert_eq!(
            fields,
            [
                "name",
                "phone",
                "language",
                "country",
                "vip_level",
                "preferences[1]",
                "preferences[2]"
            ]
        );
    }

    #[test]
    fn preferences_are_told_once_and_not_without_end() {
        let twice = vec!["quiet".to_owned(), " quiet ".to_owned(), "tea".to_owned()];
        let raw = RawGuestProfile {
            preferences: Some(twice),
            ..told()
        };
        assert_eq!(
            ProfileInput::parse(raw).unwrap().0.preferences,
            ["quiet", "tea"]
        );
        let many = (0..=MOST_PREFERENCES).map(|n| format!("p{n}")).collect();
        let raw = RawGuestProfile {
            preferences: Some(many),
            ..told()
        };
        assert!(ProfileInput::parse(raw).is_err());
    }
}
