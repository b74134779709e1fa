/// The fewest days for which entries are kept. The database holds it, too.
const LEAST: i32 = 90;
/// The most: ten years, about.
const MOST: i32 = 3_650;
/// As long as nothing was said: two years.
const USUAL: i32 = 730;

/// For how many days a business keeps its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(i32);

impl Days {
    /// What can be said, in the words of a refusal.
    pub const RANGE: &'static str = "must lie between 90 and 3650 days";

    /// `None` outside of 90 to 3650.
    pub fn new(days: i64) -> Option<Self> {
        let days = i32::try_from(days).ok()?;
        (LEAST..=MOST).contains(&days).then_some(Self(days))
    }

    /// How many.
    pub fn get(self) -> i32 {
        self.0
    }
}

impl Default for Days {
    fn default() -> Self {
        Self(USUAL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_keeps_less_than_three_months_or_more_than_ten_years() {
        for odd in [i64::MIN, -90, 0, 89, 3_651, i64::MAX] {
            assert_eq!(Days::new(odd), None, "{odd}");
        }
        for days in [90, 730, 3_650] {
            assert_eq!(Days::new(days).map(|it| i64::from(it.get())), Some(days));
        }
        assert_eq!(Days::new(730), Some(Days::default()));
    }
}
