//! The demo motel with two packages, open for ninety nights from Tuesday, December 1, 2026.

use chrono::{DateTime, Days, NaiveDate, Utc};
use motel_bookings::commands::{BookRequest, book};
use motel_bookings::{Booking, BookingSource, StayRequest};
use motel_conversations::Channel;
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_kernel::{ConversationId, Email, Money, Party, PersonName, StayDates};
use motel_rates::{DateWindow, PackageDetails, PackageEffect};
use motel_taxes::Per;
use motel_tenancy::Property;
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_testkit::TestDb;
use motel_upsells::{Conditions, Offered, Rule, RuleDetails, Trigger, Words, commands};

const TABLES: &[&str] = &[
    "tenancy",
    "jobs",
    "inventory",
    "taxes",
    "rates",
    "guests",
    "bookings",
    "mail",
    "conversations",
    "upsells",
];

pub(crate) struct Motel {
    pub(crate) database: TestDb,
    pub(crate) demo: DemoTenant,
}

impl Motel {
    pub(crate) async fn open() -> Self {
        let database = TestDb::new(TABLES).await;
        let demo = demo_tenant(&database).await;
        let motel = Self { database, demo };
        let mut tx = motel.tx().await;
        motel_rates::testing::demo_motel(&mut tx, motel.property(), today())
            .await
            .unwrap();
        for package in [late(), wine(), sale()] {
            let property = motel.property().id;
            motel_rates::commands::create_package(&mut tx, property, package)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        motel
    }

    pub(crate) fn property(&self) -> &Property {
        &self.demo.property
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.database.db().tenant(self.demo.tenant).await.unwrap()
    }

    pub(crate) async fn rule(&self, details: RuleDetails) -> Rule {
        let mut tx = self.tx().await;
        let made = commands::create_rule(&mut tx, self.property().id, details)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        made
    }

    pub(crate) async fn conversation(&self) -> ConversationId {
        let mut tx = self.tx().await;
        let begun = motel_conversations::commands::start(&mut tx, Channel::Web)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        begun.id
    }

    /// Two nights from December 8 in a queen for two, without a package unless one is named: $268.80.
    pub(crate) async fn booking(&self, package: Option<&str>) -> Booking {
        let request = BookRequest {
            stays: vec![StayRequest {
                package: package.map(str::to_owned),
                ..StayRequest::new(stay(), party(), "standard_queen")
            }],
            guest: GuestDetails {
                name: PersonName::parse("Ana Souza").unwrap(),
                email: Email::parse("ana@example.com").unwrap(),
                phone: None,
            },
            source: BookingSource::Chat,
            agreed: None,
        };
        let mut tx = self.tx().await;
        let booked = book(&mut tx, self.property(), &request, None, noon())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        booked.booking
    }
}

/// $25 a stay.
fn late() -> PackageDetails {
    PackageDetails {
        code: "late".to_owned(),
        name: "Late check-out".to_owned(),
        description: String::new(),
        active: true,
        contents: Vec::new(),
        effect: PackageEffect::Extra {
            amount_minor: 2_500,
            per: Per::Stay,
        },
        booking: DateWindow::default(),
        stay: DateWindow::default(),
        rate_plans: Vec::new(),
    }
}

/// $15 for each guest and night.
fn wine() -> PackageDetails {
    PackageDetails {
        code: "wine".to_owned(),
        name: "Wine evening".to_owned(),
        effect: PackageEffect::Extra {
            amount_minor: 1_500,
            per: Per::PersonNight,
        },
        ..late()
    }
}

/// A tenth off.
fn sale() -> PackageDetails {
    PackageDetails {
        code: "sale".to_owned(),
        name: "Winter sale".to_owned(),
        effect: PackageEffect::Discount {
            basis_points: 1_000,
        },
        ..late()
    }
}

/// A late check-out at the read-back, on.
pub(crate) fn late_rule() -> RuleDetails {
    RuleDetails {
        name: "Late check-out".to_owned(),
        enabled: true,
        trigger: Trigger::ReadBack,
        topic: None,
        conditions: Conditions::default(),
        days: DateWindow::default(),
        offered: package("late"),
        words: Words::parse("Would you like {offer} for {price} more?").unwrap(),
    }
}

pub(crate) fn package(code: &str) -> Offered {
    Offered::Package(code.to_owned())
}

pub(crate) fn room(code: &str) -> Offered {
    Offered::Room(code.to_owned())
}

pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

/// Noon of that day in New York.
pub(crate) fn noon() -> DateTime<Utc> {
    today().and_hms_opt(17, 0, 0).unwrap().and_utc()
}

pub(crate) fn stay() -> StayDates {
    StayDates::from_nights(today() + Days::new(7), 2).unwrap()
}

pub(crate) fn party() -> Party {
    Party::new(2, 0, 0).unwrap()
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::new(minor, motel_kernel::Currency::USD)
}
