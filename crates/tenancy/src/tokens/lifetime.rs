use chrono::TimeDelta;

/// The longest an access token may work, in minutes: a day.
const MOST_MINUTES: u32 = 24 * 60;

/// How long an access token works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime(TimeDelta);

impl Lifetime {
    /// So many minutes; `None` for less than one or more than a day.
    pub fn minutes(minutes: u32) -> Option<Self> {
        let fits = (1..=MOST_MINUTES).contains(&minutes);
        fits.then(|| Self(TimeDelta::minutes(minutes.into())))
    }

    pub(super) fn delta(self) -> TimeDelta {
        self.0
    }
}

impl Default for Lifetime {
    /// A quarter of an hour.
    fn default() -> Self {
        Self(TimeDelta::minutes(15))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_works_a_minute_at_least_and_a_day_at_most() {
        assert_eq!(Lifetime::minutes(15), Some(Lifetime::default()));
        for (minutes, fits) in [(0, false), (1, true), (1_440, true), (1_441, false)] {
            assert_eq!(Lifetime::minutes(minutes).is_some(), fits, "{minutes}");
        }
    }
}
