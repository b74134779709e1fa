//! What a folio says of each stay.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use motel_kernel::{PostingId, ReservationId};

use super::lines::is_correction;
use super::settlement::StayAccount;
use super::source::{StaySource, read_undivided};
use crate::model::Posting;

/// The lines of a folio that belong to stays, by what they are for.
pub(crate) struct Books<'a>(BTreeMap<StaySource, Entry<'a>>);

/// The last line that was posted for something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) line: &'a Posting,
    pub(crate) revision: u32,
    pub(crate) state: State,
    /// It was posted when the folio opened, before its night was charged.
    pub(crate) ahead: bool,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It stands.
    Standing,
    /// It was taken back because the booking changed.
    Corrected,
    /// It was taken back by hand.
    Waived,
}

impl<'a> Books<'a> {
    pub(crate) fn read(posted: &'a [Posting], stays: &[StayAccount]) -> Self {
        let taken_back: HashMap<PostingId, &Posting> = posted
            .iter()
            .filter_map(|line| Some((line.reverses?, line)))
            .collect();
        let arrival = first_night(posted);
        let first = stays.first().map(|stay| stay.reservation);
        let mut entries = BTreeMap::new();
        for line in posted {
            let undivided = || read_undivided(&line.source, first?, arrival?);
            let named =
                StaySource::read(&line.source).map(|(name, revision)| (name, revision, false));
            let Some((name, revision, ahead)) = named.or_else(|| Some((undivided()?, 1, true)))
            else {
                continue;
            };
            let state = match taken_back.get(&line.id) {
                None => State::Standing,
                Some(counter_line) if is_correction(counter_line) => State::Corrected,
                Some(_) => State::Waived,
            };
            let entry = Entry {
                line,
                revision,
                state,
                ahead,
            };
            keep_latest(&mut entries, name, entry);
        }
        Self(entries)
    }

    pub(crate) fn entry(&self, source: &StaySource) -> Option<&Entry<'a>> {
        self.0.get(source)
    }

    pub(crate) fn of(
        &self,
        reservation: ReservationId,
    ) -> impl Iterator<Item = (&StaySource, &Entry<'a>)> {
        self.0
            .iter()
            .filter(move |(source, _)| source.reservation == reservation)
    }
}

fn keep_latest<'a>(
    entries: &mut BTreeMap<StaySource, Entry<'a>>,
    name: StaySource,
    entry: Entry<'a>,
) {
    match entries.get(&name) {
        Some(known) if known.revision >= entry.revision => {}
        _ => {
            entries.insert(name, entry);
        }
    }
}

/// The first night of those that a folio opened with in former times.
fn first_night(posted: &[Posting]) -> Option<NaiveDate> {
    let nights = posted.iter().filter_map(|line| {
        line.source
            .strip_prefix("room:")
            .and_then(|night| night.parse().ok())
    });
    nights.min()
}
