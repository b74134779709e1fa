use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use diesel::dsl::{IntervalDsl, now};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;
use futures::FutureExt;
use motel_db::{Db, Standing};
use tracing::Instrument;

use super::claim::Claimed;
use super::subscribers::Runner;
use crate::backoff::pause_after;
use crate::schema::deliveries;
use crate::{DeliveryStatus, HandlerError, JobsError};

/// How long one attempt of a handler may take.
pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(60);

/// The longest error text that is kept, in characters.
const LONGEST_ERROR: usize = 2_000;

/// Runs a handler once and notes how it went. If even the note fails, the lease runs out and somebody tries again.
pub(super) async fn attempt(db: Db, runner: Arc<dyn Runner>, claimed: Claimed) {
    let span = tracing::info_span!("delivery", tenant = %claimed.tenant_id, event = %claimed.event_id, subscriber = claimed.subscriber);
    async move {
        let noted = match run(&db, runner, &claimed).await {
            Ok(()) => note(&db, &claimed, DeliveryStatus::Done, None, Duration::ZERO).await,
            Err(error) => note_failure(&db, &claimed, &chain(error.as_ref())).await,
        };
        if let Err(error) = noted {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "how a delivery went could not be noted"
            );
        }
    }
    .instrument(span)
    .await;
}

async fn run(db: &Db, runner: Arc<dyn Runner>, claimed: &Claimed) -> Result<(), HandlerError> {
    let work = AssertUnwindSafe(runner.run(db, claimed)).catch_unwind();
    match tokio::time::timeout(ATTEMPT_TIMEOUT, work).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_panic)) => Err("the handler panicked".into()),
        Err(_elapsed) => Err("the handler took too long".into()),
    }
}

async fn note_failure(db: &Db, claimed: &Claimed, error: &str) -> Result<(), JobsError> {
    let attempt = claimed.attempt();
    let (status, pause) = match pause_after(attempt) {
        Some(pause) => {
            tracing::warn!(
                kind = claimed.kind,
                attempt,
                error,
                "a delivery failed and is tried again"
            );
            (DeliveryStatus::Pending, pause)
        }
        None => {
            tracing::error!(
                kind = claimed.kind,
                attempt,
                error,
                "a delivery failed for the last time"
            );
            (DeliveryStatus::Dead, Duration::ZERO)
        }
    };
    note(db, claimed, status, Some(error), pause).await
}

/// Only while the delivery is still in the hands of this attempt: a late note must not undo what another worker did.
async fn note(
    db: &Db,
    claimed: &Claimed,
    status: DeliveryStatus,
    error: Option<&str>,
    pause: Duration,
) -> Result<(), JobsError> {
    let error = error.map(|text| text.chars().take(LONGEST_ERROR).collect::<String>());
    let pause = i32::try_from(pause.as_secs()).unwrap_or(i32::MAX);
    let mut tx = db.redoable("note how a delivery went").await?;
    let noted = diesel::update(deliveries::table.find((claimed.tenant_id, claimed.id)))
        .filter(deliveries::status.eq(DeliveryStatus::Running))
        .filter(deliveries::attempts.eq(claimed.attempts))
        .set((
            deliveries::status.eq(status),
            deliveries::locked_until.eq(None::<chrono::DateTime<chrono::Utc>>),
            deliveries::run_at.eq(now.into_sql::<Timestamptz>() + pause.seconds()),
            deliveries::last_error.eq(error),
        ));
    Standing(noted).execute(tx.conn()).await?;
    Ok(tx.commit().await?)
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
