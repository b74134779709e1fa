//! Takes deliveries that are due and runs their handlers.

mod attempt;
mod claim;
mod fan_out;
mod rounds;
mod subscribers;

use std::sync::Arc;
use std::time::Duration;

use motel_db::{Acting, Db};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinSet;

pub use attempt::ATTEMPT_TIMEOUT;

use crate::{Chore, Event, EventFeed, Handler, HandlerError, JobsError, Notice};
use rounds::Round;
use subscribers::Subscribers;

/// How many deliveries one worker runs at a time.
const AT_ONCE: usize = 8;

/// How many while those who wait for an answer need the database: some, so that nothing waits for ever.
const AT_ONCE_WHEN_BUSY: usize = 1;

/// A worker looks for work this often even if nothing wakes it: retries fall due, and notices get lost.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Runs the handlers of the events that happen. Any number may run, in any number of processes, as long as all of them
/// know the same subscribers.
pub struct Worker {
    db: Db,
    subscribers: Subscribers,
    rounds: Vec<Round>,
}

impl Worker {
    /// A worker that knows no subscriber yet.
    pub fn new(db: Db) -> Self {
        Self {
            db,
            subscribers: Subscribers::default(),
            rounds: Vec::new(),
        }
    }

    /// Has `handler` run for each `E`. The name says who it is in the table of deliveries (`mail.confirmation`) and must
    /// stay what it is. A subscriber hears of what happens from its first start on, not of what was before.
    #[must_use]
    pub fn on<E: Event>(mut self, subscriber: &'static str, handler: impl Handler<E>) -> Self {
        self.subscribers.add(subscriber, handler);
        self
    }

    /// Has `chore` done once when the worker starts, and then again and again, `every` so long. The name is for the log.
    #[must_use]
    pub fn every(mut self, every: Duration, name: &'static str, chore: impl Chore) -> Self {
        let chore = Arc::new(chore);
        self.rounds.push(Round { name, every, chore });
        self
    }

    /// Does every chore once, in the order in which they were named.
    ///
    /// # Errors
    /// What the first chore that fails says.
    pub async fn run_chores(&self) -> Result<(), HandlerError> {
        for round in &self.rounds {
            rounds::run(&self.db, round.name, round.chore.as_ref()).await?;
        }
        Ok(())
    }

    /// Works until `stop` is ready, then finishes what it has begun and returns.
    pub async fn serve(self, feed: &EventFeed, stop: impl Future<Output = ()>) {
        let mut notices = feed.subscribe();
        let mut running = JoinSet::new();
        let (end_rounds, rounds_end) = watch::channel(false);
        let mut rounds = JoinSet::new();
        for round in &self.rounds {
            round.start(&self.db, &rounds_end, &mut rounds);
        }
        let mut stop = std::pin::pin!(stop);
        loop {
            if let Err(error) = self.start_due(&mut running).await {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the worker cannot reach its queue"
                );
            }
            tokio::select! {
                () = &mut stop => break,
                Some(_) = running.join_next() => while running.try_join_next().is_some() {},
                () = heard(&mut notices) => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
        end_rounds.send_replace(true);
        while running.join_next().await.is_some() {}
        while rounds.join_next().await.is_some() {}
    }

    /// Runs everything that is due now and what follows from it, and returns how many attempts that took. What fails
    /// falls due again later and is not waited for.
    ///
    /// # Errors
    /// The queue cannot be reached. Failures of handlers are noted with their deliveries and are no error here.
    pub async fn run_until_idle(&self) -> Result<usize, JobsError> {
        let mut running = JoinSet::new();
        let mut attempts = self.start_due(&mut running).await?;
        while running.join_next().await.is_some() {
            attempts += self.start_due(&mut running).await?;
        }
        Ok(attempts)
    }

    /// Starts as many due deliveries as there is room for; answers how many.
    async fn start_due(&self, running: &mut JoinSet<()>) -> Result<usize, JobsError> {
        let most = if self.db.is_busy() {
            AT_ONCE_WHEN_BUSY
        } else {
            AT_ONCE
        };
        let room = most.saturating_sub(running.len());
        if room == 0 {
            return Ok(0);
        }
        fan_out::fan_out(&self.db, &self.subscribers).await?;
        let claimed = claim::claim(&self.db, &self.subscribers, room).await?;
        let started = claimed.len();
        for delivery in claimed {
            if let Some((name, runner)) = self.subscribers.runner(&delivery.subscriber) {
                let attempt = attempt::attempt(self.db.clone(), Arc::clone(runner), delivery);
                running.spawn(Acting::as_job(name).scope(attempt));
            }
        }
        Ok(started)
    }
}

/// Waits for the next notice, and takes those that came with it: one look serves all. Without a feed it waits for ever.
async fn heard(notices: &mut broadcast::Receiver<Notice>) {
    match notices.recv().await {
        Ok(_) | Err(RecvError::Lagged(_)) => *notices = notices.resubscribe(),
        Err(RecvError::Closed) => std::future::pending().await,
    }
}
