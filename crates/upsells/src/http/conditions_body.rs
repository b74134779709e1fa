use std::ops::RangeInclusive;

use chrono::Weekday;
use motel_conversations::Channel;
use motel_rates::Weekdays;
use motel_rates::http::DayOfWeek;
use motel_web::FieldErrors;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Conditions, Span};

const MOST_ROOM_TYPES: usize = 50;

/// What has to be true of the stay; what is left out is no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpsellConditionsBody {
    /// The fewest nights.
    #[schema(minimum = 1, maximum = 366)]
    pub nights_from: Option<i16>,
    /// The most nights.
    #[schema(minimum = 1, maximum = 366)]
    pub nights_to: Option<i16>,
    /// The fewest days until the arrival.
    #[schema(minimum = 0, maximum = 1000)]
    pub days_ahead_from: Option<i16>,
    /// The most days until the arrival.
    #[schema(minimum = 0, maximum = 1000)]
    pub days_ahead_to: Option<i16>,
    /// The days of arrival.
    #[schema(min_items = 1, max_items = 7)]
    pub weekdays: Option<Vec<DayOfWeek>>,
    /// The fewest adults.
    #[schema(minimum = 1, maximum = 99)]
    pub adults_from: Option<i16>,
    /// The most adults.
    #[schema(minimum = 1, maximum = 99)]
    pub adults_to: Option<i16>,
    /// With children, or without any.
    pub children: Option<bool>,
    /// With pets, or without any.
    pub pets: Option<bool>,
    /// The codes of the room types; every one when left out.
    #[schema(max_items = 50)]
    pub room_types: Vec<String>,
    /// The code of the season on the night of arrival.
    #[schema(min_length = 1, max_length = 40)]
    pub season: Option<String>,
    /// `web`, `phone`, `sms`, `whatsapp`, `email`; every way when left out.
    #[schema(value_type = Vec<String>, max_items = 10)]
    pub channels: Vec<Channel>,
}

impl UpsellConditionsBody {
    pub(super) fn parse(self, errors: &mut FieldErrors) -> Option<Conditions> {
        let field = |name: &str| format!("conditions.{name}");
        let nights = ("nights_from", "nights_to");
        let nights = span(nights, (self.nights_from, self.nights_to), 1..=366, errors);
        let ahead = ("days_ahead_from", "days_ahead_to");
        let days_ahead = (self.days_ahead_from, self.days_ahead_to);
        let days_ahead = span(ahead, days_ahead, 0..=1_000, errors);
        let adults = ("adults_from", "adults_to");
        let adults = span(adults, (self.adults_from, self.adults_to), 1..=99, errors);
        let weekdays = match &self.weekdays {
            None => None,
            Some(days) => {
                let days = days.iter().copied().map(Weekday::from);
                errors.require(&field("weekdays"), Weekdays::of(days))
            }
        };
        if self.room_types.len() > MOST_ROOM_TYPES {
            let most = format_args!("must not be more than {MOST_ROOM_TYPES}").to_string();
            errors.push(field("room_types"), most);
        }
        let mut channels = self.channels;
        channels.sort_by_key(|channel| channel.as_str());
        channels.dedup();
        let season = self.season.map(|season| season.trim().to_owned());
        Some(Conditions {
            nights,
            days_ahead,
            weekdays,
            adults,
            children: self.children,
            pets: self.pets,
            room_types: self.room_types,
            season: season.filter(|season| !season.is_empty()),
            channels,
        })
    }
}

/// From a number to a number, both within bounds and in order.
fn span(
    (first, last): (&str, &str),
    (from, to): (Option<i16>, Option<i16>),
    bounds: RangeInclusive<i16>,
    errors: &mut FieldErrors,
) -> Span {
    let (least, most) = (bounds.start(), bounds.end());
    for (name, number) in [(first, from), (last, to)] {
        if number.is_some_and(|number| !bounds.contains(&number)) {
            let name = format!("conditions.{name}");
            errors.push(name, format_args!("must lie between {least} and {most}"));
        }
    }
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        let name = format!("conditions.{last}");
        errors.push(name, "must not be less than where it begins");
    }
    Span { from, to }
}

impl From<Conditions> for UpsellConditionsBody {
    fn from(conditions: Conditions) -> Self {
        let days = conditions.weekdays;
        Self {
            nights_from: conditions.nights.from,
            nights_to: conditions.nights.to,
            days_ahead_from: conditions.days_ahead.from,
            days_ahead_to: conditions.days_ahead.to,
            weekdays: days.map(|days| days.iter().map(DayOfWeek::from).collect()),
            adults_from: conditions.adults.from,
            adults_to: conditions.adults.to,
            children: conditions.children,
            pets: conditions.pets,
            room_types: conditions.room_types,
            season: conditions.season,
            channels: conditions.channels,
        }
    }
}
