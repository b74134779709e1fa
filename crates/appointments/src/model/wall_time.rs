use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDateTime, NaiveTime, Timelike, Weekday};
use serde::{Deserialize, Serialize};

/// A time on the property's wall clock, to the minute: `18:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "http", schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", examples("18:30")))]
pub struct WallTime(NaiveTime);

/// The text is no time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time of day looks like 18:30")]
pub struct InvalidWallTime;

impl WallTime {
    /// The time of day.
    pub fn time(self) -> NaiveTime {
        self.0
    }
}

impl FromStr for WallTime {
    type Err = InvalidWallTime;

    fn from_str(text: &str) -> Result<Self, InvalidWallTime> {
        let five = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit() || b == b':');
        NaiveTime::parse_from_str(text, "%H:%M")
            .ok()
            .filter(|_| five)
            .map(Self)
            .ok_or(InvalidWallTime)
    }
}

impl TryFrom<String> for WallTime {
    type Error = InvalidWallTime;

    fn try_from(text: String) -> Result<Self, InvalidWallTime> {
        text.parse()
    }
}

impl From<WallTime> for String {
    fn from(time: WallTime) -> Self {
        time.to_string()
    }
}

impl fmt::Display for WallTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

/// A day of the week, `mon` to `sun`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub enum Day {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl From<Weekday> for Day {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Mon => Self::Mon,
            Weekday::Tue => Self::Tue,
            Weekday::Wed => Self::Wed,
            Weekday::Thu => Self::Thu,
            Weekday::Fri => Self::Fri,
            Weekday::Sat => Self::Sat,
            Weekday::Sun => Self::Sun,
        }
    }
}

/// A time from one moment of the wall clock to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WallSpan {
    pub(crate) from: NaiveDateTime,
    pub(crate) until: NaiveDateTime,
}
