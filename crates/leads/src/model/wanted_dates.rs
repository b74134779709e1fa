use chrono::NaiveDate;
use motel_kernel::{InvalidStay, StayDates};

/// When somebody would like to come, as far as they said: both days, one of them, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WantedDates {
    check_in: Option<NaiveDate>,
    check_out: Option<NaiveDate>,
}

impl WantedDates {
    /// The days said.
    ///
    /// # Errors
    /// Both are known and are not a stay.
    pub fn new(
        check_in: Option<NaiveDate>,
        check_out: Option<NaiveDate>,
    ) -> Result<Self, InvalidStay> {
        if let (Some(arrival), Some(departure)) = (check_in, check_out) {
            StayDates::new(arrival, departure)?;
        }
        Ok(Self {
            check_in,
            check_out,
        })
    }

    /// The day of arrival.
    pub fn check_in(self) -> Option<NaiveDate> {
        self.check_in
    }

    /// The day of departure.
    pub fn check_out(self) -> Option<NaiveDate> {
        self.check_out
    }

    /// True when one of the days lies before `today`.
    pub fn is_past(self, today: NaiveDate) -> bool {
        [self.check_in, self.check_out]
            .into_iter()
            .flatten()
            .any(|day| day < today)
    }
}

impl From<StayDates> for WantedDates {
    fn from(stay: StayDates) -> Self {
        Self {
            check_in: Some(stay.arrival()),
            check_out: Some(stay.departure()),
        }
    }
}
