//! What is counted for the operator's statements: the crates below do not know that somebody counts.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use motel_conversations::{Channel, Speaker, TurnRecorded};
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError, Worker};
use motel_kernel::{Clock, TenantId};
use motel_plans::{Meter, PlanDesk, Usage, commands, queries};
use motel_voice::{Call, CallEnded, Provider};

use super::decline::UNAVAILABLE;

/// Whose service an answered message is.
const CONCIERGE: &str = "concierge";

/// Counts messages that were answered, and calls with their minutes.
#[derive(Clone)]
pub(super) struct Metering {
    desk: PlanDesk,
    clock: Arc<dyn Clock>,
}

impl Metering {
    pub(super) fn new(desk: PlanDesk, clock: Arc<dyn Clock>) -> Self {
        Self { desk, clock }
    }

    pub(super) fn register(self, worker: Worker) -> Worker {
        worker
            .on::<TurnRecorded>("plans.meter_messages", self.clone())
            .on::<CallEnded>("plans.meter_calls", self)
    }

    async fn record(
        &self,
        db: &Db,
        tenant: TenantId,
        usages: Vec<Usage>,
    ) -> Result<(), HandlerError> {
        self.desk
            .keep_subscription(tenant, self.clock.now())
            .await?;
        let mut tx = db.tenant(tenant).await?;
        for usage in &usages {
            commands::record(&mut tx, usage).await?;
        }
        Ok(tx.commit().await?)
    }
}

#[async_trait]
impl Handler<TurnRecorded> for Metering {
    async fn handle(&self, db: &Db, delivery: &Delivery<TurnRecorded>) -> Result<(), HandlerError> {
        let (id, seq) = (delivery.event.conversation_id, delivery.event.seq);
        let mut tx = db.tenant(delivery.tenant).await?;
        let conversation = motel_conversations::queries::find(&mut tx, id).await?;
        let turn = motel_conversations::queries::turn(&mut tx, id, seq).await?;
        tx.commit().await?;
        // A call is counted by its minutes, and a refusal is no answer.
        let counts = turn.is_some_and(|turn| {
            turn.speaker == Speaker::Concierge && turn.intent.as_deref() != Some(UNAVAILABLE)
        });
        if !counts || conversation.channel == Channel::Phone {
            return Ok(());
        }
        let usage = Usage {
            meter: Meter::Messages,
            provider: CONCIERGE.to_owned(),
            quantity: 1,
            cost_micros: price(db, Meter::Messages, CONCIERGE, "").await?,
            source: format!("turn:{id}:{seq}"),
            occurred_at: delivery.occurred_at,
        };
        self.record(db, delivery.tenant, vec![usage]).await
    }
}

#[async_trait]
impl Handler<CallEnded> for Metering {
    async fn handle(&self, db: &Db, delivery: &Delivery<CallEnded>) -> Result<(), HandlerError> {
        let mut tx = db.tenant(delivery.tenant).await?;
        let call = motel_voice::queries::find(&mut tx, delivery.event.call_id).await?;
        tx.commit().await?;
        // On the page that plays a telephone anybody may talk, and no carrier takes anything.
        if call.provider == Provider::Simulated {
            return Ok(());
        }
        let ended_at = call.ended_at.unwrap_or(delivery.occurred_at);
        let provider = call.provider.as_str();
        let mut usages = Vec::new();
        for (meter, quantity) in [
            (Meter::Calls, 1),
            (Meter::Minutes, minutes(call.started_at, ended_at)),
        ] {
            let price = price(db, meter, provider, &digits(&call)).await?;
            usages.push(Usage {
                meter,
                provider: provider.to_owned(),
                quantity,
                cost_micros: price.saturating_mul(quantity),
                source: format!("call:{}", call.id),
                occurred_at: ended_at,
            });
        }
        self.record(db, delivery.tenant, usages).await
    }
}

/// What the routing table says one unit costs the operator; nothing where it does not know the way.
async fn price(db: &Db, meter: Meter, provider: &str, number: &str) -> Result<i64, HandlerError> {
    let mut tx = db.platform("see what a carrier takes").await?;
    let price = queries::price_of(&mut tx, meter, provider, number).await?;
    tx.commit().await?;
    Ok(price.unwrap_or(0))
}

/// Who called, as the routing table writes numbers.
fn digits(call: &Call) -> String {
    let number = call.from_number.as_deref().unwrap_or_default();
    number.chars().filter(char::is_ascii_digit).collect()
}

/// Carriers end a call after four hours; of whose end we heard later lasted no longer.
const MOST_MINUTES: i64 = 240;

/// Minutes as carriers count them: each that was begun, and one at least.
fn minutes(from: DateTime<Utc>, until: DateTime<Utc>) -> i64 {
    let whole: TimeDelta = until - from;
    let seconds = whole.num_seconds().max(0);
    ((seconds + 59) / 60).clamp(1, MOST_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_that_was_begun_counts() {
        let from = Utc::now();
        for (seconds, counted) in [(-5, 1), (0, 1), (60, 1), (61, 2), (119, 2), (3_600, 60)] {
            assert_eq!(minutes(from, from + TimeDelta::seconds(seconds)), counted);
        }
    }
}
