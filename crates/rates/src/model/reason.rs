use chrono::NaiveDate;
use serde::Serialize;

/// Why a unit group cannot be sold for some dates and party. Displayed, it is a sentence for the guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// More people than there are places to sleep.
    #[error("This room sleeps at most {}.", counted(.max, "person", "people"))]
    TooManyGuests {
        /// The most people.
        max: i16,
    },
    /// More adults than the group is for.
    #[error("This room takes at most {}.", counted(.max, "adult", "adults"))]
    TooManyAdults {
        /// The most adults.
        max: i16,
    },
    /// No pets in this group.
    #[error("Pets can't stay in this room.")]
    PetsNotAllowed,
    /// More pets than one room may hold.
    #[error("This room takes at most {}.", counted(.max, "pet", "pets"))]
    TooManyPets {
        /// The most pets.
        max: u8,
    },
    /// A night is not on sale yet.
    #[error("The night of {} can't be booked yet.", spoken(.night))]
    NotOpen {
        /// The first such night.
        night: NaiveDate,
    },
    /// Every unit is sold for a night.
    #[error("Sold out on the night of {}.", spoken(.night))]
    SoldOut {
        /// The first such night.
        night: NaiveDate,
    },
    /// A night has no price, so it is not for sale.
    #[error("There is no price for the night of {} yet.", spoken(.night))]
    NoRate {
        /// The first such night.
        night: NaiveDate,
    },
    /// The stay is too short.
    #[error("The shortest stay is {}.", counted(.nights, "night", "nights"))]
    MinimumStay {
        /// The fewest nights.
        nights: u32,
    },
    /// The stay is too long.
    #[error("The longest stay is {}.", counted(.nights, "night", "nights"))]
    MaximumStay {
        /// The most nights.
        nights: u32,
    },
}

impl Reason {
    /// A stable word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooManyGuests { .. } => "too_many_guests",
            Self::TooManyAdults { .. } => "too_many_adults",
            Self::PetsNotAllowed => "pets_not_allowed",
            Self::TooManyPets { .. } => "too_many_pets",
            Self::NotOpen { .. } => "not_open",
            Self::SoldOut { .. } => "sold_out",
            Self::NoRate { .. } => "no_rate",
            Self::MinimumStay { .. } => "minimum_stay",
            Self::MaximumStay { .. } => "maximum_stay",
        }
    }
}

/// `1 person`, `2 people`.
fn counted<N: Copy + std::fmt::Display + Into<i64>>(number: &N, one: &str, more: &str) -> String {
    let noun = if (*number).into() == 1 { one } else { more };
    format!("{number} {noun}")
}

/// `Friday, December 4, 2026`.
fn spoken(night: &NaiveDate) -> impl std::fmt::Display {
    night.format("%A, %B %-d, %Y")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_reason_is_a_sentence_and_a_word() {
        let night = NaiveDate::from_ymd_opt(2026, 12, 4).unwrap();
        let reason = Reason::SoldOut { night };
        assert_eq!(
            reason.to_string(),
            "Sold out on the night of Friday, December 4, 2026."
        );
        assert_eq!(reason.code(), "sold_out");
        let single = Reason::TooManyPets { max: 1 };
        assert_eq!(single.to_string(), "This room takes at most 1 pet.");
        let family = Reason::TooManyGuests { max: 4 };
        assert_eq!(family.to_string(), "This room sleeps at most 4 people.");
        let json = serde_json::to_value(reason).unwrap();
        assert_eq!(
            json,
            serde_json::json!({ "code": "sold_out", "night": "2026-12-04" })
        );
    }
}
