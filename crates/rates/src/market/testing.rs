//! A property to reckon with, without a database.
#![allow(clippy::unwrap_used)]

use chrono::{NaiveTime, TimeDelta};
use motel_kernel::{BasisPoints, Currency, PropertyId, TenantId};
use motel_tenancy::{Address, Policies, Property, Tax};

/// A motel in New York that sells in dollars: check-in at 15:00, no tax and no policies.
pub(crate) fn property() -> Property {
    Property {
        tenant_id: TenantId::new(),
        id: PropertyId::new(),
        code: "TM001".to_owned(),
        name: "Test Motel".to_owned(),
        tagline: String::new(),
        address: Address {
            street: "1 Test Road".to_owned(),
            city: "Alder Falls".to_owned(),
            region: "NY".to_owned(),
            postal_code: "12000".to_owned(),
            country: "US".to_owned(),
        },
        phone: "+15185550142".parse().unwrap(),
        email: "stay@motel.example".parse().unwrap(),
        timezone: chrono_tz::America::New_York,
        currency: Currency::USD,
        check_in: NaiveTime::from_hms_opt(15, 0, 0).unwrap(),
        check_out: NaiveTime::from_hms_opt(11, 0, 0).unwrap(),
        tax: Tax {
            name: "Room tax".to_owned(),
            rate: BasisPoints::new(0).unwrap(),
            included: false,
        },
        policies: Policies::default(),
        chefs: Vec::new(),
        clock_offset: TimeDelta::zero(),
    }
}
