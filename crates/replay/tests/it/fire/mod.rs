//! Many workers at once do everything that can be done to reservations, connections are cut in the middle, and afterwards the books
//! must be right.
//!
//! A run is a seed. Short by default; `MOTEL_STRESS_OPERATIONS=100000` makes it long, `MOTEL_STRESS_SEEDS=20` tries so many
//! fresh ones. A seed that ever failed is kept in `seeds.txt` and tried each time.

mod books;
mod crowd;
mod house;
mod operation;

use std::env;

use crowd::Crowd;
use house::House;
use motel_jobs::Worker;

/// Operations of a seed where nobody says otherwise.
const FEW: u64 = 600;

/// Fresh seeds where nobody says otherwise.
const FRESH: u64 = 1;

const KEPT: &str = include_str!("seeds.txt");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_books_are_right_whatever_was_done_at_once() {
    let operations = number("MOTEL_STRESS_OPERATIONS").unwrap_or(FEW);
    for seed in seeds() {
        eprintln!("seed {seed}, {operations} operations");
        let house = House::open().await;
        let crowd = Crowd::of(seed, operations);
        let done = crowd.work(&house).await;
        eprintln!("{done}");
        // Folios follow by events.
        let worker = Worker::new(house.database.db().clone());
        let followers = motel_billing::jobs::register(worker, None);
        while followers.run_until_idle().await.unwrap() > 0 {}
        let wrong = books::wrong(&house).await;
        assert!(
            wrong.is_empty() && done.faults.is_empty(),
            "seed {seed} (keep it in seeds.txt): {wrong:#?} {:#?}",
            done.faults
        );
        assert!(
            done.changed > operations / 10,
            "hardly anything happened: {done}"
        );
    }
}

fn seeds() -> Vec<u64> {
    let kept = KEPT.lines().filter(|line| !line.starts_with('#'));
    let mut seeds: Vec<u64> = kept.map(|seed| seed.trim().parse().unwrap()).collect();
    let fresh = number("MOTEL_STRESS_SEEDS").unwrap_or(FRESH);
    seeds.extend((0..fresh).map(|_| rand::random::<u64>()));
    seeds
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap())
}
