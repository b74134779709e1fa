//! How many sales repacking saves against giving each stay the first free room, on the bookings of two real hotels.

use std::fs::File;
use std::path::Path;

use chrono::{Days, NaiveDate};
use flate2::read::GzDecoder;
use motel_inventory::packing::{Claim, Place, TapeChart};
use motel_kernel::{StayDates, UnitId};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize)]
struct Row {
    hotel: String,
    is_canceled: u8,
    lead_time: u64,
    arrival_date_year: i32,
    arrival_date_month: String,
    arrival_date_day_of_month: u32,
    stays_in_weekend_nights: u32,
    stays_in_week_nights: u32,
}

struct Sale {
    booked: NaiveDate,
    dates: StayDates,
}

impl Row {
    fn sale(&self) -> Option<Sale> {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = MONTHS
            .iter()
            .position(|it| *it == self.arrival_date_month)
            .unwrap();
        let month = u32::try_from(month + 1).unwrap();
        let (year, day) = (self.arrival_date_year, self.arrival_date_day_of_month);
        let arrival = NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let nights = self.stays_in_weekend_nights + self.stays_in_week_nights;
        Some(Sale {
            booked: arrival - Days::new(self.lead_time),
            dates: StayDates::from_nights(arrival, nights).ok()?,
        })
    }
}

/// Stays that took place, in the order in which they were booked.
fn sales(path: &Path, hotel: &str) -> Vec<Sale> {
    let mut rows = csv::Reader::from_reader(GzDecoder::new(File::open(path).unwrap()));
    let rows = rows.deserialize().map(|row| -> Row { row.unwrap() });
    let mut sales: Vec<Sale> = rows
        .filter(|row| row.hotel == hotel && row.is_canceled == 0)
        .filter_map(|row| row.sale())
        .collect();
    sales.sort_by_key(|sale| sale.booked);
    sales
}

/// Rooms sold on each night, from a first one on.
struct Counters {
    first: NaiveDate,
    sold: Vec<usize>,
}

impl Counters {
    fn of(sales: &[Sale]) -> Self {
        Self {
            first: sales.iter().map(|it| it.dates.arrival()).min().unwrap(),
            sold: vec![0; 1_500],
        }
    }

    fn nights(&self, dates: StayDates) -> impl Iterator<Item = usize> + use<> {
        let first = self.first;
        let nights: Vec<NaiveDate> = dates.nights().collect();
        let place = move |night: NaiveDate| usize::try_from((night - first).num_days()).unwrap();
        nights.into_iter().map(place)
    }

    fn allow(&self, dates: StayDates, rooms: usize) -> bool {
        self.nights(dates).all(|night| self.sold[night] < rooms)
    }

    fn count(&mut self, dates: StayDates) {
        for night in self.nights(dates) {
            self.sold[night] += 1;
        }
    }
}

/// What came of it.
#[derive(Debug, Default)]
struct Outcome {
    room_nights: u32,
    /// Stays that the counters allowed and that found no room.
    lost: usize,
    moved: usize,
}

fn first_fit(sales: &[Sale], rooms: usize) -> Outcome {
    let (mut counters, mut outcome) = (Counters::of(sales), Outcome::default());
    let mut taken: Vec<Vec<StayDates>> = vec![Vec::new(); rooms];
    for sale in sales.iter() {
        if !counters.allow(sale.dates, rooms) {
            continue;
        }
        let mut free = taken.iter_mut();
        match free.find(|room| !room.iter().any(|it| it.overlaps(sale.dates))) {
            Some(room) => {
                room.push(sale.dates);
                counters.count(sale.dates);
                outcome.room_nights += sale.dates.night_count();
            }
            None => outcome.lost += 1,
        }
    }
    outcome
}

/// The same with repacking; guests who have come stay where they are.
fn repacked(sales: &[Sale], rooms: usize) -> Outcome {
    let (mut counters, mut outcome) = (Counters::of(sales), Outcome::default());
    let mut chart = TapeChart {
        units: (0..rooms).map(|_| UnitId::new()).collect(),
        ..TapeChart::default()
    };
    for (sale, key) in sales.iter().zip(1..) {
        if !counters.allow(sale.dates, rooms) {
            continue;
        }
        check_in_and_out(&mut chart, sale.booked);
        let free = chart.best_fit(sale.dates);
        chart.claims.push(Claim {
            key: Uuid::from_u128(key),
            dates: sale.dates,
            place: free.map_or(Place::Waiting, Place::Movable),
        });
        if free.is_none() {
            let Ok(packing) = chart.pack() else {
                outcome.lost += 1;
                chart.claims.pop();
                continue;
            };
            outcome.moved += packing.moves().count();
            for claim in &mut chart.claims {
                if let Some(unit) = packing.unit_of(claim.key) {
                    claim.place = Place::Movable(unit);
                }
            }
        }
        counters.count(sale.dates);
        outcome.room_nights += sale.dates.night_count();
    }
    outcome
}

fn check_in_and_out(chart: &mut TapeChart, today: NaiveDate) {
    chart.claims.retain(|claim| claim.dates.departure() > today);
    for claim in &mut chart.claims {
        if let Place::Movable(unit) = claim.place
            && claim.dates.arrival() < today
        {
            claim.place = Place::Fixed(unit);
        }
    }
}

#[test]
#[ignore = "takes a minute, and needs the bookings; see docs/repacking.md"]
fn repacking_sells_what_first_fit_cannot_place() {
    let Some(path) = std::env::var_os("MOTEL_HOTEL_BOOKINGS") else {
        eprintln!(
            "!!! SKIPPED: MOTEL_HOTEL_BOOKINGS names no data set, so nothing was compared !!!"
        );
        return;
    };
    for hotel in ["City Hotel", "Resort Hotel"] {
        let sales = sales(Path::new(&path), hotel);
        let mut demand = Counters::of(&sales);
        sales.iter().for_each(|sale| demand.count(sale.dates));
        let rooms = demand.sold.iter().max().unwrap() * 95 / 100;
        let (first_fit, repacked) = (first_fit(&sales, rooms), repacked(&sales, rooms));
        println!("{hotel}, {rooms} rooms\n  first fit {first_fit:?}\n  repacked  {repacked:?}");
        assert!(first_fit.lost > 0, "the rooms do not bind");
        assert_eq!(repacked.lost, 0);
        assert!(repacked.room_nights > first_fit.room_nights);
    }
}
