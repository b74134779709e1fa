use std::env;
use std::path::PathBuf;

use indicatif::ProgressBar;
use motel_db::Db;
use motel_replay::{CONNECTIONS, Ending, Row, read, replay};
use motel_testkit::TestDb;

pub(crate) const OWNERS: &[&str] = &[
    "billing",
    "bookings",
    "guests",
    "inventory",
    "jobs",
    "mail",
    "night-audit",
    "rates",
    "taxes",
    "tenancy",
];

/// How many rows are replayed where nobody says otherwise.
const FEW: usize = 2_000;

fn data() -> Option<PathBuf> {
    let path = env::var_os("MOTEL_HOTEL_BOOKINGS").map(PathBuf::from);
    if path.is_none() {
        eprintln!(
            "!!! SKIPPED: MOTEL_HOTEL_BOOKINGS names no data set, so nothing of it was replayed !!!"
        );
    }
    path
}

fn cents(rows: &[Row], hotel: &str) -> (i64, i64) {
    rows.iter()
        .filter(|row| row.hotel == hotel && row.ending == Ending::CheckedOut)
        .map(|row| (i64::from(row.nights), row.rate * i64::from(row.nights)))
        .fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1))
}

/// The figures that were published with the data set, reckoned by somebody else's program.
#[test]
fn the_file_is_read_as_others_read_it() {
    let Some(path) = data() else { return };
    let rows = read(&path, None).unwrap();
    assert_eq!(rows.len(), 119_390);
    assert_eq!(cents(&rows, "City Hotel"), (135_153, 1_439_441_018));
    assert_eq!(cents(&rows, "Resort Hotel"), (119_887, 1_160_185_023));
    let no_shows = rows.iter().filter(|row| row.ending == Ending::NoShow);
    assert_eq!(no_shows.count(), 916 + 291);
    assert_eq!(rows.iter().filter(|row| row.nobody).count(), 167 + 13);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_replayed_is_what_the_file_says() {
    let Some(path) = data() else { return };
    let few = env::var("MOTEL_REPLAY_ROWS").map_or(FEW, |rows| rows.parse().unwrap());
    let rows = read(&path, Some(few)).unwrap();
    let there = rows.len();
    let db = TestDb::new(OWNERS).await;
    let pool = Db::connect(db.url(), CONNECTIONS).await.unwrap();
    let report = replay(&pool, rows, &ProgressBar::hidden()).await.unwrap();
    eprintln!("{report}");
    assert!(report.matches(), "{report}");
    let stays: i64 = report
        .hotels
        .iter()
        .flat_map(|hotel| &hotel.endings)
        .map(|ending| ending.number)
        .sum();
    let aside: usize = report
        .hotels
        .iter()
        .map(|hotel| hotel.day_use + hotel.negative)
        .sum();
    assert_eq!(usize::try_from(stays).unwrap() + aside, there);
}
