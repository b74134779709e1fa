use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::wall_time::{Day, WallSpan, WallTime};

/// From when until when something is open or somebody works, on some days of every week, by the property's wall clock.
///
/// `until` at or before `from` is a time of the next morning: 18:00 until 02:00 is eight hours, 00:00 until 00:00 a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct Hours {
    /// On these days.
    #[cfg_attr(feature = "http", schema(min_items = 1, max_items = 7))]
    pub days: Vec<Day>,
    /// From when.
    #[cfg_attr(feature = "http", schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", examples("18:30")))]
    pub from: WallTime,
    /// Until when.
    #[cfg_attr(feature = "http", schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", examples("18:30")))]
    pub until: WallTime,
}

impl Hours {
    /// The span that begins on `day`, if there is one.
    fn on(&self, day: NaiveDate) -> Option<WallSpan> {
        if !self.days.contains(&Day::from(day.weekday())) {
            return None;
        }
        let last = if self.until <= self.from {
            day + Days::new(1)
        } else {
            day
        };
        Some(WallSpan {
            from: day.and_time(self.from.time()),
            until: last.and_time(self.until.time()),
        })
    }
}

/// The spans that begin on `day` or reach into it from the day before.
pub(crate) fn spans_around(hours: &[Hours], day: NaiveDate) -> impl Iterator<Item = WallSpan> {
    spans_on(hours, [day - Days::new(1), day])
}

/// True when the whole of `wanted` lies inside the hours; spans that touch are one.
pub(crate) fn cover(hours: &[Hours], wanted: WallSpan) -> bool {
    let day = wanted.from.date();
    let days = [day - Days::new(1), day, day + Days::new(1)];
    let mut reached = wanted.from;
    while reached < wanted.until {
        let next = spans_on(hours, days)
            .filter(|open| open.from <= reached && reached < open.until)
            .map(|open| open.until)
            .max();
        match next {
            Some(until) => reached = until,
            None => return false,
        }
    }
    true
}

fn spans_on<const N: usize>(
    hours: &[Hours],
    days: [NaiveDate; N],
) -> impl Iterator<Item = WallSpan> {
    hours
        .iter()
        .flat_map(move |hours| days.into_iter().filter_map(|day| hours.on(day)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(text: &str) -> chrono::NaiveDateTime {
        text.parse().unwrap()
    }

    fn spans(from: &str, until: &str) -> bool {
        // 2026-12-04 is a Friday.
        let hours = [Hours {
            days: vec![Day::Fri],
            from: "18:00".parse().unwrap(),
            until: "02:00".parse().unwrap(),
        }];
        let wanted = WallSpan {
            from: at(from),
            until: at(until),
        };
        cover(&hours, wanted)
    }

    #[test]
    fn hours_that_touch_are_one() {
        let always = [Hours {
            days: vec![Day::Fri, Day::Sat],
            from: "00:00".parse().unwrap(),
            until: "00:00".parse().unwrap(),
        }];
        let over_midnight = |from: &str, until: &str| {
            let wanted = WallSpan {
                from: at(from),
                until: at(until),
            };
            cover(&always, wanted)
        };
        assert!(over_midnight("2026-12-04T22:00:00", "2026-12-05T02:00:00"));
        assert!(!over_midnight("2026-12-05T22:00:00", "2026-12-06T02:00:00"));
        assert!(!over_midnight("2026-12-03T22:00:00", "2026-12-04T02:00:00"));
    }

    #[test]
    fn friday_night_ends_on_saturday_morning() {
        assert!(spans("2026-12-04T18:00:00", "2026-12-05T02:00:00"));
        assert!(spans("2026-12-05T00:30:00", "2026-12-05T01:30:00"));
        assert!(!spans("2026-12-05T01:30:00", "2026-12-05T02:30:00"));
        assert!(!spans("2026-12-04T17:00:00", "2026-12-04T19:00:00"));
        assert!(!spans("2026-12-05T18:00:00", "2026-12-05T19:00:00"));
    }
}
