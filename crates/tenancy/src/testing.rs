//! Ready-made tenants for tests: feature `testing`.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot be set up has failed"
)]

use chrono::NaiveTime;
use motel_kernel::{BasisPoints, Currency, TenantId};
use motel_testkit::TestDb;

use crate::{
    Address, CancellationPolicy, LateFee, ParkingPolicy, PetsPolicy, Policies, Property,
    PropertySettings, Slug, Tax, TenantKind, TenantSettings, commands,
};

/// A tenant with its property.
#[derive(Debug, Clone)]
pub struct DemoTenant {
    /// Whose transactions to open.
    pub tenant: TenantId,
    /// Its name in addresses.
    pub slug: Slug,
    /// A motel in New York that sells in dollars: check-in 15:00, check-out 11:00, 12 % tax on top, pets for $20.
    pub property: Property,
}

/// The tenant `demo-motel`, made if it is not there. The database needs the migrations of `tenancy`.
pub async fn demo_tenant(db: &TestDb) -> DemoTenant {
    found(db, "demo-motel", "DM001").await
}

/// A second tenant, `other-motel`, with the same settings.
pub async fn other_tenant(db: &TestDb) -> DemoTenant {
    found(db, "other-motel", "OM001").await
}

async fn found(db: &TestDb, slug: &str, code: &str) -> DemoTenant {
    let settings = settings(slug, code);
    let mut tx = db
        .db()
        .platform("set up a test")
        .await
        .expect("a transaction");
    let upserted = commands::upsert_tenant_from_settings(&mut tx, &settings)
        .await
        .expect("the tenant is written");
    tx.commit().await.expect("the tenant is committed");
    DemoTenant {
        tenant: upserted.tenant.id,
        slug: upserted.tenant.slug,
        property: upserted.property,
    }
}

fn settings(slug: &str, code: &str) -> TenantSettings {
    TenantSettings {
        slug: Slug::parse(slug).expect("a slug"),
        name: format!("Motel {code}"),
        kind: TenantKind::Motel,
        sandbox: false,
        property: property_settings(code),
        tax: Tax {
            name: "Room tax".to_owned(),
            rate: BasisPoints::new(1_200).expect("12 %"),
            included: false,
        },
        policies: policies(),
        chefs: Vec::new(),
    }
}

fn property_settings(code: &str) -> PropertySettings {
    PropertySettings {
        code: code.to_owned(),
        name: format!("Motel {code}"),
        tagline: String::new(),
        address: Address {
            street: "1 Test Road".to_owned(),
            city: "Alder Falls".to_owned(),
            region: "NY".to_owned(),
            postal_code: "12000".to_owned(),
            country: "US".to_owned(),
        },
        phone: "+15185550142".parse().expect("a phone number"),
        email: "stay@motel.example".parse().expect("an e-mail address"),
        timezone: chrono_tz::America::New_York,
        currency: Currency::USD,
        check_in: NaiveTime::from_hms_opt(15, 0, 0).expect("15:00"),
        check_out: NaiveTime::from_hms_opt(11, 0, 0).expect("11:00"),
    }
}

fn policies() -> Policies {
    Policies {
        cancellation: Some(CancellationPolicy {
            summary: "You can cancel free of charge until 24 hours before check-in.".to_owned(),
            free_until_hours: 24,
            late_fee: LateFee::FirstNight,
            no_show_fee: Some(LateFee::FirstNight),
        }),
        pets: Some(PetsPolicy {
            summary: "Dogs and cats are welcome in our pet-friendly rooms for $20 a night."
                .to_owned(),
            allowed: true,
            fee_minor_per_night: 2_000,
            max_per_room: Some(2),
            unit_groups: vec!["pet_friendly".to_owned()],
            service_animals_free: true,
        }),
        parking: Some(ParkingPolicy {
            summary: "Parking is free.".to_owned(),
            free: true,
            fee_minor_per_night: 0,
            spaces: None,
            ev_chargers: 0,
        }),
        ..Policies::default()
    }
}
