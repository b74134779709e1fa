//! Motels with stays to come, each with its folio: what is measured of the books.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use chrono::Days;

use super::sampling::{self, is_about, known_ids};
use super::{NIGHTS, Town, booking_at, first_day};
use crate::load::{Load, Next, Until, Wanted};
use crate::pgbench::Variables;
use crate::script::{Sample, Script, script, tenant_expression};
use crate::server::{Binary, Server};
use crate::town::{self, Rows};
use crate::wire::Statement;

/// How many motels there are.
pub(crate) const MOTELS: u32 = 21;

/// On whose folios is posted.
pub(super) const POSTING: Motels = Motels {
    first: 1,
    count: 10,
};

/// Whose guests pay.
pub(super) const PAID: Motels = Motels {
    first: 11,
    count: 10,
};

/// Which writes an invoice.
pub(super) const INVOICING: u32 = 21;

/// How the motel that all are copied from is called.
const ORIGINAL: &str = "bench";

/// As many stays arrive on different days; the others arrive beside them.
const ARRIVALS: u64 = 300;

/// How long the worker may take to open the folios, or to post what came in.
const PATIENCE: Duration = Duration::from_secs(180);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// Chooses a stay of a motel. Needs `first_motel`, `motels`, `stays` and `base`. The ids of the stay are a statement more than
/// the server sends.
const CHOOSING: [&str; 6] = [
    "\\set n :n + 1",
    "\\set unique :base + :n * 1000 + :client_id",
    "\\set slot (:n * :clients + :client_id + :base) % (:motels * :stays)",
    "\\set tenant :first_motel + :slot % :motels",
    "\\set stay 1 + :slot / :motels",
    "SELECT folio, booking, guest, reservation FROM bench.stays WHERE n = :stay \\gset",
];

/// Some of the motels, one after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Motels {
    first: u32,
    count: u32,
}

/// A stay of one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Which motel.
    pub(super) motel: u32,
    /// Which of its stays, from 0.
    pub(super) stay: usize,
}

/// Motels with stays. They are copies of one, so the same stay has the same ids in each.
#[derive(Debug)]
pub struct Folios<'a> {
    pub(super) town: Town<'a>,
    pub(super) stays: Vec<Stay>,
    pub(super) keys: Keys,
}

/// The ids of a stay.
#[derive(Debug)]
pub(super) struct Stay {
    /// Its folio.
    pub(super) folio: String,
    booking: String,
    guest: String,
    reservation: String,
}

/// By which a program acts for each motel; of those whose guests pay there is none.
#[derive(Debug, Clone)]
pub(super) struct Keys(Arc<Vec<(u32, String)>>);

impl Motels {
    /// In how many stays something can be done once.
    pub(super) fn places(self, stays: usize) -> u32 {
        self.count * u32::try_from(stays).unwrap_or_default()
    }

    /// The stay with a number: neighbours are of different motels, and after the last one it begins anew.
    pub(super) fn place(self, number: u64, stays: usize) -> Place {
        let slot = u32::try_from(number % u64::from(self.places(stays))).unwrap_or_default();
        Place {
            motel: self.first + slot % self.count,
            stay: (slot / self.count) as usize,
        }
    }

    /// The number of a stay, from 0, of the first motel.
    pub(super) fn of_first(self, stay: u32) -> u64 {
        u64::from(stay) * u64::from(self.count)
    }

    /// What SQL makes of such a number `slot`: the tenant, and the number that its stay has in `bench.stays`.
    pub(super) fn place_expressions(self) -> (String, String) {
        let Self { first, count } = self;
        let tenant = tenant_expression(&format!("{first} + slot % {count}"));
        (tenant, format!("1 + slot / {count}"))
    }

    /// What a script begins with.
    pub(super) fn variables(self, stays: usize, base: u64) -> Variables {
        vec![
            ("first_motel", self.first.to_string()),
            ("motels", self.count.to_string()),
            ("stays", stays.to_string()),
            ("base", base.to_string()),
        ]
    }
}

impl Keys {
    /// What a request of a motel's program has to bring.
    pub(super) fn authorization(&self, motel: u32) -> Vec<(&'static str, String)> {
        let key = self.0.iter().find(|(of, _)| *of == motel);
        let header = key.map(|(_, key)| ("authorization", format!("Bearer {key}")));
        header.into_iter().collect()
    }
}

impl<'a> Folios<'a> {
    /// Reads what [`copy`] left.
    ///
    /// # Errors
    /// There are not as many stays as there should be, or no key was given out.
    pub async fn read(town: Town<'a>, binary: &Binary) -> anyhow::Result<Self> {
        let mut keys = Vec::new();
        let posting = POSTING.first..POSTING.first + POSTING.count;
        for motel in posting.chain([INVOICING]) {
            let slug = format!("bench-{motel}");
            let command = ["api-key", "create", "--name", "bench", "--tenant", &slug];
            keys.push((motel, binary.run(&town.url, &command).await?));
        }
        Ok(Self {
            stays: stays(&town.url).await?,
            town,
            keys: Keys(Arc::new(keys)),
        })
    }

    /// Makes a script of the transactions that have the stay's folio or one of `markers` among their parameters. `moving` is
    /// what else is another one in each transaction.
    pub(super) async fn script(
        &self,
        sent: Vec<Vec<Statement>>,
        place: Place,
        markers: &[&str],
        mut moving: Vec<(String, String)>,
    ) -> anyhow::Result<Script> {
        let stay = self.stays.get(place.stay).context("no such stay")?;
        let ours = |transaction: &Vec<Statement>| {
            is_about(transaction, &stay.folio)
                || markers.iter().any(|marker| is_about(transaction, marker))
        };
        let sent: Vec<Statement> = sent.into_iter().filter(ours).flatten().collect();
        let log = self.town.postgres_log.display();
        ensure!(!sent.is_empty(), "the request is not in {log}");
        moving.extend(stay.ids());
        let sample = Sample {
            tenant: sampling::tenant_id(&self.town.url, place.motel.into()).await?,
            arrival: None,
            known: known_ids(&self.town.url).await?,
            moving,
            choosing: CHOOSING.map(str::to_owned).into(),
        };
        script(&sent, &sample)
    }
}

impl Stay {
    fn ids(&self) -> [(String, String); 4] {
        [
            (self.folio.clone(), ":folio".to_owned()),
            (self.booking.clone(), ":booking".to_owned()),
            (self.guest.clone(), ":guest".to_owned()),
            (self.reservation.clone(), ":reservation".to_owned()),
        ]
    }
}

/// Books stays at the seeded motel as guests do, and waits until their folios are open.
///
/// # Errors
/// Not every stay got its folio.
pub async fn book(town: &Town<'_>, server: &Server, stays: u32) -> anyhow::Result<()> {
    let next: Next = Arc::new(stay_of);
    let load = Load {
        address: server.address,
        connections: 4,
        good: 201,
        next,
    };
    let booked = load.run(Until::Made(stays), town.folder).await?;
    ensure!(
        booked.good == u64::from(stays),
        "{} of {stays} stays were booked",
        booked.good
    );
    let undone = "SELECT (SELECT count(*) FROM jobs.events WHERE NOT fanned_out)
        + (SELECT count(*) FROM jobs.deliveries WHERE status IN ('pending', 'running'))";
    until(&town.url, undone, 0).await?;
    until(
        &town.url,
        "SELECT count(*) FROM billing.folios",
        stays.into(),
    )
    .await
}

fn stay_of(number: u64) -> Wanted {
    let arrival = first_day() + Days::new(NIGHTS * (number % ARRIVALS));
    booking_at(ORIGINAL, arrival, &format!("stay-{number}"))
}

/// Makes [`MOTELS`] motels of the one with the stays, and numbers these for pgbench.
///
/// # Errors
/// A statement failed.
pub async fn copy(url: &str) -> anyhow::Result<()> {
    town::settle(url, MOTELS, Rows::All).await?;
    town::drop_new_events(url).await?;
    let client = town::connect(url).await?;
    let number = format!(
        "CREATE SCHEMA bench;
         CREATE TABLE bench.stays AS
         SELECT row_number() OVER (ORDER BY folio.id)::integer AS n, folio.id AS folio, folio.booking_id AS booking,
             booking.guest_id AS guest, stay.id AS reservation
         FROM billing.folios folio
         JOIN bookings.bookings booking ON (booking.tenant_id, booking.id) = (folio.tenant_id, folio.booking_id)
         JOIN bookings.reservations stay ON (stay.tenant_id, stay.booking_id) = (booking.tenant_id, booking.id)
         WHERE folio.tenant_id = {};
         ALTER TABLE bench.stays ADD PRIMARY KEY (n);
         GRANT USAGE ON SCHEMA bench TO motel_app;
         GRANT SELECT ON bench.stays TO motel_app;
         ANALYZE bench.stays",
        tenant_expression("1")
    );
    client.batch_execute(&number).await?;
    Ok(())
}

async fn stays(url: &str) -> anyhow::Result<Vec<Stay>> {
    let client = town::connect(url).await?;
    let select = "SELECT folio::text, booking::text, guest::text, reservation::text FROM bench.stays ORDER BY n";
    let rows = client.query(select, &[]).await?;
    ensure!(!rows.is_empty(), "there are no stays");
    let stay = |row: &tokio_postgres::Row| Stay {
        folio: row.get(0),
        booking: row.get(1),
        guest: row.get(2),
        reservation: row.get(3),
    };
    Ok(rows.iter().map(stay).collect())
}

/// A number that a SELECT answers.
pub(super) async fn number(url: &str, select: &str) -> anyhow::Result<i64> {
    let client = town::connect(url).await?;
    Ok(client.query_one(select, &[]).await?.get(0))
}

/// Waits until a SELECT answers a number.
///
/// # Errors
/// It does not, for [`PATIENCE`].
pub(super) async fn until(url: &str, select: &str, wanted: i64) -> anyhow::Result<()> {
    let client = town::connect(url).await?;
    let begun = tokio::time::Instant::now();
    loop {
        let found: i64 = client.query_one(select, &[]).await?.get(0);
        if found == wanted {
            return Ok(());
        }
        ensure!(
            begun.elapsed() < PATIENCE,
            "{select} answers {found} and not {wanted}"
        );
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_stay_of_every_motel_has_its_turn_before_one_has_two() {
        let first = PAID.place(0, 3);
        assert_eq!(first, Place { motel: 11, stay: 0 });
        assert_eq!(PAID.place(1, 3), Place { motel: 12, stay: 0 });
        assert_eq!(PAID.place(29, 3), Place { motel: 20, stay: 2 });
        assert_eq!(PAID.place(30, 3), first);
        let places = (0..30).map(|number| PAID.place(number, 3));
        let different: BTreeSet<_> = places.map(|place| (place.motel, place.stay)).collect();
        assert_eq!(different.len(), 30);
    }
}
