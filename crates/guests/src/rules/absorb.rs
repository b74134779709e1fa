use crate::{MOST_PREFERENCES, Profile};

/// What is known of a guest once another one turned out to be the same: the survivor's own word counts, and what the
/// survivor never said is taken from the other. Of two VIP levels the higher one stays; preferences are put together, as far
/// as there is room.
pub(crate) fn absorb(survivor: Profile, merged: Profile) -> Profile {
    let mut preferences = survivor.preferences;
    for preference in merged.preferences {
        if preferences.len() < MOST_PREFERENCES && !preferences.contains(&preference) {
            preferences.push(preference);
        }
    }
    Profile {
        name: survivor.name,
        phone: survivor.phone.or(merged.phone),
        language: survivor.language.or(merged.language),
        country: survivor.country.or(merged.country),
        vip_level: survivor.vip_level.max(merged.vip_level),
        preferences,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use motel_kernel::{PersonName, Phone};

    use super::*;
    use crate::{Country, Language};

    fn profile(name: &str, preferences: &[&str]) -> Profile {
        Profile {
            name: PersonName::parse(name).unwrap(),
            phone: None,
            language: None,
            country: None,
            vip_level: 0,
            preferences: preferences.iter().map(|it| (*it).to_owned()).collect(),
        }
    }

    #[test]
    fn the_survivor_counts_and_gaps_are_filled() {
        let survivor = Profile {
            language: Some(Language::parse("de").unwrap()),
            vip_level: 1,
            ..profile("Ada Lovelace", &["high floor", "quiet"])
        };
        let merged = Profile {
            phone: Some(Phone::parse("+14155550123").unwrap()),
            language: Some(Language::parse("en").unwrap()),
            country: Some(Country::parse("GB").unwrap()),
            vip_level: 3,
            ..profile("A. Lovelace", &["quiet", "tea"])
        };
        let one = absorb(survivor.clone(), merged.clone());
        assert_eq!(one.name, survivor.name);
        assert_eq!(one.language, survivor.language);
        assert_eq!((&one.phone, &one.country), (&merged.phone, &merged.country));
        assert_eq!(one.vip_level, 3);
        assert_eq!(one.preferences, ["high floor", "quiet", "tea"]);
    }

    #[test]
    fn preferences_stay_within_their_bound() {
        let many: Vec<String> = (0..MOST_PREFERENCES).map(|n| format!("a{n}")).collect();
        let survivor = Profile {
            preferences: many.clone(),
            ..profile("Ada Lovelace", &[])
        };
        let one = absorb(survivor, profile("Ada Lovelace", &["one more"]));
        assert_eq!(one.preferences, many);
    }
}
