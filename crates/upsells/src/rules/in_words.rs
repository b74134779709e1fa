use chrono::Weekday;
use motel_conversations::Channel;

use crate::{Conditions, Span};

/// What the conditions ask for, as the rest of "When …": "2 nights or more, arriving on Friday or Saturday". Empty where nothing is
/// asked for.
pub fn condition_words(conditions: &Conditions) -> String {
    let days = conditions.weekdays.map(|days| {
        let days: Vec<&str> = days.iter().map(weekday).collect();
        format!("arriving on {}", any_of(&days))
    });
    let rooms: Vec<&str> = conditions.room_types.iter().map(String::as_str).collect();
    let channels: Vec<&str> = conditions.channels.iter().copied().map(channel).collect();
    let parts = [
        span(conditions.nights, "night", "nights"),
        span(conditions.days_ahead, "day ahead", "days ahead"),
        days,
        span(conditions.adults, "adult", "adults"),
        with(conditions.children, "children"),
        with(conditions.pets, "pets"),
        (!rooms.is_empty()).then(|| format!("room type {}", any_of(&rooms))),
        conditions
            .season
            .as_ref()
            .map(|code| format!("season {code}")),
        (!channels.is_empty()).then(|| any_of(&channels)),
    ];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    said.join(", ")
}

fn span(span: Span, one: &str, many: &str) -> Option<String> {
    let noun = |number: i16| if number == 1 { one } else { many };
    match (span.from, span.to) {
        (None, None) => None,
        (Some(from), None) => Some(format!("{from} {} or more", noun(from))),
        (None, Some(to)) => Some(format!("at most {to} {}", noun(to))),
        (Some(from), Some(to)) if from == to => Some(format!("{from} {}", noun(from))),
        (Some(from), Some(to)) => Some(format!("{from} to {to} {many}")),
    }
}

fn with(wanted: Option<bool>, whom: &str) -> Option<String> {
    wanted.map(|wanted| format!("{} {whom}", if wanted { "with" } else { "without" }))
}

fn any_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [firsts @ .., last] => format!("{} or {last}", firsts.join(", ")),
    }
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "in the chat",
        Channel::Phone => "on the telephone",
        Channel::Sms => "by text message",
        Channel::Whatsapp => "on WhatsApp",
        Channel::Email => "by e-mail",
        Channel::Mcp => "through an assistant",
    }
}

#[cfg(test)]
mod tests {
    use motel_rates::Weekdays;

    use super::*;

    #[test]
    fn conditions_read_as_people_say_them() {
        assert_eq!(condition_words(&Conditions::default()), "");
        let conditions = Conditions {
            nights: Span {
                from: Some(2),
                to: None,
            },
            days_ahead: Span {
                from: None,
                to: Some(1),
            },
            weekdays: Weekdays::of([Weekday::Fri, Weekday::Sat]),
            adults: Span {
                from: Some(2),
                to: Some(2),
            },
            children: Some(false),
            pets: Some(true),
            room_types: vec!["queen".to_owned(), "king".to_owned()],
            season: Some("winter".to_owned()),
            channels: vec![Channel::Phone],
        };
        assert_eq!(
            condition_words(&conditions),
            "2 nights or more, at most 1 day ahead, arriving on Friday or Saturday, 2 adults, without children, with pets, \
             room type queen or king, season winter, on the telephone"
        );
    }
}
