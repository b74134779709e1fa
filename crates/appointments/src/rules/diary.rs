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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use motel_kernel::{AppointmentId, BlackoutId, PropertyId};
    use proptest::prelude::*;

    use super::super::examples::{at, consultation, diary, dinner, hours, station};
    use super::*;

    const LOS_ANGELES: Tz = chrono_tz::America::Los_Angeles;
    const BERLIN: Tz = chrono_tz::Europe::Berlin;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn ask(guests: u32) -> Ask {
        Ask {
            guests,
            station: None,
            now: at("2026-12-01T12:00:00Z"),
            any_notice: false,
        }
    }

    fn local(slots: &[Slot], timezone: Tz) -> Vec<String> {
        let times = slots
            .iter()
            .map(|slot| slot.starts_at.with_timezone(&timezone));
        times.map(|time| time.format("%H:%M").to_string()).collect()
    }

    /// Books what a slot offers.
    fn occupy(diary: &mut Diary, slot: &Slot) {
        let (from, until) = diary.busy_time(slot.starts_at);
        let appointment = AppointmentId::new();
        for place in slot.places.clone().unwrap() {
            diary.busy.push(Busy {
                appointment,
                place,
                from,
                until,
            });
        }
    }

    fn outcome(diary: &Diary, starts_at: &str, ask: &Ask) -> Result<usize, &'static str> {
        let slot = diary.slot_at(at(starts_at), ask).unwrap();
        slot.places
            .map(|places| places.len())
            .map_err(|closed| closed.code())
    }

    #[test]
    fn dinners_begin_at_noon_three_six_and_nine() {
        let diary = diary(dinner(), 3, LOS_ANGELES);
        let slots = diary.slots_on(day("2026-12-12"), &ask(10));
        assert_eq!(
            local(&slots, LOS_ANGELES),
            ["12:00", "15:00", "18:00", "21:00"]
        );
        assert!(slots.iter().all(|slot| slot.places.is_ok()));
        assert_eq!(slots[3].ends_at, at("2026-12-13T07:30:00Z"));
    }

    #[test]
    fn sessions_follow_each_other_until_the_last_one_ends_at_closing() {
        let diary = diary(consultation(), 1, BERLIN);
        let slots = diary.slots_on(day("2026-12-08"), &ask(1));
        let times = local(&slots, BERLIN);
        assert_eq!(
            (times.len(), &*times[0], &*times[15]),
            (16, "09:00", "16:30")
        );
    }

    #[test]
    fn a_time_that_clocks_skip_moves_to_the_first_one_that_exists() {
        let mut night = consultation();
        night.details.opening_hours = hours("01:00", "05:00");
        // On 2027-03-14 clocks in Los Angeles go from 2:00 to 3:00.
        let slots = diary(night.clone(), 1, LOS_ANGELES).slots_on(day("2027-03-14"), &ask(1));
        assert_eq!(
            local(&slots, LOS_ANGELES),
            ["01:00", "01:30", "03:00", "03:30", "04:00", "04:30"]
        );
        // On 2026-11-01 the hour from 1:00 to 2:00 comes twice; the first one is meant.
        let mut autumn = ask(1);
        autumn.now = at("2026-10-20T12:00:00Z");
        let slots = diary(night, 1, LOS_ANGELES).slots_on(day("2026-11-01"), &autumn);
        assert_eq!(slots[0].starts_at, at("2026-11-01T08:00:00Z"));
        assert_eq!(slots[2].starts_at, at("2026-11-01T10:00:00Z"));
        assert_eq!(slots.len(), 8);
    }

    #[test]
    fn each_reason_is_told_apart() {
        let mut diary = diary(dinner(), 1, LOS_ANGELES);
        let six = "2026-12-13T02:00:00Z";
        assert_eq!(outcome(&diary, six, &ask(10)), Ok(1));
        // Two chefs are needed, and there is one.
        assert_eq!(outcome(&diary, six, &ask(31)), Err("not_staffed"));
        let mut late = ask(10);
        late.now = at("2026-12-11T02:00:01Z");
        assert_eq!(outcome(&diary, six, &late), Err("too_short_notice"));
        late.any_notice = true;
        assert_eq!(outcome(&diary, six, &late), Ok(1));
        late.now = at("2026-12-13T02:00:01Z");
        assert_eq!(outcome(&diary, six, &late), Err("too_short_notice"));
        late.now = at("2025-12-01T12:00:00Z");
        late.any_notice = false;
        assert_eq!(outcome(&diary, six, &late), Err("too_far_ahead"));

        let slot = diary.slot_at(at(six), &ask(10)).unwrap();
        occupy(&mut diary, &slot);
        assert_eq!(outcome(&diary, six, &ask(10)), Err("fully_booked"));
        // The next one begins as the time kept free after this one ends: 15 minutes and 15 minutes.
        assert_eq!(outcome(&diary, "2026-12-13T05:00:00Z", &ask(10)), Ok(1));
        diary.busy[0].until += Duration::seconds(1);
        assert_eq!(
            outcome(&diary, "2026-12-13T05:00:00Z", &ask(10)),
            Err("fully_booked")
        );
        assert_eq!(diary.slot_at(at("2026-12-13T02:30:00Z"), &ask(10)), None);
    }

    #[test]
    fn blackouts_close_a_service_a_station_or_everything() {
        let mut diary = diary(dinner(), 2, LOS_ANGELES);
        let six = "2026-12-13T02:00:00Z";
        let blackout = |diary: &Diary, service: bool, station: bool| Blackout {
            id: BlackoutId::new(),
            property: PropertyId::new(),
            service: service.then_some(diary.service.id),
            station: station.then(|| diary.stations[0].id),
            first_day: day("2026-12-12"),
            last_day: day("2026-12-12"),
            reason: "Wedding".to_owned(),
        };
        for of_service in [true, false] {
            diary.blackouts = vec![blackout(&diary, of_service, false)];
            assert_eq!(outcome(&diary, six, &ask(10)), Err("blackout"));
            assert_eq!(outcome(&diary, "2026-12-14T02:00:00Z", &ask(10)), Ok(1));
        }
        diary.blackouts = vec![blackout(&diary, false, true)];
        let other = diary.stations[1].id;
        let slot = diary.slot_at(at(six), &ask(10)).unwrap();
        assert_eq!(slot.places.unwrap()[0].station, other);
        assert_eq!(outcome(&diary, six, &ask(31)), Err("blackout"));
    }

    #[test]
    fn a_station_works_by_its_own_hours_and_has_its_own_places() {
        let mut diary = diary(consultation(), 0, BERLIN);
        diary.stations = vec![station(2, hours("12:00", "14:00"))];
        let noon = "2026-12-08T11:00:00Z";
        assert_eq!(
            outcome(&diary, "2026-12-08T10:30:00Z", &ask(1)),
            Err("not_staffed")
        );
        for _ in 0..2 {
            let slot = diary.slot_at(at(noon), &ask(1)).unwrap();
            occupy(&mut diary, &slot);
        }
        assert_eq!(outcome(&diary, noon, &ask(1)), Err("fully_booked"));
        assert_eq!(outcome(&diary, "2026-12-08T11:30:00Z", &ask(1)), Ok(1));
    }

    #[test]
    fn who_is_asked_for_comes() {
        let mut diary = diary(dinner(), 3, LOS_ANGELES);
        let six = at("2026-12-13T02:00:00Z");
        let asked = Ask {
            station: Some(diary.stations[2].id),
            ..ask(10)
        };
        let slot = diary.slot_at(six, &asked).unwrap();
        assert_eq!(
            slot.places.clone().unwrap()[0].station,
            diary.stations[2].id
        );
        occupy(&mut diary, &slot);
        assert_eq!(
            outcome(&diary, "2026-12-13T02:00:00Z", &asked),
            Err("fully_booked")
        );
        assert_eq!(outcome(&diary, "2026-12-13T02:00:00Z", &ask(10)), Ok(1));
    }

    proptest! {
        /// Whatever is asked for, in whatever order: no place ever serves two parties at once, each party gets the
        /// stations it needs, and it is refused only when too few are free.
        #[test]
        fn no_place_serves_two_parties(
            asked in prop::collection::vec((0_usize..16, 1_u32..=60), 1..40),
            stations in 1_usize..4, places in 1_u32..3,
        ) {
            let mut diary = diary(dinner(), 0, LOS_ANGELES);
            diary.service.details.duration_minutes = 240;
            diary.service.details.opening_hours = hours("12:00", "06:00");
            diary.stations = (0..stations).map(|_| station(places, hours("00:00", "00:00"))).collect();
            for (slot, guests) in asked {
                let ask = ask(guests);
                let on = day("2026-12-12") + Days::new(slot as u64 / 4);
                let slot = diary.slots_on(on, &ask).swap_remove(slot % 4);
                let needed = guests.div_ceil(30) as usize;
                let (from, until) = diary.busy_time(slot.starts_at);
                let overlapping = |busy: &&Busy| busy.from < until && from < busy.until;
                match &slot.places {
                    Ok(taken) => {
                        prop_assert_eq!(taken.len(), needed);
                        for place in taken {
                            prop_assert!(!diary.busy.iter().filter(overlapping).any(|busy| busy.place == *place));
                        }
                        occupy(&mut diary, &slot);
                    }
                    Err(_) => {
                        let full = diary.stations.iter().filter(|station| {
                            (1..=places).all(|number| {
                                let place = Place { station: station.id, number };
                                diary.busy.iter().filter(overlapping).any(|busy| busy.place == place)
                            })
                        });
                        prop_assert!(stations - full.count() < needed);
                    }
                }
            }
        }
    }
}
