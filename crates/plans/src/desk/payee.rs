use async_trait::async_trait;
use motel_payments::{EventKind, Payee, PayeeError, Told};

use super::PlanDesk;
use crate::{PlansError, commands, queries};

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
        // What can't be taken now is asked about again by a chore, so the event is taken either way.
        if told.event.kind == EventKind::Approved
            && let Err(error) = self.ask_about(tenant, id, told.at).await
        {
            tracing::warn!(payment = %id, error = &error as &dyn std::error::Error, "a payer agreed and the money could not be taken yet");
        }
        Ok(true)
    }
}

#[async_trait]
impl Payee for PlanDesk {
    async fn take(&self, told: &Told<'_>) -> Result<bool, PayeeError> {
        Ok(self.take_event(told).await?)
    }
}
