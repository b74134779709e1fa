use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use motel_audit::{Filter, Word};
use motel_web::{FieldErrors, Input};
use serde::Deserialize;
use uuid::Uuid;

/// What somebody looks for in the log of changes, as it comes in.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct RawLook {
    #[serde(default)]
    pub(crate) actor: String,
    #[serde(default)]
    pub(crate) thing: String,
    #[serde(default)]
    pub(crate) key: String,
    #[serde(default)]
    pub(crate) from: String,
    #[serde(default)]
    pub(crate) until: String,
    #[serde(default)]
    pub(crate) request: String,
}

/// The same, parsed.
#[derive(Debug, Default)]
pub(crate) struct Look {
    actor: Option<Word>,
    thing: Option<Word>,
    key: Option<Word>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    request: Option<Uuid>,
}

impl Input for Look {
    type Raw = RawLook;

    fn parse(raw: RawLook) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let look = Self {
            actor: typed(&mut errors, "By whom", &raw.actor),
            thing: typed(&mut errors, "What", &raw.thing),
            key: typed(&mut errors, "Which", &raw.key),
            from: typed(&mut errors, "From", &raw.from),
            until: typed(&mut errors, "Until", &raw.until),
            request: typed(&mut errors, "Request", &raw.request),
        };
        errors.into_result().map(|()| look)
    }
}

/// What was typed; `None` where nothing was.
fn typed<T: std::str::FromStr>(errors: &mut FieldErrors, field: &str, text: &str) -> Option<T> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    errors.check(field, text.parse().map_err(|_| "cannot be read"))
}

impl Look {
    /// The same by the wall clock of the place: both days are meant whole.
    pub(crate) fn filter(self, zone: Tz) -> Filter {
        let until = self
            .until
            .and_then(|day| day.checked_add_days(Days::new(1)));
        Filter {
            actor: self.actor,
            thing: self.thing,
            key: self.key,
            from: self.from.and_then(|day| beginning(day, zone)),
            until: until.and_then(|day| beginning(day, zone)),
            request: self.request,
        }
    }
}

/// When a day begins. In some places one has begun at one o'clock, when clocks were put forward at midnight.
fn beginning(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    let midnight = day.and_time(NaiveTime::MIN);
    let first = |at| zone.from_local_datetime(&at).earliest();
    let begins = first(midnight).or_else(|| first(midnight + TimeDelta::hours(1)));
    begins.map(|at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn look(from: &str, until: &str) -> Result<Look, FieldErrors> {
        Look::parse(RawLook {
            from: from.to_owned(),
            until: until.to_owned(),
            ..RawLook::default()
        })
    }

    #[test]
    fn days_are_meant_whole_and_by_the_clock_of_the_place() {
        let look = look("2026-03-08", "2026-03-08").unwrap();
        let filter = look.filter(chrono_tz::America::New_York);
        // The day on which clocks are put forward has 23 hours.
        assert_eq!(
            filter.from.unwrap().to_rfc3339(),
            "2026-03-08T05:00:00+00:00"
        );
        assert_eq!(
            filter.until.unwrap().to_rfc3339(),
            "2026-03-09T04:00:00+00:00"
        );
        let cuba = beginning("2026-03-08".parse().unwrap(), chrono_tz::America::Havana);
        assert_eq!(cuba.unwrap().to_rfc3339(), "2026-03-08T05:00:00+00:00");
    }

    #[test]
    fn what_cannot_be_read_is_named_and_nothing_is_no_fault() {
        assert_eq!(
            look("", " ").unwrap().filter(chrono_tz::UTC),
            Filter::default()
        );
        let refused = look("yesterday", "2026-13-01").unwrap_err();
        let fields: Vec<_> = refused.as_slice().iter().map(|it| &it.field).collect();
        assert_eq!(fields, ["From", "Until"]);
    }
}
