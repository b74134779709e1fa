//! What happens by itself: trials begin, periods are closed, unpaid statements are seen to, payments in doubt are asked about; and the
//! letters about it all.

mod letter;
mod mail;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError, Worker};
use motel_kernel::{Clock, TenantId};

use crate::{BudgetReached, PlanDesk, PlansError, StatementDue, StatementId, commands};

pub use mail::Letters;

/// How often it is looked what is due.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// Has trials begin and budgets and payments followed, whether or not the operator bills anybody.
#[must_use]
pub fn register(worker: Worker, desk: PlanDesk, clock: Arc<dyn Clock>) -> Worker {
    let reconcile = Reconcile {
        desk,
        clock: clock.clone(),
    };
    worker
        .every(
            LOOK_EVERY,
            "plans.open_subscriptions",
            OpenSubscriptions(clock),
        )
        .every(LOOK_EVERY, "plans.reconcile_payments", reconcile)
}

/// Has the businesses billed: periods are closed, statements sent, and unpaid ones seen to.
#[must_use]
pub fn register_billing(worker: Worker, clock: Arc<dyn Clock>) -> Worker {
    worker
        .every(
            LOOK_EVERY,
            "plans.close_periods",
            ClosePeriods(clock.clone()),
        )
        .every(LOOK_EVERY, "plans.dun", Dun(clock))
}

/// Has owners written to about statements and budgets.
#[must_use]
pub fn register_letters(worker: Worker, letters: Letters) -> Worker {
    worker
        .on::<StatementDue>("mail.statement", letters.clone())
        .on::<BudgetReached>("mail.budget", letters)
}

/// Begins the trial of whoever has no subscription.
struct OpenSubscriptions(Arc<dyn Clock>);

/// Closes the periods that are over.
pub struct ClosePeriods(Arc<dyn Clock>);

/// Sees to unpaid statements.
pub struct Dun(Arc<dyn Clock>);

/// Asks about payments in doubt.
struct Reconcile {
    desk: PlanDesk,
    clock: Arc<dyn Clock>,
}

impl ClosePeriods {
    /// By the operator's clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(clock)
    }
}

impl Dun {
    /// By the operator's clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(clock)
    }
}

#[async_trait]
impl Chore for OpenSubscriptions {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        loop {
            let mut tx = db.platform("begin trials").await?;
            let opened = commands::open_missing_subscriptions(&mut tx, self.0.now()).await?;
            tx.commit().await?;
            if opened == 0 {
                return Ok(());
            }
        }
    }
}

#[async_trait]
impl Chore for ClosePeriods {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        loop {
            let mut tx = db.platform("close the periods that are over").await?;
            let closed = commands::close_periods(&mut tx, self.0.now()).await?;
            tx.commit().await?;
            if closed == 0 {
                return Ok(());
            }
            tracing::info!(closed, "periods of subscriptions were closed");
        }
    }
}

#[async_trait]
impl Chore for Dun {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let mut tx = db.platform("find unpaid statements").await?;
        let due = commands::statements_to_dun(&mut tx, self.0.now()).await?;
        tx.commit().await?;
        for (tenant, statement) in due {
            // One business's trouble is not the others'.
            if let Err(error) = self.see_to(db, tenant, statement).await {
                let error = &error as &dyn std::error::Error;
                tracing::error!(%tenant, %statement, error, "an unpaid statement could not be seen to; it is tried again");
            }
        }
        Ok(())
    }
}

impl Dun {
    async fn see_to(
        &self,
        db: &Db,
        tenant: TenantId,
        statement: StatementId,
    ) -> Result<(), PlansError> {
        let mut tx = db.tenant(tenant).await?;
        let done = commands::dun(&mut tx, statement, self.0.now()).await?;
        tx.commit().await?;
        if let Some(stage) = done {
            tracing::info!(%tenant, %statement, %stage, "an unpaid statement was seen to");
        }
        Ok(())
    }
}

#[async_trait]
impl Chore for Reconcile {
    async fn run(&self, _db: &Db) -> Result<(), HandlerError> {
        self.desk.reconcile(self.clock.now()).await?;
        Ok(())
    }
}
