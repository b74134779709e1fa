use std::fmt::{self, Display};

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
    /// No unit of the group is accessible.
    #[error("No room of this type is accessible.")]
    NotAccessible,
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
    /// The rate plan is not, or no longer, on sale.
    #[error("This rate is not on sale.")]
    PlanNotOnSale,
    /// A night is closed.
    #[error("The night of {} is closed for sale.", spoken(.night))]
    Closed {
        /// The first such night.
        night: NaiveDate,
    },
    /// No stay may begin on the day of arrival.
    #[error("A stay can't begin on {}.", spoken(.date))]
    ClosedToArrival {
        /// The day of arrival.
        date: NaiveDate,
    },
    /// No stay may end on the day of departure.
    #[error("A stay can't end on {}.", spoken(.date))]
    ClosedToDeparture {
        /// The day of departure.
        date: NaiveDate,
    },
    /// Too short for a stay that begins on that day.
    #[error("The shortest stay from {} is {}.", spoken(.date), counted(.nights, "night", "nights"))]
    MinimumStay {
        /// The day of arrival.
        date: NaiveDate,
        /// The fewest nights.
        nights: u32,
        /// The nights asked for.
        asked: u32,
    },
    /// Too long for a stay that begins on that day.
    #[error("The longest stay from {} is {}.", spoken(.date), counted(.nights, "night", "nights"))]
    MaximumStay {
        /// The day of arrival.
        date: NaiveDate,
        /// The most nights.
        nights: u32,
        /// The nights asked for.
        asked: u32,
    },
    /// Too short for a stay that has a certain night.
    #[error("The shortest stay over the night of {} is {}.", spoken(.night), counted(.nights, "night", "nights"))]
    MinimumStayThrough {
        /// The first night that asks for the longest stay.
        night: NaiveDate,
        /// The fewest nights.
        nights: u32,
        /// The nights asked for.
        asked: u32,
    },
    /// Too long for a stay that has a certain night.
    #[error("The longest stay over the night of {} is {}.", spoken(.night), counted(.nights, "night", "nights"))]
    MaximumStayThrough {
        /// The first night that asks for the shortest stay.
        night: NaiveDate,
        /// The most nights.
        nights: u32,
        /// The nights asked for.
        asked: u32,
    },
    /// Booked later than the rate allows.
    #[error("This rate has to be booked at least {} ahead.", counted(.days, "day", "days"))]
    BookedTooLate {
        /// The fewest days ahead.
        days: u32,
        /// The days there are.
        asked: u32,
    },
    /// Booked earlier than the rate allows.
    #[error("This rate can be booked at most {} ahead.", counted(.days, "day", "days"))]
    BookedTooEarly {
        /// The most days ahead.
        days: u32,
        /// The days there are.
        asked: u32,
    },
    /// There is no such promo code.
    #[error("This promo code is not known.")]
    PromoUnknown,
    /// The promo code cannot be used to book today.
    #[error("This promo code can be used for bookings made{}.", spoken_window(.from, .until))]
    PromoNotNow {
        /// The first date it can be booked with.
        from: Option<NaiveDate>,
        /// The first date no more.
        until: Option<NaiveDate>,
    },
    /// The promo code is not for nights of the stay.
    #[error("This promo code can be used for nights{}.", spoken_window(.from, .until))]
    PromoOtherDates {
        /// The first night it is for.
        from: Option<NaiveDate>,
        /// The first night no more.
        until: Option<NaiveDate>,
    },
    /// The promo code is for other rate plans.
    #[error("This promo code is not for this rate.")]
    PromoOtherPlan,
    /// As many bookings have used the promo code as may.
    #[error("This promo code has been used up.")]
    PromoUsedUp,
    /// There is no such package, or it was ended.
    #[error("This package is not known.")]
    PackageUnknown,
    /// The package cannot be booked today.
    #[error("This package can be booked{}.", spoken_window(.from, .until))]
    PackageNotNow {
        /// The first date it can be booked on.
        from: Option<NaiveDate>,
        /// The first date no more.
        until: Option<NaiveDate>,
    },
    /// A night of the stay is not among those of the package.
    #[error("This package is for nights{}.", spoken_window(.from, .until))]
    PackageOtherDates {
        /// The first night it is for.
        from: Option<NaiveDate>,
        /// The first night no more.
        until: Option<NaiveDate>,
    },
    /// The package does not go with this rate.
    #[error("This package does not go with this rate.")]
    PackageOtherPlan,
}

impl Reason {
    /// A stable word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooManyGuests { .. } => "too_many_guests",
            Self::TooManyAdults { .. } => "too_many_adults",
            Self::PetsNotAllowed => "pets_not_allowed",
            Self::TooManyPets { .. } => "too_many_pets",
            Self::NotAccessible => "not_accessible",
            Self::NotOpen { .. } => "not_open",
            Self::SoldOut { .. } => "sold_out",
            Self::NoRate { .. } => "no_rate",
            Self::PlanNotOnSale => "plan_not_on_sale",
            Self::Closed { .. } => "closed",
            Self::ClosedToArrival { .. } => "closed_to_arrival",
            Self::ClosedToDeparture { .. } => "closed_to_departure",
            Self::MinimumStay { .. } => "minimum_stay",
            Self::MaximumStay { .. } => "maximum_stay",
            Self::MinimumStayThrough { .. } => "minimum_stay_through",
            Self::MaximumStayThrough { .. } => "maximum_stay_through",
            Self::BookedTooLate { .. } => "booked_too_late",
            Self::BookedTooEarly { .. } => "booked_too_early",
            Self::PromoUnknown => "promo_unknown",
            Self::PromoNotNow { .. } => "promo_not_now",
            Self::PromoOtherDates { .. } => "promo_other_dates",
            Self::PromoOtherPlan => "promo_other_plan",
            Self::PromoUsedUp => "promo_used_up",
            Self::PackageUnknown => "package_unknown",
            Self::PackageNotNow { .. } => "package_not_now",
            Self::PackageOtherDates { .. } => "package_other_dates",
            Self::PackageOtherPlan => "package_other_plan",
        }
    }
}

/// `1 person`, `2 people`.
fn counted<N: Copy + Display + Into<i64>>(number: &N, one: &str, more: &str) -> String {
    let noun = if (*number).into() == 1 { one } else { more };
    format!("{number} {noun}")
}

/// `Friday, December 4, 2026`.
fn spoken(night: &NaiveDate) -> impl Display {
    night.format("%A, %B %-d, %Y")
}

/// ` from Friday, December 4, 2026 until before Monday, December 7, 2026`.
fn spoken_window(from: &Option<NaiveDate>, until: &Option<NaiveDate>) -> impl Display {
    let (from, until) = (*from, *until);
    fmt::from_fn(move |f| {
        if let Some(from) = from {
            write!(f, " from {}", spoken(&from))?;
        }
        match until {
            Some(until) => write!(f, " before {}", spoken(&until)),
            None => Ok(()),
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    fn night(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
    }

    #[test]
    fn a_reason_is_a_sentence_and_a_word() {
        let reason = Reason::SoldOut { night: night(4) };
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

    #[test]
    fn a_reason_says_what_was_needed_and_what_was_asked() {
        let short = Reason::MinimumStayThrough {
            night: night(31),
            nights: 3,
            asked: 2,
        };
        assert_eq!(
            serde_json::to_value(short).unwrap(),
            serde_json::json!({ "code": "minimum_stay_through", "night": "2026-12-31", "nights": 3, "asked": 2 })
        );
        assert_eq!(
            short.to_string(),
            "The shortest stay over the night of Thursday, December 31, 2026 is 3 nights."
        );
        let window = Reason::PromoNotNow {
            from: Some(night(1)),
            until: Some(night(5)),
        };
        assert_eq!(
            window.to_string(),
            "This promo code can be used for bookings made from Tuesday, December 1, 2026 before Saturday, December 5, 2026."
        );
    }

    /// The word of `code` and the one in the JSON are one.
    #[test]
    fn the_word_is_the_same_everywhere() {
        let date = night(4);
        let (nights, asked, days) = (1, 2, 3);
        let all = [
            Reason::NoRate { night: date },
            Reason::PlanNotOnSale,
            Reason::Closed { night: date },
            Reason::ClosedToArrival { date },
            Reason::ClosedToDeparture { date },
            Reason::MinimumStay {
                date,
                nights,
                asked,
            },
            Reason::MaximumStay {
                date,
                nights,
                asked,
            },
            Reason::MaximumStayThrough {
                night: date,
                nights,
                asked,
            },
            Reason::BookedTooLate { days, asked },
            Reason::BookedTooEarly { days, asked },
            Reason::PromoUnknown,
            Reason::PromoOtherDates {
                from: None,
                until: None,
            },
            Reason::PromoOtherPlan,
            Reason::PromoUsedUp,
            Reason::PackageUnknown,
            Reason::PackageNotNow {
                from: None,
                until: None,
            },
            Reason::PackageOtherDates {
                from: None,
                until: None,
            },
            Reason::PackageOtherPlan,
        ];
        for reason in all {
            assert_eq!(serde_json::to_value(reason).unwrap()["code"], reason.code());
        }
    }
}
