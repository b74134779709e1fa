use chrono::{DateTime, NaiveDate, Utc};
use motel_bookings::commands::{BookRequest, book};
use motel_bookings::{Booking, BookingSource, StayRequest};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_kernel::{Party, StayDates};
use motel_tenancy::testing::{DemoTenant, demo_tenant, other_tenant};
use motel_tenancy::{NewStaff, Role};
use motel_testkit::TestDb;

const OWNERS: [&str; 22] = [
    "appointments",
    "tenancy",
    "audit",
    "jobs",
    "inventory",
    "rates",
    "taxes",
    "guests",
    "bookings",
    "concierge",
    "billing",
    "invoices",
    "conversations",
    "credentials",
    "knowledge",
    "leads",
    "passkeys",
    "upsells",
    "shadow",
    "prompts",
    "voice",
    "vouchers",
];

pub(crate) const PASSWORD: &str = "a long enough password";
pub(crate) const CLERK: &str = "clerk@motel.example";
pub(crate) const STRANGER: &str = "clerk@other.example";

/// The demo motel, another tenant, and a clerk at each.
pub(crate) struct Motel {
    pub(crate) test: TestDb,
    pub(crate) demo: DemoTenant,
    pub(crate) other: DemoTenant,
}

/// A Tuesday, ten in the morning at the motel.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-12-01T15:00:00Z".parse().unwrap()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

impl Motel {
    pub(crate) async fn open() -> Self {
        let test = TestDb::new(&OWNERS).await;
        let demo = demo_tenant(&test).await;
        let other = other_tenant(&test).await;
        for (tenant, email) in [(demo.tenant, CLERK), (other.tenant, STRANGER)] {
            let staff = NewStaff {
                email: email.parse().unwrap(),
                password: PASSWORD.into(),
                display_name: format!("Dana <{email}>"),
                role: Role::Owner,
            };
            let mut tx = test.db().tenant(tenant).await.unwrap();
            motel_tenancy::commands::create_staff(&mut tx, &staff)
                .await
                .unwrap();
            tx.commit().await.unwrap();
        }
        let motel = Self { test, demo, other };
        let mut tx = motel.tx().await;
        motel_rates::testing::demo_motel(&mut tx, &motel.demo.property, today())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        motel
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.test.db().tenant(self.demo.tenant).await.unwrap()
    }

    /// Two adults in a king suite from a day after today on.
    pub(crate) async fn book(&self, guest: &str, from: u64, nights: u32) -> Booking {
        let arrival = today() + chrono::Days::new(from);
        let request = BookRequest {
            stays: vec![StayRequest::new(
                StayDates::from_nights(arrival, nights).unwrap(),
                Party::new(2, 0, 0).unwrap(),
                "king_suite",
            )],
            guest: GuestDetails {
                name: guest.to_owned().try_into().unwrap(),
                email: "ana@example.com".parse().unwrap(),
                phone: None,
            },
            source: BookingSource::Api,
            agreed: None,
        };
        let mut tx = self.tx().await;
        let booked = book(&mut tx, &self.demo.property, &request, None, now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        booked.booking
    }
}
