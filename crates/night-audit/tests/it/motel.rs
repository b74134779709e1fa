//! The demo motel with rooms to sell, and guests in it.

use chrono::{DateTime, Days, NaiveDate, Utc};
use motel_bookings::commands::{
    BookRequest, HoldEnd, ReserveRequest, WantedStays, book, check_in, check_out, reserve,
};
use motel_bookings::{Booking, BookingSource, By, StayRequest};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_kernel::{Party, ReservationId, StayDates, TenantId};
use motel_night_audit::commands::close_day;
use motel_night_audit::{NightAudit, NightAuditError};
use motel_tenancy::Property;
use motel_tenancy::testing::demo_tenant;
use motel_testkit::TestDb;

pub(crate) const OWNERS: [&str; 8] = [
    "tenancy",
    "jobs",
    "inventory",
    "rates",
    "taxes",
    "guests",
    "bookings",
    "night-audit",
];

pub(crate) struct Motel {
    pub(crate) test: TestDb,
    pub(crate) tenant: TenantId,
    pub(crate) property: Property,
}

/// Ten in the morning in New York on the first.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-12-01T15:00:00Z".parse().unwrap()
}

/// The same time of day on another day of December.
pub(crate) fn on(day: u64) -> DateTime<Utc> {
    now() + Days::new(day - 1)
}

pub(crate) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
}

impl Motel {
    pub(crate) async fn open() -> Self {
        let test = TestDb::new(&OWNERS).await;
        let demo = demo_tenant(&test).await;
        let mut tx = test.db().tenant(demo.tenant).await.unwrap();
        motel_rates::testing::demo_motel(&mut tx, &demo.property, day(1))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self {
            test,
            tenant: demo.tenant,
            property: demo.property,
        }
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.test.db().tenant(self.tenant).await.unwrap()
    }

    /// A standard queen, $120 a night and $144 on Fridays and Saturdays, with 12 % tax.
    pub(crate) async fn book(&self, arrival: u32, nights: u32) -> Booking {
        let request = BookRequest {
            stays: vec![stay(arrival, nights)],
            guest: ana(),
            source: BookingSource::Api,
            agreed: None,
        };
        let mut tx = self.tx().await;
        let booked = book(&mut tx, &self.property, &request, None, now()).await;
        tx.commit().await.unwrap();
        booked.unwrap().booking
    }

    pub(crate) async fn hold(&self, arrival: u32, nights: u32) -> Booking {
        let request = ReserveRequest {
            wanted: WantedStays::Priced(vec![stay(arrival, nights)]),
            guest: ana(),
            source: BookingSource::Desk,
            agreed: None,
            hold: Some(HoldEnd::After(chrono::Duration::minutes(15))),
        };
        let mut tx = self.tx().await;
        let held = reserve(&mut tx, &self.property, &request, &By::system(), now()).await;
        tx.commit().await.unwrap();
        held.unwrap()
    }

    pub(crate) async fn check_in(&self, booking: &Booking, at: DateTime<Utc>) {
        let mut tx = self.tx().await;
        let (property, id) = (&self.property, booking.first().id);
        check_in(&mut tx, property, id, None, false, &By::system(), at)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn check_out(&self, booking: &Booking, at: DateTime<Utc>) {
        let mut tx = self.tx().await;
        let (property, id) = (&self.property, booking.first().id);
        check_out(&mut tx, property, id, None, &By::system(), at)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Closes a day of December on its evening.
    pub(crate) async fn close(&self, of_december: u32) -> Result<NightAudit, NightAuditError> {
        self.close_at(of_december, on(of_december.into())).await
    }

    pub(crate) async fn close_at(
        &self,
        of_december: u32,
        at: DateTime<Utc>,
    ) -> Result<NightAudit, NightAuditError> {
        let mut tx = self.tx().await;
        let property = &self.property;
        let audit = close_day(&mut tx, property, day(of_december), &By::system(), at).await?;
        tx.commit().await?;
        Ok(audit)
    }

    pub(crate) async fn business_date(&self) -> NaiveDate {
        let tx = self.tx().await;
        motel_bookings::queries::business_date(&tx, &self.property, now())
            .await
            .unwrap()
    }

    /// The nights that were told to be charged, in order.
    pub(crate) async fn told(&self) -> Vec<(ReservationId, NaiveDate)> {
        use diesel_async::RunQueryDsl;
        let mut admin = self.test.admin().await;
        let rows: Vec<Told> = diesel::sql_query(
            "SELECT (payload ->> 'reservation_id')::uuid AS reservation, (payload ->> 'night')::date AS night
             FROM jobs.events WHERE kind = 'reservation.night_charged' ORDER BY 2, 1",
        )
        .load(&mut admin)
        .await
        .unwrap();
        rows.into_iter()
            .map(|row| (row.reservation, row.night))
            .collect()
    }

    pub(crate) async fn count(&self, what: &str) -> i64 {
        use diesel_async::RunQueryDsl;
        let mut admin = self.test.admin().await;
        diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!(
            "(SELECT count(*) FROM {what})"
        )))
        .get_result(&mut admin)
        .await
        .unwrap()
    }
}

#[derive(diesel::QueryableByName)]
struct Told {
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    reservation: ReservationId,
    #[diesel(sql_type = diesel::sql_types::Date)]
    night: NaiveDate,
}

fn stay(arrival: u32, nights: u32) -> StayRequest {
    let dates = StayDates::from_nights(day(arrival), nights).unwrap();
    StayRequest::new(dates, Party::new(2, 0, 0).unwrap(), "standard_queen")
}

fn ana() -> GuestDetails {
    GuestDetails {
        name: "Ana Souza".to_owned().try_into().unwrap(),
        email: "ana@example.com".parse().unwrap(),
        phone: None,
    }
}
