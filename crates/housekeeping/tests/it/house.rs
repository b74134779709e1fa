//! A house to clean: the demo motel from Tuesday, December 1, 2026 on.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use motel_bookings::commands::{self, BookRequest, book};
use motel_bookings::{BookingSource, By, Reservation, StayRequest};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_housekeeping::queries::{TaskFilter, tasks};
use motel_housekeeping::{Planned, Task, jobs};
use motel_inventory::UnitCondition;
use motel_inventory::queries::unit;
use motel_jobs::Worker;
use motel_kernel::{
    Email, FixedClock, Party, PersonName, ReservationId, StaffId, StayDates, UnitId, local_instant,
};
use motel_tenancy::commands::create_staff;
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_tenancy::{NewStaff, Role};
use motel_testkit::TestDb;

const TABLES: &[&str] = &[
    "tenancy",
    "jobs",
    "inventory",
    "taxes",
    "rates",
    "guests",
    "bookings",
    "mail",
    "housekeeping",
];

pub(crate) struct House {
    pub(crate) db: TestDb,
    pub(crate) demo: DemoTenant,
}

impl House {
    pub(crate) async fn open() -> Self {
        let db = TestDb::new(TABLES).await;
        let demo = demo_tenant(&db).await;
        let house = Self { db, demo };
        let mut tx = house.tx().await;
        motel_rates::testing::demo_motel(&mut tx, &house.demo.property, day(0))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        house
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.db.db().tenant(self.demo.tenant).await.unwrap()
    }

    /// A king suite, booked for so many nights.
    pub(crate) async fn book(&self, arrival: NaiveDate, nights: u32) -> Reservation {
        let request = BookRequest {
            stays: vec![StayRequest::new(
                StayDates::from_nights(arrival, nights).unwrap(),
                Party::new(2, 0, 0).unwrap(),
                "king_suite",
            )],
            guest: GuestDetails {
                name: PersonName::parse("Ana Souza").unwrap(),
                email: Email::parse("ana@guest.example").unwrap(),
                phone: None,
            },
            source: BookingSource::Api,
            agreed: None,
        };
        let mut tx = self.tx().await;
        let booked = book(&mut tx, &self.demo.property, &request, None, noon(day(0)))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        booked.booking.first().clone()
    }

    pub(crate) async fn check_in(&self, id: ReservationId, on: NaiveDate) {
        let (mut tx, by) = (self.tx().await, By::system().because("a test"));
        commands::check_in(&mut tx, &self.demo.property, id, None, true, &by, noon(on))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn check_out(&self, id: ReservationId, on: NaiveDate) {
        let mut tx = self.tx().await;
        commands::check_out(
            &mut tx,
            &self.demo.property,
            id,
            None,
            &By::system(),
            noon(on),
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    /// Books a stay that begins now and lets the guest in.
    pub(crate) async fn guest(&self, arrival: NaiveDate, nights: u32) -> Reservation {
        let stay = self.book(arrival, nights).await;
        self.check_in(stay.id, arrival).await;
        stay
    }

    /// The worker of this crate, at a moment.
    pub(crate) fn worker(&self, now: DateTime<Utc>) -> Worker {
        jobs::register(
            Worker::new(self.db.db().clone()),
            Arc::new(FixedClock::at(now)),
        )
    }

    /// Lets happen what follows from what happened.
    pub(crate) async fn settle(&self) {
        let worker = self.worker(noon(day(0)));
        worker.run_until_idle().await.unwrap();
    }

    pub(crate) async fn plan(&self, on: NaiveDate) -> Planned {
        let mut tx = self.tx().await;
        let planned =
            motel_housekeeping::commands::plan_day(&mut tx, &self.demo.property, on, noon(on))
                .await
                .unwrap();
        tx.commit().await.unwrap();
        planned
    }

    /// The tasks of a day, in the order of the list.
    pub(crate) async fn tasks(&self, on: NaiveDate) -> Vec<Task> {
        let filter = TaskFilter {
            date: Some(on),
            ..TaskFilter::default()
        };
        let mut tx = self.tx().await;
        tasks(&mut tx, self.demo.property.id, &filter, None, 100)
            .await
            .unwrap()
    }

    pub(crate) async fn condition(&self, id: UnitId) -> UnitCondition {
        unit(&mut self.tx().await, id)
            .await
            .unwrap()
            .unwrap()
            .condition
    }

    /// A member of the staff, who can sign in with the address and [`PASSWORD`].
    pub(crate) async fn member(&self, email: &str) -> StaffId {
        let mut tx = self.tx().await;
        let new = NewStaff {
            email: Email::parse(email).unwrap(),
            password: PASSWORD.into(),
            display_name: "Rosa".to_owned(),
            role: Role::Manager,
        };
        let member = create_staff(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        member.id
    }
}

pub(crate) const PASSWORD: &str = "clean as a whistle";

/// The day that is so many days after the first.
pub(crate) fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + Days::new(offset)
}

/// Noon of a day in New York.
pub(crate) fn noon(on: NaiveDate) -> DateTime<Utc> {
    at(on, 12)
}

/// The full hour of a day in New York.
pub(crate) fn at(on: NaiveDate, hour: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    local_instant(on, time, chrono_tz::America::New_York)
}
