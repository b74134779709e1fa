//! Chores, each in a rhythm of its own.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use motel_db::{Acting, Db};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

use crate::{Chore, HandlerError};

/// A chore and how often it comes round.
pub(super) struct Round {
    pub(super) name: &'static str,
    pub(super) every: Duration,
    pub(super) chore: Arc<dyn Chore>,
}

impl Round {
    /// Starts the rounds of a chore: the first at once, the others after their interval, until `stopped`. A round that
    /// has begun is finished.
    pub(super) fn start(&self, db: &Db, stopped: &watch::Receiver<bool>, rounds: &mut JoinSet<()>) {
        let (name, every, chore) = (self.name, self.every, Arc::clone(&self.chore));
        let (db, mut stopped) = (db.clone(), stopped.clone());
        rounds.spawn(async move {
            let mut ticks = tokio::time::interval(every);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    _ = stopped.wait_for(|stopped| *stopped) => break,
                    _ = ticks.tick() => {}
                }
                if let Err(error) = run(&db, name, chore.as_ref()).await {
                    tracing::warn!(
                        chore = name,
                        error = error.as_ref() as &dyn std::error::Error,
                        "a chore failed; it comes round again"
                    );
                }
            }
        });
    }
}

/// Runs a chore once; a panic of it is an error like any other. What it changes is signed with its name.
pub(super) async fn run(
    db: &Db,
    name: &'static str,
    chore: &dyn Chore,
) -> Result<(), HandlerError> {
    let work = std::panic::AssertUnwindSafe(chore.run(db)).catch_unwind();
    Acting::as_job(name)
        .scope(work)
        .await
        .unwrap_or_else(|_| Err("it panicked".into()))
}
