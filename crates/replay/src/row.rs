//! One line of the data set: a booking of the past, and what became of it.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::{Context, bail};
use chrono::{Days, Month, NaiveDate};
use flate2::read::GzDecoder;
use serde::Deserialize;

/// The most people of a kind that one reservation can hold.
const MOST: u8 = motel_kernel::Party::MAX;

/// How a booking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The guests came and left.
    CheckedOut,
    /// They took it back on that day.
    Cancelled(NaiveDate),
    /// They never came.
    NoShow,
}

/// A booking of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, the first one after the heading is 1.
    pub line: usize,
    /// `City Hotel` or `Resort Hotel`.
    pub hotel: String,
    /// The room type that was reserved, a letter.
    pub room_type: String,
    /// When it was made.
    pub booked_on: NaiveDate,
    /// Day of arrival.
    pub arrival: NaiveDate,
    /// Nights; 0 is a day's use of a room.
    pub nights: u32,
    /// Grown-ups, as far as one reservation can hold them; at least one.
    pub adults: u8,
    /// Children and babies.
    pub children: u8,
    /// True where the file has nobody at all coming.
    pub nobody: bool,
    /// The price of each night in cents.
    pub rate: i64,
    /// How it ended.
    pub ending: Ending,
}

impl Row {
    /// Day of departure.
    pub fn departure(&self) -> NaiveDate {
        self.arrival + Days::new(self.nights.into())
    }

    /// The days whose nights it takes.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let nights = usize::try_from(self.nights).unwrap_or(0);
        self.arrival.iter_days().take(nights)
    }
}

#[derive(Debug, Deserialize)]
struct Raw {
    hotel: String,
    lead_time: u64,
    arrival_date_year: i32,
    arrival_date_month: String,
    arrival_date_day_of_month: u32,
    stays_in_weekend_nights: u32,
    stays_in_week_nights: u32,
    adults: u32,
    children: String,
    babies: u32,
    reserved_room_type: String,
    adr: String,
    reservation_status: String,
    reservation_status_date: NaiveDate,
}

/// Reads the data set: the CSV file with its heading, packed (`.gz`) or not, padded with spaces or not; the first `limit` lines
/// of it, or all.
///
/// # Errors
/// The file cannot be read; the error names the line that cannot be understood.
pub fn read(path: &Path, limit: Option<usize>) -> anyhow::Result<Vec<Row>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let packed = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
    let text: Box<dyn Read> = if packed {
        Box::new(GzDecoder::new(BufReader::new(file)))
    } else {
        Box::new(BufReader::new(file))
    };
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text);
    reader
        .deserialize()
        .take(limit.unwrap_or(usize::MAX))
        .enumerate()
        .map(|(index, raw)| {
            let line = index + 1;
            let raw: Raw = raw.with_context(|| format!("line {line}"))?;
            understand(line, raw).with_context(|| format!("line {line}"))
        })
        .collect()
}

fn understand(line: usize, raw: Raw) -> anyhow::Result<Row> {
    let month: Month = raw
        .arrival_date_month
        .parse()
        .map_err(|_| anyhow::anyhow!("no month {:?}", raw.arrival_date_month))?;
    let arrival = NaiveDate::from_ymd_opt(
        raw.arrival_date_year,
        month.number_from_month(),
        raw.arrival_date_day_of_month,
    )
    .context("no such day of arrival")?;
    // Four lines say NULL.
    let children: u32 = match raw.children.as_str() {
        "NULL" | "NA" | "" => 0,
        number => number.parse().context("children")?,
    };
    let ending = match raw.reservation_status.as_str() {
        "Check-Out" => Ending::CheckedOut,
        "Canceled" => Ending::Cancelled(raw.reservation_status_date),
        "No-Show" => Ending::NoShow,
        other => bail!("no status {other:?}"),
    };
    Ok(Row {
        line,
        hotel: raw.hotel,
        room_type: raw.reserved_room_type,
        booked_on: arrival - Days::new(raw.lead_time),
        arrival,
        nights: raw.stays_in_weekend_nights + raw.stays_in_week_nights,
        adults: capped(raw.adults).max(1),
        children: capped(children + raw.babies),
        nobody: raw.adults + children + raw.babies == 0,
        rate: cents(&raw.adr).with_context(|| format!("no amount {:?}", raw.adr))?,
        ending,
    })
}

fn capped(people: u32) -> u8 {
    u8::try_from(people).map_or(MOST, |people| people.min(MOST))
}

/// `75.0` is 7,500. More than two decimals would not be whole cents and are refused.
fn cents(amount: &str) -> Option<i64> {
    let (sign, digits) = match amount.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, amount),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part: i64 = match part.len() {
        0 => 0,
        1 => part.parse::<i64>().ok()? * 10,
        2 => part.parse().ok()?,
        _ => return None,
    };
    Some(sign * (whole.parse::<i64>().ok()? * 100 + part))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use std::io::Write;

    use super::*;

    const HEAD: &str = "hotel,lead_time,arrival_date_year,arrival_date_month,arrival_date_day_of_month,stays_in_weekend_nights,stays_in_week_nights,adults,children,babies,reserved_room_type,adr,reservation_status,reservation_status_date";

    fn rows(lines: &str) -> anyhow::Result<Vec<Row>> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        write!(file, "{HEAD}\n{lines}").unwrap();
        read(file.path(), None)
    }

    #[test]
    fn a_line_is_a_booking_and_what_became_of_it() {
        let rows = rows(
            "City Hotel ,  3,2016,July ,2,2,1,0,NULL,0,A ,75.5 ,Canceled ,2016-06-30\n\
             Resort Hotel,0,2017,March,5,0,10,50,1,1,D,-6.38,Check-Out,2017-03-15\n",
        )
        .unwrap();
        let day = |month, day| NaiveDate::from_ymd_opt(2016, month, day).unwrap();
        assert_eq!(rows[0].hotel, "City Hotel");
        assert_eq!(rows[0].booked_on, day(6, 29));
        assert_eq!(
            (rows[0].arrival, rows[0].departure()),
            (day(7, 2), day(7, 5))
        );
        assert_eq!(rows[0].ending, Ending::Cancelled(day(6, 30)));
        assert_eq!(
            (rows[0].adults, rows[0].children, rows[0].nobody),
            (1, 0, true)
        );
        assert_eq!(rows[0].rate, 7_550);
        assert_eq!(
            (rows[1].adults, rows[1].children, rows[1].rate),
            (MOST, 2, -638)
        );
        assert_eq!(rows[1].days().count(), 10);
    }

    #[test]
    fn what_cannot_be_understood_is_named_by_its_line() {
        let good = "City Hotel,3,2016,July,2,2,1,1,0,0,A,75,Check-Out,2016-07-05\n";
        for (was, is) in [
            ("July", "Julember"),
            ("75", "75.123"),
            ("Check-Out", "Lost"),
            ("A,", "A,x"),
        ] {
            let refused = rows(&format!("{good}{}", good.replace(was, is))).unwrap_err();
            assert!(format!("{refused:#}").starts_with("line 2"), "{refused:#}");
        }
    }
}
