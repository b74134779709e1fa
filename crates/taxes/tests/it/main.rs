//! Taxes and fees on a real PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod isolation;
mod keeping;
#[cfg(feature = "http")]
mod over_http;

use chrono::NaiveDate;
use motel_kernel::{BasisPoints, Currency, Money};
use motel_taxes::{AgeBand, Charge, FeeDetails, FeeOccasion, Per, Rounding, TaxDetails, Validity};
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_testkit::TestDb;

async fn motel() -> (TestDb, DemoTenant) {
    let database = TestDb::new(&["tenancy", "taxes"]).await;
    let demo = demo_tenant(&database).await;
    (database, demo)
}

fn new_year() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()
}

fn city(on_top_of: &[&str]) -> TaxDetails {
    TaxDetails {
        code: "city".to_owned(),
        name: "City tax".to_owned(),
        charge: Charge::Percent(BasisPoints::new(500).unwrap()),
        included: false,
        covers_fees: false,
        on_top_of: on_top_of.iter().map(|code| (*code).to_owned()).collect(),
        validity: Validity::default(),
        max_nights: Some(7),
        exempt_flags: vec!["business".to_owned()],
        age_bands: Vec::new(),
        rounding: Rounding::PerLine,
    }
}

fn state() -> TaxDetails {
    TaxDetails {
        code: "state".to_owned(),
        name: "State tax".to_owned(),
        charge: Charge::Flat {
            amount: Money::new(150, Currency::USD),
            per: Per::PersonNight,
        },
        max_nights: None,
        age_bands: vec![AgeBand {
            from: 0,
            until: 12,
            share: BasisPoints::new(0).unwrap(),
        }],
        ..city(&[])
    }
}

fn cleaning() -> FeeDetails {
    FeeDetails {
        code: "cleaning".to_owned(),
        name: "Cleaning".to_owned(),
        charge: Charge::Flat {
            amount: Money::new(4_500, Currency::USD),
            per: Per::Stay,
        },
        occasion: FeeOccasion::Always,
        taxed: true,
        validity: Validity::default(),
        age_bands: Vec::new(),
    }
}
