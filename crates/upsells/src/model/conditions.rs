use motel_conversations::Channel;
use motel_rates::Weekdays;

/// What has to be true of a stay for a rule to fit. What is not named is no condition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    /// How many nights.
    pub nights: Span,
    /// How many days from today until the arrival.
    pub days_ahead: Span,
    /// The days of arrival.
    pub weekdays: Option<Weekdays>,
    /// How many adults.
    pub adults: Span,
    /// With children, or without any.
    pub children: Option<bool>,
    /// With pets, or without any.
    pub pets: Option<bool>,
    /// The room types, by code; every one when empty.
    pub room_types: Vec<String>,
    /// The season on the night of arrival, by code.
    pub season: Option<String>,
    /// The ways in which the guest talks to the house; every one when empty.
    pub channels: Vec<Channel>,
}

/// From a number to a number, each of which may be left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// The least.
    pub from: Option<i16>,
    /// The most.
    pub to: Option<i16>,
}

impl Span {
    /// True when the number lies within.
    pub fn contains(self, number: i64) -> bool {
        self.from.is_none_or(|from| i64::from(from) <= number)
            && self.to.is_none_or(|to| number <= i64::from(to))
    }
}
