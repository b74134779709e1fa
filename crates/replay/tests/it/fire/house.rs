//! The motel everybody wants: ten rooms of three types, ninety nights.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use motel_db::{Db, DbError, TenantTx};
use motel_jobs::Worker;
use motel_kernel::{BlockId, ReservationId, UnitId};
use motel_tenancy::Property;
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_testkit::TestDb;
use secrecy::{ExposeSecret, SecretString};

use crate::first_rows::OWNERS;

/// What the connections call themselves that may be cut.
pub(super) const CROWD: &str = "crowd";

/// Reservations that are still thought of.
const REMEMBERED: usize = 150;

pub(super) struct House {
    pub(super) database: TestDb,
    pub(super) pool: Db,
    pub(super) demo: DemoTenant,
    /// Minutes since the first noon.
    minutes: AtomicI64,
    known: Mutex<Vec<ReservationId>>,
    blocks: Mutex<Vec<BlockId>>,
    units: Vec<UnitId>,
}

impl House {
    pub(super) async fn open() -> Self {
        let database = TestDb::new(OWNERS).await;
        let demo = demo_tenant(&database).await;
        let mut tx = database.db().tenant(demo.tenant).await.unwrap();
        let rooms = motel_rates::testing::demo_motel(&mut tx, &demo.property, first_day())
            .await
            .unwrap();
        let mut units = Vec::new();
        for group in [
            &rooms.standard_queen,
            &rooms.king_suite,
            &rooms.pet_friendly,
        ] {
            let found = motel_inventory::queries::units_of(&tx, group.id)
                .await
                .unwrap();
            units.extend(found.into_iter().map(|unit| unit.id));
        }
        tx.commit().await.unwrap();
        let pool = Db::connect(&as_crowd(database.url()), 16).await.unwrap();
        Self {
            database,
            pool,
            demo,
            minutes: AtomicI64::new(0),
            known: Mutex::default(),
            blocks: Mutex::default(),
            units,
        }
    }

    pub(super) async fn tx(&self) -> Result<TenantTx, DbError> {
        self.pool.tenant(self.demo.tenant).await
    }

    /// Those who keep folios in line with bookings.
    pub(super) fn followers(&self) -> Worker {
        motel_billing::jobs::register(Worker::new(self.database.db().clone()), None)
    }

    pub(super) fn property(&self) -> &Property {
        &self.demo.property
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        let noon = first_day().and_hms_opt(17, 0, 0).unwrap().and_utc();
        noon + TimeDelta::minutes(AtomicI64::load(&self.minutes, Ordering::SeqCst))
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.now()
            .with_timezone(&self.property().timezone)
            .date_naive()
    }

    pub(super) fn let_time_pass(&self, minutes: i64) {
        self.minutes.fetch_add(minutes, Ordering::SeqCst);
    }

    pub(super) fn remember(&self, stays: impl IntoIterator<Item = ReservationId>) {
        let mut known = self.known.lock().unwrap();
        known.extend(stays);
        let too_many = known.len().saturating_sub(REMEMBERED);
        known.drain(..too_many);
    }

    pub(super) fn remember_block(&self, block: BlockId) {
        self.blocks.lock().unwrap().push(block);
    }

    /// Some block, by a number; it is forgotten.
    pub(super) fn some_block(&self, number: usize) -> Option<BlockId> {
        let mut blocks = self.blocks.lock().unwrap();
        (!blocks.is_empty()).then(|| {
            let place = number % blocks.len();
            blocks.swap_remove(place)
        })
    }

    /// Some unit, by a number.
    pub(super) fn unit(&self, number: usize) -> UnitId {
        self.units[number % self.units.len()]
    }

    /// Some reservation, by a number.
    pub(super) fn some(&self, number: usize) -> Option<ReservationId> {
        let known = self.known.lock().unwrap();
        (!known.is_empty()).then(|| known[number % known.len()])
    }
}

/// The same database; connections are known by what they call themselves.
fn as_crowd(url: &SecretString) -> SecretString {
    let url = url.expose_secret();
    let more = if url.contains('?') { '&' } else { '?' };
    format!("{url}{more}application_name={CROWD}").into()
}

/// A Tuesday.
pub(super) fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}
