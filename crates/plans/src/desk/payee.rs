use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use motel_kernel::{PaymentLinkId, TenantId};
use motel_payments::{EventKind, Payee, PayeeError, Told};

use super::PlanDesk;
use crate::{PlansError, commands, queries};

/// A gateway waits for our answer while we ask it for the money; what takes longer a chore does.
const PATIENCE_WITH_A_CAPTURE: Duration = Duration::from_secs(5);

impl PlanDesk {
    async fn take_event(&self, told: &Told<'_>) -> Result<bool, PlansError> {
        let id = told.event.reference;
        let mut tx = self.db.platform("find whose payment it is").await?;
        let tenant = queries::tenant_of_payment(&mut tx, id).await?;
        tx.commit().await?;
        let Some(tenant) = tenant else {
            return Ok(false);
        };
        let mut tx = self.db.tenant(tenant).await?;
        let taken = commands::take_payment_event(&mut tx, told).await?;
        tx.commit().await?;
        tracing::info!(payment = %id, ?taken, "a gateway's event about a statement was taken");
        if told.event.kind == EventKind::Approved {
            self.take_what_was_agreed(tenant, id, told.at).await;
        }
        Ok(true)
    }

    /// What can't be taken now is asked about again by a chore, so the event is taken either way.
    async fn take_what_was_agreed(&self, tenant: TenantId, id: PaymentLinkId, at: DateTime<Utc>) {
        let asking = self.ask_about(tenant, id, at);
        match tokio::time::timeout(PATIENCE_WITH_A_CAPTURE, asking).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(payment = %id, error = &error as &dyn std::error::Error, "a payer agreed and the money could not be taken yet");
            }
            Err(_) => {
                tracing::warn!(payment = %id, "a payer agreed and the gateway takes its time")
            }
        }
    }
}

#[async_trait]
impl Payee for PlanDesk {
    async fn take(&self, told: &Told<'_>) -> Result<bool, PayeeError> {
        Ok(self.take_event(told).await?)
    }
}
