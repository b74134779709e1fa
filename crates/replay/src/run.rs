use std::collections::BTreeMap;

use futures::future::try_join_all;
use indicatif::ProgressBar;
use motel_db::Db;

use crate::report::{HotelReport, Report};
use crate::row::Row;
use crate::sums::Months;
use crate::{act, books, timeline, town};

/// Replays `rows` into a database that was not replayed into before. `bar` is told of every step.
///
/// # Errors
/// A command refused something; the error names the line of the file.
pub async fn replay(db: &Db, rows: Vec<Row>, bar: &ProgressBar) -> anyhow::Result<Report> {
    let mut hotels: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows {
        hotels.entry(row.hotel.clone()).or_default().push(row);
    }
    // A task each, so that two processors have work.
    let hotels: Vec<_> = hotels
        .into_iter()
        .map(|(name, rows)| tokio::spawn(replay_hotel(db.clone(), name, rows, bar.clone())))
        .collect();
    let reports = try_join_all(hotels).await?;
    Ok(Report {
        hotels: reports.into_iter().collect::<Result<_, _>>()?,
    })
}

async fn replay_hotel(
    db: Db,
    name: String,
    rows: Vec<Row>,
    bar: ProgressBar,
) -> anyhow::Result<HotelReport> {
    let (rows, aside): (Vec<Row>, Vec<Row>) = rows
        .into_iter()
        .partition(|row| row.nights > 0 && row.rate >= 0);
    let steps = timeline::steps(&rows);
    bar.inc_length(u64::try_from(steps.len())?);
    let rooms = timeline::rooms_needed(&rows, &steps);
    let mut hotel = town::found(&db, &name, rooms, &rows).await?;
    act::act(&db, &mut hotel, &rows, &steps, &bar).await?;

    let mut tx = db.tenant(hotel.tenant).await?;
    let report = HotelReport {
        rooms: hotel.rooms.values().sum(),
        replayed: books::sold(&mut tx).await?,
        aside: Months::of_file(&aside),
        of_file: Months::of_file(rows.iter().chain(&aside)),
        miscounted: books::miscounted(&mut tx).await?,
        endings: books::endings(&mut tx).await?,
        day_use: aside.iter().filter(|row| row.nights == 0).count(),
        negative: aside.iter().filter(|row| row.nights > 0).count(),
        complimentary: rows.iter().filter(|row| row.rate == 0).count(),
        nobody: rows.iter().filter(|row| row.nobody).count(),
        name,
    };
    tx.commit().await?;
    Ok(report)
}
