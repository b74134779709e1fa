//! Occupancy, average rate and revenue by month, beside what the file says.

use std::fmt;

use chrono::{Months as MonthsLater, NaiveDate};

use crate::books::Count;
use crate::sums::{Months, Sold, YearMonth};

/// What became of a replay.
#[derive(Debug)]
pub struct Report {
    /// By name.
    pub hotels: Vec<HotelReport>,
}

/// What became of a hotel.
#[derive(Debug)]
pub struct HotelReport {
    /// What the file calls it.
    pub name: String,
    /// Its rooms.
    pub rooms: u32,
    /// What the database has sold.
    pub replayed: Months,
    /// What was set aside, as the file has it.
    pub aside: Months,
    /// All the file has sold.
    pub of_file: Months,
    /// Nights whose counter is wrong.
    pub miscounted: i64,
    /// How many reservations ended how.
    pub endings: Vec<Count>,
    /// Rows without a night, set aside.
    pub day_use: usize,
    /// Rows with a negative rate, set aside.
    pub negative: usize,
    /// Rows on the house.
    pub complimentary: usize,
    /// Rows with nobody, replayed with one grown-up.
    pub nobody: usize,
}

impl Report {
    /// True when every month of every hotel has the nights and the revenue that the file has, and every counter is right.
    pub fn matches(&self) -> bool {
        self.hotels.iter().all(HotelReport::matches)
    }
}

impl HotelReport {
    /// True when every month has the nights and the revenue that the file has, and every counter is right.
    pub fn matches(&self) -> bool {
        self.miscounted == 0 && self.replayed.clone().plus(&self.aside) == self.of_file
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hotels.iter().try_for_each(|hotel| hotel.fmt(f))
    }
}

impl fmt::Display for HotelReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{}, {} rooms", self.name, self.rooms)?;
        for ending in &self.endings {
            writeln!(f, "  {:>7} {}", ending.number, ending.what)?;
        }
        writeln!(
            f,
            "  set aside: {} without a night, {} with a negative rate; on the house: {}; with nobody in the file: {}",
            self.day_use, self.negative, self.complimentary, self.nobody
        )?;
        writeln!(
            f,
            "\n  month    nights  occupancy      ADR        revenue   the file's sum"
        )?;
        for (month, sold) in &self.replayed.0 {
            let aside = self.aside.0.get(month).copied().unwrap_or_default();
            let file = self.of_file.0.get(month).copied().unwrap_or_default();
            let same = sold.nights + aside.nights == file.nights
                && sold.revenue + aside.revenue == file.revenue;
            self.line(
                f,
                &month.to_string(),
                *sold,
                self.room_nights(*month),
                file,
                same,
            )?;
        }
        let all_room_nights = self
            .replayed
            .0
            .keys()
            .map(|month| self.room_nights(*month))
            .sum();
        self.line(
            f,
            "all",
            self.replayed.total(),
            all_room_nights,
            self.of_file.total(),
            self.matches(),
        )?;
        if self.aside.total() != Sold::default() {
            let aside = self.aside.total();
            writeln!(
                f,
                "  of the file's sum {} nights and {} were set aside",
                aside.nights,
                decimal(aside.revenue)
            )?;
        }
        Ok(())
    }
}

impl HotelReport {
    fn line(
        &self,
        f: &mut fmt::Formatter<'_>,
        month: &str,
        sold: Sold,
        room_nights: i64,
        file: Sold,
        same: bool,
    ) -> fmt::Result {
        let per_myriad = if room_nights > 0 {
            sold.nights * 10_000 / room_nights
        } else {
            0
        };
        writeln!(
            f,
            "  {month:<7} {:>7} {:>9}% {:>8} {:>14} {:>16} {}",
            sold.nights,
            decimal(per_myriad),
            sold.average_rate().map_or_else(String::new, decimal),
            decimal(sold.revenue),
            decimal(file.revenue),
            if same { "=" } else { "DIFFERS" }
        )
    }

    fn room_nights(&self, YearMonth(year, month): YearMonth) -> i64 {
        let first = NaiveDate::from_ymd_opt(year, month, 1);
        let days = first
            .map(|first| (first + MonthsLater::new(1) - first).num_days())
            .unwrap_or_default();
        days * i64::from(self.rooms)
    }
}

/// Hundredths as a decimal number.
fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let hundredths = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
}
