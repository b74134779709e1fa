//! Who does it: workers, and somebody who cuts connections.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use futures::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::house::{CROWD, House};
use super::operation::{Operation, Outcome};

const WORKERS: u64 = 8;

/// After so many operations one of the working connections is cut.
const CUT_EVERY: u64 = 25;

/// How often somebody looks whether it is time for something.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// The youngest transaction is the likeliest to be in the middle of something.
const CUT: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
    WHERE datname = current_database() AND application_name = $1 AND state <> 'idle' \
    ORDER BY xact_start DESC NULLS LAST LIMIT 1";

pub(super) struct Crowd {
    seed: u64,
    operations: u64,
}

/// What came of it.
#[derive(Default)]
pub(super) struct Done {
    /// How often each operation succeeded.
    done: BTreeMap<Operation, u64>,
    /// The others by operation and reason.
    outcomes: BTreeMap<String, u64>,
    /// How often a connection was cut under an operation.
    pub(super) cuts: u64,
    pub(super) faults: Vec<String>,
}

impl Crowd {
    pub(super) fn of(seed: u64, operations: u64) -> Self {
        Self { seed, operations }
    }

    pub(super) async fn work(&self, house: &House) -> Done {
        let progress = Progress::default();
        let workers = async {
            let workers = (0..WORKERS).map(|worker| self.worker(house, worker, &progress));
            let done = join_all(workers).await;
            progress.over.store(true, Ordering::SeqCst);
            done
        };
        let (done, (), ()) = tokio::join!(workers, cut(house, &progress), follow(house, &progress));
        done.into_iter().fold(Done::default(), Done::plus)
    }

    async fn worker(&self, house: &House, worker: u64, progress: &Progress) -> Done {
        let mut dice = StdRng::seed_from_u64(self.seed.wrapping_add(worker << 32));
        let mut done = Done::default();
        for _ in 0..self.operations / WORKERS {
            let operation = Operation::any(&mut dice);
            let outcome = operation.run(house, &mut dice).await;
            done.note(operation, outcome);
            progress.operations.fetch_add(1, Ordering::SeqCst);
            if dice.random_range(0..20) == 0 {
                house.let_time_pass(dice.random_range(1..10));
            }
        }
        done
    }
}

/// How far everybody is.
#[derive(Default)]
struct Progress {
    operations: AtomicU64,
    over: AtomicBool,
}

impl Progress {
    fn is_over(&self) -> bool {
        AtomicBool::load(&self.over, Ordering::SeqCst)
    }

    fn operations(&self) -> u64 {
        AtomicU64::load(&self.operations, Ordering::SeqCst)
    }
}

async fn cut(house: &House, progress: &Progress) {
    let mut admin = house.database.admin().await;
    let mut next = CUT_EVERY;
    while !progress.is_over() {
        tokio::time::sleep(LOOK_EVERY).await;
        if progress.operations() >= next {
            let cut = diesel::sql_query(CUT).bind::<Text, _>(CROWD);
            cut.execute(&mut admin).await.unwrap();
            next += CUT_EVERY;
        }
    }
}

/// Folios follow by events, while everybody is at work.
async fn follow(house: &House, progress: &Progress) {
    let followers = house.followers();
    while !progress.is_over() {
        if followers.run_until_idle().await.unwrap() == 0 {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

impl Done {
    fn note(&mut self, operation: Operation, outcome: Outcome) {
        let word = match outcome {
            Outcome::Changed => {
                *self.done.entry(operation).or_default() += 1;
                return;
            }
            Outcome::Nothing => "nothing to do",
            Outcome::Cut => {
                self.cuts += 1;
                "connection cut"
            }
            Outcome::Refused(code) => code,
            Outcome::Fault(fault) => {
                self.faults.push(format!("{operation:?}: {fault}"));
                "FAULT"
            }
        };
        let outcome = format!("{operation:?}: {word}");
        *self.outcomes.entry(outcome).or_default() += 1;
    }

    fn plus(mut self, other: Self) -> Self {
        self.cuts += other.cuts;
        self.faults.extend(other.faults);
        for (operation, count) in other.done {
            *self.done.entry(operation).or_default() += count;
        }
        for (outcome, count) in other.outcomes {
            *self.outcomes.entry(outcome).or_default() += count;
        }
        self
    }

    /// How often an operation succeeded.
    pub(super) fn count(&self, operation: Operation) -> u64 {
        self.done.get(&operation).copied().unwrap_or_default()
    }

    /// How often anything did.
    pub(super) fn total(&self) -> u64 {
        self.done.values().sum()
    }
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (operation, count) in &self.done {
            writeln!(f, "{count:>8} {operation:?}")?;
        }
        for (outcome, count) in &self.outcomes {
            writeln!(f, "{count:>8} {outcome}")?;
        }
        writeln!(
            f,
            "{} succeeded, {} were refused or had nothing to do, {} connections were cut under an operation",
            self.total(),
            self.outcomes.values().sum::<u64>() - self.cuts,
            self.cuts
        )
    }
}
