use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use motel_db::Db;
use motel_jobs::{Chore, Delivery, Handler, HandlerError};
use motel_kernel::{Clock, PaymentLinkId, TenantId};

use crate::commands::warn_of_end;
use crate::{AuthorisationWanted, BillingError, PaymentDesk, queries};

/// Staff hear of it so long before money that is set aside lapses.
const NOTICE: TimeDelta = TimeDelta::days(1);

/// Does what is wanted of an authorisation.
pub(super) struct SettleAuthorisation {
    pub(super) desk: PaymentDesk,
    pub(super) clock: Arc<dyn Clock>,
}

/// Looks for money that is set aside and about to lapse. Gateways go by the real time, so the clocks of properties that run
/// ahead count nothing.
pub(super) struct WarnOfEnds(Arc<dyn Clock>);

impl WarnOfEnds {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self(clock)
    }

    async fn warn(&self, db: &Db, tenant: TenantId, id: PaymentLinkId) -> Result<(), BillingError> {
        let mut tx = db.tenant(tenant).await?;
        warn_of_end(&mut tx, id, self.0.now()).await?;
        Ok(tx.commit().await?)
    }
}

#[async_trait]
impl Handler<AuthorisationWanted> for SettleAuthorisation {
    async fn handle(
        &self,
        _db: &Db,
        delivery: &Delivery<AuthorisationWanted>,
    ) -> Result<(), HandlerError> {
        let link = delivery.event.payment_link_id;
        let settled = self
            .desk
            .settle_authorisation(delivery.tenant, link, self.clock.now());
        Ok(settled.await?)
    }
}

#[async_trait]
impl Chore for WarnOfEnds {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let mut tx = db.platform("look for money that is about to lapse").await?;
        let ending = queries::authorisations_ending(&mut tx, self.0.now() + NOTICE).await?;
        drop(tx);
        for (tenant, id) in ending {
            // One business's trouble is not the others'.
            if let Err(error) = self.warn(db, tenant, id).await {
                let error = &error as &dyn std::error::Error;
                tracing::error!(%tenant, link = %id, error, "staff could not be told that money lapses; it is tried again");
            }
        }
        Ok(())
    }
}
