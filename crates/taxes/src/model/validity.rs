use chrono::NaiveDate;

/// The service dates on which a tax or a fee is charged. Without bounds it is charged always.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Validity {
    /// The first date.
    pub from: Option<NaiveDate>,
    /// The first date no more.
    pub until: Option<NaiveDate>,
}

impl Validity {
    /// True when a service of that date is charged.
    pub fn includes(self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date < until)
    }

    /// True when some date belongs to both.
    pub fn overlaps(self, other: Self) -> bool {
        let starts_in_time = |a: Self, b: Self| match (a.from, b.until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        };
        starts_in_time(self, other) && starts_in_time(other, self)
    }
}
