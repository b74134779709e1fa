use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context;
use futures::future::try_join_all;
use indicatif::ProgressBar;
use motel_db::Db;

use crate::report::{HotelReport, Report};
use crate::row::Row;
use crate::sums::Months;
use crate::town::Hotel;
use crate::{act, books, timeline, town};

/// How many connections a replay uses at most: one for each room type of each hotel.
pub const CONNECTIONS: u32 = 24;

/// Replays `rows` into a database that was not replayed into before. `bar` is told of every step.
///
/// # Errors
/// A command refused something; the error names the line of the file.
pub async fn replay(db: &Db, rows: Vec<Row>, bar: &ProgressBar) -> anyhow::Result<Report> {
    let mut hotels: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows {
        hotels.entry(row.hotel.clone()).or_default().push(row);
    }
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
    let rooms = timeline::rooms_needed(&rows, &timeline::steps(&rows));
    let hotel = Arc::new(town::found(&db, &name, rooms, &rows).await?);
    replay_types(&db, &hotel, &rows, &bar).await?;

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

/// A task for each room type: what happens in one can neither help nor hinder what happens in another.
async fn replay_types(
    db: &Db,
    hotel: &Arc<Hotel>,
    rows: &[Row],
    bar: &ProgressBar,
) -> anyhow::Result<()> {
    let mut types: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for row in rows {
        types.entry(&row.room_type).or_default().push(row.clone());
    }
    let mut tasks = Vec::with_capacity(types.len());
    for (letter, rows) in types {
        let season = hotel.seasons.get(letter);
        let season = season.context("a room type without a season")?.clone();
        let (db, hotel, bar) = (db.clone(), Arc::clone(hotel), bar.clone());
        let task = async move { act::act(&db, &hotel, season, &rows, &bar).await };
        tasks.push(tokio::spawn(task));
    }
    try_join_all(tasks).await?.into_iter().collect()
}
