//! What lines are called. A source is unique in its folio, so that what is done twice is posted once; its first parts
//! stay the same when a line is posted anew after a correction.

use std::fmt;

use chrono::NaiveDate;
use motel_kernel::ReservationId;
use motel_rates::LineKind;

/// What a line of a stay is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StaySource {
    pub(crate) reservation: ReservationId,
    pub(crate) item: Item,
}

/// What of a stay it is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    Room(NaiveDate),
    Fee(NaiveDate, String),
    Tax(NaiveDate, String),
    CancellationFee,
    NoShowFee,
}

impl Item {
    pub(crate) fn of_price(kind: LineKind, date: NaiveDate, code: &str) -> Self {
        match kind {
            LineKind::Room => Self::Room(date),
            LineKind::Fee => Self::Fee(date, code.to_owned()),
            LineKind::Tax => Self::Tax(date, code.to_owned()),
        }
    }

    /// True for what ending a stay costs, rather than the stay.
    pub(crate) fn is_penalty(&self) -> bool {
        matches!(self, Self::CancellationFee | Self::NoShowFee)
    }
}

impl StaySource {
    /// How the line is called when it is posted for the `revision`th time, from 1.
    pub(crate) fn name(&self, revision: u32) -> String {
        match revision {
            1 => self.to_string(),
            later => format!("{self}#{later}"),
        }
    }

    /// Reads a source with its revision; `None` for what belongs to no stay, such as a payment.
    pub(crate) fn read(source: &str) -> Option<(Self, u32)> {
        let (name, revision) = match source.rsplit_once('#') {
            Some((name, revision)) => (name, revision.parse().ok()?),
            None => (source, 1),
        };
        let mut parts = name.splitn(4, ':');
        let kind = parts.next()?;
        let reservation = parts.next()?.parse().ok()?;
        let night = parts.next().map(str::parse::<NaiveDate>);
        let item = match (kind, night, parts.next()) {
            ("room", Some(Ok(night)), None) => Item::Room(night),
            ("fee", Some(Ok(night)), Some(code)) => Item::Fee(night, code.to_owned()),
            ("tax", Some(Ok(night)), Some(code)) => Item::Tax(night, code.to_owned()),
            ("cancellation-fee", None, None) => Item::CancellationFee,
            ("no-show-fee", None, None) => Item::NoShowFee,
            _ => return None,
        };
        Some((Self { reservation, item }, revision))
    }
}

impl fmt::Display for StaySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stay = self.reservation;
        match &self.item {
            Item::Room(night) => write!(f, "room:{stay}:{night}"),
            Item::Fee(night, code) => write!(f, "fee:{stay}:{night}:{code}"),
            Item::Tax(night, code) => write!(f, "tax:{stay}:{night}:{code}"),
            Item::CancellationFee => write!(f, "cancellation-fee:{stay}"),
            Item::NoShowFee => write!(f, "no-show-fee:{stay}"),
        }
    }
}

/// Reads the source of a line from the time when a folio opened with all its charges, a booking had one stay, and
/// sources did not name it. What belonged to no night was owed from `arrival` on.
pub(crate) fn read_undivided(
    source: &str,
    reservation: ReservationId,
    arrival: NaiveDate,
) -> Option<StaySource> {
    let item = match (source, source.strip_prefix("room:")) {
        (_, Some(night)) => Item::Room(night.parse().ok()?),
        ("pets", _) => Item::Fee(arrival, "pets".to_owned()),
        ("tax", _) => Item::Tax(arrival, "tax".to_owned()),
        ("cancellation-fee", _) => Item::CancellationFee,
        _ => return None,
    };
    Some(StaySource { reservation, item })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_source_is_read_back_with_its_revision() {
        let night = NaiveDate::from_ymd_opt(2026, 12, 4).unwrap();
        for item in [
            Item::Room(night),
            Item::Fee(night, "cleaning".to_owned()),
            Item::Tax(night, "city:adult".to_owned()),
            Item::CancellationFee,
            Item::NoShowFee,
        ] {
            let source = StaySource {
                reservation: ReservationId::new(),
                item,
            };
            for revision in [1, 2, 17] {
                let read = StaySource::read(&source.name(revision)).unwrap();
                assert_eq!(read, (source.clone(), revision));
            }
        }
    }

    #[test]
    fn what_is_of_no_stay_is_left_alone() {
        let stay = ReservationId::new();
        for source in [
            "payment:cs_1",
            "payment:cs#1",
            "room:2026-12-04",
            "tax",
            &format!("reversal:{stay}"),
            &format!("room:{stay}"),
            &format!("room:{stay}:soon"),
        ] {
            assert_eq!(StaySource::read(source), None, "{source}");
        }
    }
}
