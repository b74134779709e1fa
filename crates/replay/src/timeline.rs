//! What happened, in the order in which it happened.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::row::{Ending, Row};

/// What a day brings, in the order of a day: who leaves makes room for who comes, and who books today may come today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Happening {
    /// Guests leave.
    CheckOut,
    /// A booking is made.
    Book,
    /// It is taken back.
    Cancel,
    /// Guests come.
    CheckIn,
    /// Guests who were due have not come.
    NoShow,
}

/// Something that happens to the booking of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// The day.
    pub(crate) day: NaiveDate,
    /// What.
    pub(crate) happening: Happening,
    /// The row's place in the list it came from.
    pub(crate) row: usize,
}

/// Everything that happens to `rows`, day by day; on one day in the order of [`Happening`], then of the file.
pub(crate) fn steps(rows: &[Row]) -> Vec<Step> {
    let mut steps: Vec<Step> = rows
        .iter()
        .enumerate()
        .flat_map(|(index, row)| {
            happenings(row)
                .into_iter()
                .flatten()
                .map(move |(day, happening)| Step {
                    day,
                    happening,
                    row: index,
                })
        })
        .collect();
    steps.sort_by_key(|step| (step.day, step.happening, step.row));
    steps
}

fn happenings(row: &Row) -> [Option<(NaiveDate, Happening)>; 3] {
    let booked = Some((row.booked_on, Happening::Book));
    match row.ending {
        Ending::CheckedOut => [
            booked,
            Some((row.arrival, Happening::CheckIn)),
            Some((row.departure(), Happening::CheckOut)),
        ],
        Ending::Cancelled(day) => [
            booked,
            Some((day.max(row.booked_on), Happening::Cancel)),
            None,
        ],
        Ending::NoShow => [booked, Some((row.arrival, Happening::NoShow)), None],
    }
}

/// How many rooms of each type a hotel needs so that everything can happen as it did: the most that were promised for one
/// night at one moment, bookings that were cancelled later included.
pub(crate) fn rooms_needed(rows: &[Row], steps: &[Step]) -> BTreeMap<String, u32> {
    let mut promised: HashMap<(&str, NaiveDate), u32> = HashMap::new();
    let mut needed: BTreeMap<String, u32> = BTreeMap::new();
    for step in steps {
        let Some(row) = rows.get(step.row) else {
            continue;
        };
        for day in row.days() {
            let night = promised.entry((&row.room_type, day)).or_default();
            match step.happening {
                Happening::Book => {
                    *night += 1;
                    let most = needed.entry(row.room_type.clone()).or_default();
                    *most = (*most).max(*night);
                }
                Happening::Cancel | Happening::NoShow => *night -= 1,
                Happening::CheckIn | Happening::CheckOut => {}
            }
        }
    }
    needed
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use chrono::Days;

    use super::*;

    fn day(offset: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2016, 7, 1).unwrap() + Days::new(offset)
    }

    fn row(booked: u64, arrival: u64, nights: u32, ending: Ending) -> Row {
        Row {
            line: 1,
            hotel: "City Hotel".to_owned(),
            room_type: "A".to_owned(),
            booked_on: day(booked),
            arrival: day(arrival),
            nights,
            adults: 1,
            children: 0,
            nobody: false,
            rate: 100,
            ending,
        }
    }

    #[test]
    fn a_room_is_left_before_it_is_booked_and_entered_again() {
        let rows = [
            row(0, 1, 2, Ending::CheckedOut),
            row(3, 3, 1, Ending::CheckedOut),
        ];
        let order: Vec<_> = steps(&rows)
            .into_iter()
            .map(|step| (step.day, step.happening, step.row))
            .collect();
        assert_eq!(
            order,
            [
                (day(0), Happening::Book, 0),
                (day(1), Happening::CheckIn, 0),
                (day(3), Happening::CheckOut, 0),
                (day(3), Happening::Book, 1),
                (day(3), Happening::CheckIn, 1),
                (day(4), Happening::CheckOut, 1),
            ]
        );
        assert_eq!(rooms_needed(&rows, &steps(&rows)).get("A"), Some(&1));
    }

    #[test]
    fn what_was_cancelled_later_needed_a_room_until_then() {
        let rows = [
            row(0, 9, 2, Ending::Cancelled(day(5))),
            row(1, 9, 1, Ending::CheckedOut),
            row(6, 9, 1, Ending::NoShow),
        ];
        assert_eq!(rooms_needed(&rows, &steps(&rows)).get("A"), Some(&2));
    }
}
