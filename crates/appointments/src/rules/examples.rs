//! Services for the tests of these rules: a caterer's dinner and a consultant's hour.
#![allow(clippy::unwrap_used)]

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use motel_kernel::{BasisPoints, Currency, PropertyId, ServiceId, StationId};
use motel_tenancy::Tax;

use super::Diary;
use crate::{
    AddOn, Day, FeeRules, FeeStep, Hours, PriceBasis, Service, ServiceDetails, SlotStarts, Station,
    StationDetails, Travel,
};

const WEEK: [Day; 7] = [
    Day::Mon,
    Day::Tue,
    Day::Wed,
    Day::Thu,
    Day::Fri,
    Day::Sat,
    Day::Sun,
];

pub(super) fn hours(from: &str, until: &str) -> Vec<Hours> {
    vec![Hours {
        days: WEEK.to_vec(),
        from: from.parse().unwrap(),
        until: until.parse().unwrap(),
    }]
}

pub(super) fn no_tax() -> Tax {
    tax(0, false)
}

pub(super) fn tax(points: u32, included: bool) -> Tax {
    Tax {
        name: "Tax".to_owned(),
        rate: BasisPoints::new(points).unwrap(),
        included,
    }
}

/// $55 a guest, three hours at 12, 15, 18 or 21, free within 30 miles, then $2 a mile.
pub(super) fn dinner() -> Service {
    let times = ["12:00", "15:00", "18:00", "21:00"];
    service(ServiceDetails {
        code: "feast".to_owned(),
        name: "Feast".to_owned(),
        description: String::new(),
        duration_minutes: 150,
        buffer_before_minutes: 15,
        buffer_after_minutes: 15,
        starts: SlotStarts::Fixed {
            times: times.iter().map(|time| time.parse().unwrap()).collect(),
        },
        opening_hours: hours("12:00", "00:00"),
        price_basis: PriceBasis::PerGuest,
        price_minor: 5_500,
        minimum_spend_minor: 0,
        min_guests: 1,
        max_guests: 60,
        guests_per_station: Some(30),
        lead_minutes: 2_880,
        horizon_days: 365,
        travel: Some(Travel::PerMile {
            free_miles: 30,
            fee_minor_per_mile: 200,
            maximum_miles: Some(100),
            maximum_fee_minor: None,
        }),
        deposit_basis_points: 3_000,
        fees: FeeRules {
            cancellation: vec![FeeStep {
                hours_before: 168,
                basis_points: 5_000,
            }],
            no_show_basis_points: 10_000,
        },
        reminder_hours: vec![72, 24],
        add_ons: vec![
            add_on("salmon", PriceBasis::PerGuest, 900, 1),
            add_on("cake", PriceBasis::PerSession, 6_000, 3),
        ],
        active: true,
        sort: 0,
    })
}

/// Half an hour for $80 the session, every half hour from nine to five.
pub(super) fn consultation() -> Service {
    let dinner = dinner().details;
    service(ServiceDetails {
        code: "half_hour".to_owned(),
        duration_minutes: 30,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        starts: SlotStarts::Every { minutes: 30 },
        opening_hours: hours("09:00", "17:00"),
        price_basis: PriceBasis::PerSession,
        price_minor: 8_000,
        max_guests: 4,
        guests_per_station: None,
        lead_minutes: 0,
        travel: None,
        ..dinner
    })
}

pub(super) fn service(details: ServiceDetails) -> Service {
    Service {
        id: ServiceId::new(),
        property: PropertyId::new(),
        currency: Currency::USD,
        details,
        version: 1,
    }
}

fn add_on(code: &str, basis: PriceBasis, price_minor: i64, most: u32) -> AddOn {
    AddOn {
        code: code.to_owned(),
        name: code.to_owned(),
        basis,
        price_minor,
        most,
    }
}

pub(super) fn station(places: u32, working_hours: Vec<Hours>) -> Station {
    Station {
        id: StationId::new(),
        property: PropertyId::new(),
        details: StationDetails {
            code: "station".to_owned(),
            name: "Station".to_owned(),
            places,
            working_hours,
            services: Vec::new(),
            active: true,
            sort: 0,
        },
        version: 1,
    }
}

/// A diary with so many stations that always work.
pub(super) fn diary(service: Service, stations: usize, timezone: Tz) -> Diary {
    Diary {
        service,
        stations: (0..stations)
            .map(|_| station(1, hours("00:00", "00:00")))
            .collect(),
        blackouts: Vec::new(),
        busy: Vec::new(),
        timezone,
    }
}

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
