//! Many workers at once do everything that can be done to reservations, connections are cut in the middle, and afterwards the books
//! must be right.
//!
//! A run is a seed. Short by default; `MOTEL_STRESS_OPERATIONS=100000` makes it long, `MOTEL_STRESS_SEEDS=20` tries so many
//! fresh ones. A seed that ever failed is kept in `seeds.txt` and tried each time.

mod books;
mod choice;
mod crowd;
mod floor;
mod house;
mod operation;

use std::env;
use std::time::Instant;

use crowd::Crowd;
use house::House;

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
        let began = Instant::now();
        let house = House::open().await;
        let crowd = Crowd::of(seed, operations);
        let done = crowd.work(&house).await;
        // What is left over of what follows.
        while house.followers().run_until_idle().await.unwrap() > 0 {}
        let figures = books::figures(&house).await;
        eprintln!("{done}{figures:?}, {:?}\n", began.elapsed());
        let mut wrong = books::wrong(&house).await;
        wrong.extend(floor::missing(operations, &done, &figures));
        assert!(
            wrong.is_empty() && done.faults.is_empty(),
            "seed {seed} (keep it in seeds.txt): {wrong:#?} {:#?}",
            done.faults
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
