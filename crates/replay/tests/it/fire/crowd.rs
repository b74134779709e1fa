//! Who does it: workers, and somebody who cuts connections.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel_async::SimpleAsyncConnection;
use futures::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::house::House;
use super::operation::{Operation, Outcome};

const WORKERS: u64 = 8;

/// One of the working connections is cut after so many operations, about.
const CUT_EVERY: u64 = 60;

/// The youngest transaction is the likeliest to be in the middle of something.
const CUT: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' \
        AND state <> 'idle' ORDER BY xact_start DESC NULLS LAST LIMIT 1";

pub(super) struct Crowd {
    seed: u64,
    operations: u64,
}

/// What came of it.
#[derive(Default)]
pub(super) struct Done {
    pub(super) changed: u64,
    /// Refusals by operation and code.
    outcomes: BTreeMap<String, u64>,
    pub(super) faults: Vec<String>,
}

impl Crowd {
    pub(super) fn of(seed: u64, operations: u64) -> Self {
        Self { seed, operations }
    }

    pub(super) async fn work(&self, house: &House) -> Done {
        let over = AtomicBool::new(false);
        let workers = async {
            let done = join_all((0..WORKERS).map(|worker| self.worker(house, worker))).await;
            over.store(true, Ordering::SeqCst);
            done
        };
        let (done, ()) = tokio::join!(workers, cut(house, &over));
        done.into_iter().fold(Done::default(), Done::plus)
    }

    async fn worker(&self, house: &House, worker: u64) -> Done {
        let mut dice = StdRng::seed_from_u64(self.seed.wrapping_add(worker << 32));
        let mut done = Done::default();
        for _ in 0..self.operations / WORKERS {
            let operation = Operation::any(&mut dice);
            let outcome = operation.run(house, &mut dice).await;
            done.note(operation, outcome);
            if dice.random_range(0..20) == 0 {
                house.let_time_pass(dice.random_range(1..10));
            }
        }
        done
    }
}

async fn cut(house: &House, over: &AtomicBool) {
    let mut admin = house.database.admin().await;
    while !AtomicBool::load(over, Ordering::SeqCst) {
        // Not a wait for anything: only how often it hurts.
        tokio::time::sleep(std::time::Duration::from_millis(CUT_EVERY * 5)).await;
        admin.batch_execute(CUT).await.unwrap();
    }
}

impl Done {
    fn note(&mut self, operation: Operation, outcome: Outcome) {
        let word = match &outcome {
            Outcome::Changed => {
                self.changed += 1;
                "done".to_owned()
            }
            Outcome::Nothing => "nothing to do".to_owned(),
            Outcome::Cut => "connection cut".to_owned(),
            Outcome::Refused(code) => (*code).to_owned(),
            Outcome::Fault(fault) => {
                self.faults.push(format!("{operation:?}: {fault}"));
                "FAULT".to_owned()
            }
        };
        *self
            .outcomes
            .entry(format!("{operation:?}: {word}"))
            .or_default() += 1;
    }

    fn plus(mut self, other: Self) -> Self {
        self.changed += other.changed;
        self.faults.extend(other.faults);
        for (outcome, count) in other.outcomes {
            *self.outcomes.entry(outcome).or_default() += count;
        }
        self
    }
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (outcome, count) in &self.outcomes {
            writeln!(f, "{count:>8} {outcome}")?;
        }
        Ok(())
    }
}
