//! A front desk to test with: the demo motel, open for 90 nights from a fixed day.

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use motel_bookings::commands::{
    self, BookRequest, Booked, HOLD_STANDS, HoldEnd, ReserveRequest, WantedStays, book,
};
use motel_bookings::{
    Booking, BookingError, BookingSource, By, Effect, IdempotencyKey, Reservation, StayRequest,
    queries,
};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_inventory::UnitGroup;
use motel_inventory::testing::DemoRooms;
use motel_kernel::{Email, Party, PersonName, ReservationId, StayDates};
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_testkit::TestDb;

pub(crate) const TABLES: &[&str] = &[
    "tenancy",
    "jobs",
    "inventory",
    "taxes",
    "rates",
    "guests",
    "bookings",
    "mail",
];

pub(crate) struct Desk {
    pub(crate) database: TestDb,
    pub(crate) demo: DemoTenant,
    pub(crate) rooms: DemoRooms,
}

/// What is done to a reservation, in the words of the commands.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Do {
    Confirm,
    CheckIn,
    ForceIn,
    CheckOut,
    Cancel,
    NoShow,
    Reinstate,
    Undo,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let database = TestDb::new(TABLES).await;
        let demo = demo_tenant(&database).await;
        let mut tx = database.db().tenant(demo.tenant).await.unwrap();
        let rooms = motel_rates::testing::demo_motel(&mut tx, &demo.property, today())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self {
            database,
            demo,
            rooms,
        }
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.database.db().tenant(self.demo.tenant).await.unwrap()
    }

    /// Books and commits, as a handler does; an error leaves nothing.
    pub(crate) async fn book(
        &self,
        request: &BookRequest,
        key: Option<&IdempotencyKey>,
    ) -> Result<Booked, BookingError> {
        let mut tx = self.tx().await;
        let booked = book(&mut tx, &self.demo.property, request, key, noon()).await?;
        tx.commit().await?;
        Ok(booked)
    }

    /// A reservation as it stands.
    pub(crate) async fn read(&self, id: ReservationId) -> Reservation {
        queries::reservation(&mut self.tx().await, id)
            .await
            .unwrap()
    }

    /// A booking of one stay.
    pub(crate) async fn stay(&self, unit_group: &str, dates: StayDates) -> Reservation {
        let request = request(unit_group, dates, "ana@example.com");
        let booked = self.book(&request, None).await.unwrap();
        booked.booking.reservations[0].clone()
    }

    /// Holds stays for the usual time.
    pub(crate) async fn hold(
        &self,
        stays: Vec<StayRequest>,
        now: DateTime<Utc>,
    ) -> Result<Booking, BookingError> {
        self.reserve(stays, Some(HoldEnd::After(HOLD_STANDS)), now)
            .await
    }

    pub(crate) async fn reserve(
        &self,
        stays: Vec<StayRequest>,
        hold: Option<HoldEnd>,
        now: DateTime<Utc>,
    ) -> Result<Booking, BookingError> {
        let request = ReserveRequest {
            wanted: WantedStays::Priced(stays),
            guest: guest("ana@example.com"),
            source: BookingSource::Desk,
            agreed: None,
            hold,
        };
        let mut tx = self.tx().await;
        let property = &self.demo.property;
        let booking = commands::reserve(&mut tx, property, &request, &By::guest(), now).await?;
        tx.commit().await?;
        Ok(booking)
    }

    /// Does something to a reservation and commits.
    pub(crate) async fn act(
        &self,
        what: Do,
        id: ReservationId,
        now: DateTime<Utc>,
    ) -> Result<Effect, BookingError> {
        self.act_on(what, id, None, now).await
    }

    /// The same on a version that was seen.
    pub(crate) async fn act_on(
        &self,
        what: Do,
        id: ReservationId,
        seen: Option<i32>,
        now: DateTime<Utc>,
    ) -> Result<Effect, BookingError> {
        let mut tx = self.tx().await;
        let (tx_, property, by) = (
            &mut tx,
            &self.demo.property,
            &By::guest().because("they said so"),
        );
        let effect = match what {
            Do::Confirm => commands::confirm(tx_, property, id, seen, by, now).await,
            Do::CheckIn => commands::check_in(tx_, property, id, seen, false, by, now).await,
            Do::ForceIn => commands::check_in(tx_, property, id, seen, true, by, now).await,
            Do::CheckOut => commands::check_out(tx_, property, id, seen, by, now).await,
            Do::Cancel => commands::cancel_reservation(tx_, property, id, seen, by, now).await,
            Do::NoShow => commands::mark_no_show(tx_, property, id, seen, by, now).await,
            Do::Reinstate => commands::reinstate(tx_, property, id, seen, by, now).await,
            Do::Undo => commands::undo(tx_, property, id, seen, by, now).await,
        }?;
        tx.commit().await?;
        Ok(effect)
    }

    pub(crate) async fn now_of(&self, id: ReservationId) -> Reservation {
        queries::reservation(&mut self.tx().await, id)
            .await
            .unwrap()
    }

    /// Ends the holds that are over, as the worker does.
    pub(crate) async fn sweep(&self, now: DateTime<Utc>) -> usize {
        let mut tx = self.tx().await;
        let property = &self.demo.property;
        let ended = commands::release_expired_holds(&mut tx, property, now, 100)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        ended
    }

    /// How many units of a group are free on each night of a stay.
    pub(crate) async fn free(&self, group: &UnitGroup, stay: StayDates) -> Vec<u32> {
        let tx = self.tx().await;
        let all = motel_inventory::queries::free_per_night(&tx, self.demo.property.id, stay)
            .await
            .unwrap();
        let (_, nights) = all
            .into_iter()
            .find(|(found, _)| found.id == group.id)
            .unwrap();
        nights.iter().map(|night| night.free).collect()
    }

    /// Everything that must hold of what is sold, looked at past all walls: what is wrong, in words.
    pub(crate) async fn unsound(&self) -> Vec<String> {
        use diesel_async::RunQueryDsl;
        #[derive(diesel::QueryableByName)]
        struct Line {
            #[diesel(sql_type = diesel::sql_types::Text)]
            line: String,
        }
        let found: Vec<Line> = diesel::sql_query(UNSOUND)
            .load(&mut self.database.admin().await)
            .await
            .unwrap();
        found.into_iter().map(|found| found.line).collect()
    }
}

const UNSOUND: &str = "
    SELECT format('%s: %s sold, %s reserved', c.night, c.sold, coalesce(r.reserved, 0)) AS line
    FROM inventory.nightly_counters c
    LEFT JOIN (SELECT tenant_id, unit_group_id, night::date, count(*) AS reserved
               FROM bookings.reservations, generate_series(arrival, departure - 1, '1 day') AS night
               WHERE status IN ('held', 'confirmed', 'in_house', 'checked_out') GROUP BY 1, 2, 3) r
        USING (tenant_id, unit_group_id, night)
    WHERE c.sold <> coalesce(r.reserved, 0)
  UNION ALL
    SELECT format('reservation %s is at version %s after %s events', r.id, r.version, count(e.seq))
    FROM bookings.reservations r LEFT JOIN bookings.reservation_events e
      ON e.tenant_id = r.tenant_id AND e.reservation_id = r.id
    GROUP BY r.tenant_id, r.id, r.version HAVING count(e.seq) <> r.version OR max(e.seq) <> r.version
  UNION ALL
    SELECT format('reservation %s has the price of %s nights', id, jsonb_array_length(price -> 'nights'))
    FROM bookings.reservations WHERE jsonb_array_length(price -> 'nights') <> departure - arrival
  UNION ALL
    SELECT format('%s deadlocks', deadlocks) FROM pg_stat_database
    WHERE datname = current_database() AND deadlocks > 0";

/// The first day on sale, a Tuesday.
pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

/// Noon in New York on that day.
pub(crate) fn noon() -> DateTime<Utc> {
    "2026-12-01T17:00:00Z".parse().unwrap()
}

/// Noon so many days later.
pub(crate) fn noon_in(days: i64) -> DateTime<Utc> {
    noon() + Duration::days(days)
}

/// A stay that begins so many days from [`today`].
pub(crate) fn stay(in_days: u64, nights: u32) -> StayDates {
    StayDates::from_nights(today() + Days::new(in_days), nights).unwrap()
}

/// A stay of two adults.
pub(crate) fn wanted(unit_group: &str, dates: StayDates) -> StayRequest {
    StayRequest::new(dates, Party::new(2, 0, 0).unwrap(), unit_group)
}

pub(crate) fn guest(email: &str) -> GuestDetails {
    GuestDetails {
        name: PersonName::parse("Ana Souza").unwrap(),
        email: Email::parse(email).unwrap(),
        phone: None,
    }
}

pub(crate) fn request(unit_group: &str, dates: StayDates, email: &str) -> BookRequest {
    BookRequest {
        stays: vec![wanted(unit_group, dates)],
        guest: guest(email),
        source: BookingSource::Api,
        agreed: None,
    }
}
