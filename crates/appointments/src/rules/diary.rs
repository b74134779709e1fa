use std::collections::HashSet;

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use motel_kernel::{StationId, local_instant};

use crate::model::{WallSpan, cover, spans_around};
use crate::{Blackout, Busy, Closed, Place, Service, Slot, SlotStarts, Station};

/// Everything that decides when a service can be had, read from the database once.
#[derive(Debug, Clone)]
pub struct Diary {
    /// What is wanted.
    pub service: Service,
    /// Every active station that can do it, the one that is given work first in front.
    pub stations: Vec<Station>,
    /// Of the service, of its stations and of the property.
    pub blackouts: Vec<Blackout>,
    /// When the stations' places are taken.
    pub busy: Vec<Busy>,
    /// Whose wall clock all hours mean.
    pub timezone: Tz,
}

/// What is asked of a diary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// How many come.
    pub guests: u32,
    /// One station must be this one.
    pub station: Option<StationId>,
    /// When it is asked.
    pub now: DateTime<Utc>,
    /// True for staff who know what they do: neither short notice nor the horizon matters, only that it is not past.
    pub any_notice: bool,
}

impl Diary {
    /// Every start on a day of the property's calendar, in order of time, open or closed.
    ///
    /// Hours are compared on the wall clock; the start becomes an instant last. A time that does not exist on the day on
    /// which clocks go forward moves to the first one that does (two slots that meet there are one); a time that comes
    /// twice is the earlier one.
    pub fn slots_on(&self, day: NaiveDate, ask: &Ask) -> Vec<Slot> {
        let mut seen = HashSet::new();
        let starts = self.starts_on(day).into_iter();
        starts
            .map(|start| self.slot(start, ask))
            .filter(|slot| seen.insert(slot.starts_at))
            .collect()
    }

    /// The slot that begins at an instant, if the service ever does.
    pub fn slot_at(&self, starts_at: DateTime<Utc>, ask: &Ask) -> Option<Slot> {
        let day = starts_at.with_timezone(&self.timezone).date_naive();
        // A start that was moved over midnight by a clock going forward belongs to the day before.
        [day, day - Days::new(1)]
            .into_iter()
            .flat_map(|day| self.slots_on(day, ask))
            .find(|slot| slot.starts_at == starts_at)
    }

    fn starts_on(&self, day: NaiveDate) -> Vec<NaiveDateTime> {
        let length = self.service.duration();
        let hours = &self.service.details.opening_hours;
        let mut starts: Vec<_> = match &self.service.details.starts {
            SlotStarts::Fixed { times } => {
                let all = times.iter().map(|time| day.and_time(time.time()));
                all.filter(|from| cover(hours, span(*from, length)))
                    .collect()
            }
            SlotStarts::Every { minutes } => {
                let step = Duration::minutes((*minutes).max(1).into());
                spans_around(hours, day)
                    .flat_map(|open| steps(open, step, length))
                    .filter(|from| from.date() == day)
                    .collect()
            }
        };
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    fn slot(&self, wall: NaiveDateTime, ask: &Ask) -> Slot {
        let starts_at = local_instant(wall.date(), wall.time(), self.timezone);
        let ends_at = starts_at + self.service.duration();
        let places = self
            .in_time(starts_at, wall.date(), ask)
            .and_then(|()| self.places(span(wall, self.service.duration()), starts_at, ask));
        Slot {
            starts_at,
            ends_at,
            local_day: wall.date(),
            places,
        }
    }

    fn in_time(&self, starts_at: DateTime<Utc>, day: NaiveDate, ask: &Ask) -> Result<(), Closed> {
        let details = &self.service.details;
        let lead = if ask.any_notice {
            0
        } else {
            details.lead_minutes
        };
        if starts_at < ask.now + Duration::minutes(lead.into()) {
            return Err(Closed::TooShortNotice);
        }
        let today = ask.now.with_timezone(&self.timezone).date_naive();
        if !ask.any_notice && day > today + Days::new(details.horizon_days.into()) {
            return Err(Closed::TooFarAhead);
        }
        Ok(())
    }

    /// A free place at as many stations as the party needs.
    fn places(
        &self,
        session: WallSpan,
        starts_at: DateTime<Utc>,
        ask: &Ask,
    ) -> Result<Vec<Place>, Closed> {
        let closed = |blackout: &Blackout| Closed::Blackout(blackout.reason.clone());
        if let Some(blackout) = self.blackout(session, None) {
            return Err(closed(blackout));
        }
        let needed = self.service.stations_for(ask.guests);
        let needed = usize::try_from(needed).unwrap_or(usize::MAX);
        let at_work = |station: &&Station| cover(&station.details.working_hours, session);
        let at_work: Vec<&Station> = self.stations.iter().filter(at_work).collect();
        if !suffices(&at_work, needed, ask) {
            return Err(Closed::NotStaffed);
        }
        let (away, there): (Vec<&Station>, Vec<&Station>) = at_work
            .into_iter()
            .partition(|station| self.blackout(session, Some(station.id)).is_some());
        if !suffices(&there, needed, ask) {
            let blackout = away
                .first()
                .and_then(|station| self.blackout(session, Some(station.id)));
            return Err(blackout.map_or(Closed::NotStaffed, closed));
        }
        let (from, until) = self.busy_time(starts_at);
        let mut places: Vec<Place> = there
            .iter()
            .filter_map(|station| self.free_place(station, from, until))
            .collect();
        if let Some(asked) = ask.station {
            places.sort_by_key(|place| place.station != asked);
            if places.first().is_none_or(|first| first.station != asked) {
                return Err(Closed::FullyBooked);
            }
        }
        if places.len() < needed {
            return Err(Closed::FullyBooked);
        }
        places.truncate(needed);
        Ok(places)
    }

    /// From when until when a place is taken by a session that begins at an instant.
    pub fn busy_time(&self, starts_at: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        let details = &self.service.details;
        let before = Duration::minutes(details.buffer_before_minutes.into());
        let after = Duration::minutes(details.buffer_after_minutes.into());
        (
            starts_at - before,
            starts_at + self.service.duration() + after,
        )
    }

    /// A blackout of a station, or without one a blackout of the service or the property.
    fn blackout(&self, session: WallSpan, station: Option<StationId>) -> Option<&Blackout> {
        let last = (session.until - Duration::minutes(1)).date();
        self.blackouts.iter().find(|blackout| {
            let of_service = blackout
                .service
                .is_none_or(|service| service == self.service.id);
            blackout.station == station && of_service && blackout.touches(session.from.date(), last)
        })
    }

    fn free_place(
        &self,
        station: &Station,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Option<Place> {
        let places = (1..=station.details.places).map(|number| Place {
            station: station.id,
            number,
        });
        places.into_iter().find(|place| {
            !self
                .busy
                .iter()
                .any(|busy| busy.place == *place && busy.from < until && from < busy.until)
        })
    }
}

fn suffices(stations: &[&Station], needed: usize, ask: &Ask) -> bool {
    let asked_is_there = ask
        .station
        .is_none_or(|asked| stations.iter().any(|station| station.id == asked));
    stations.len() >= needed && asked_is_there
}

fn span(from: NaiveDateTime, length: Duration) -> WallSpan {
    WallSpan {
        from,
        until: from + length,
    }
}

/// From the opening on, in steps, as long as the whole session fits.
fn steps(open: WallSpan, step: Duration, length: Duration) -> impl Iterator<Item = NaiveDateTime> {
    std::iter::successors(Some(open.from), move |start| Some(*start + step))
        .take_while(move |start| *start + length <= open.until)
}
