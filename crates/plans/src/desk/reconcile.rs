use chrono::{DateTime, Utc};
use motel_kernel::{Money, PaymentLinkId, TenantId};
use motel_payments::{CheckoutState, EventKind, Gateway, GatewayEvent, Told};

use super::PlanDesk;
use crate::{Payment, PaymentState, PlansError, commands, queries};

impl PlanDesk {
    /// Asks the gateways about payments nobody told us the end of. What they answer is taken as if they had told it, so it counts
    /// once, whichever comes first. Answers how many were asked about.
    ///
    /// # Errors
    /// The database failed. The trouble of one payment is logged and does not keep the others.
    pub async fn reconcile(&self, now: DateTime<Utc>) -> Result<usize, PlansError> {
        let purpose = "find payments of statements whose end nobody told";
        let mut tx = self.db.platform(purpose).await?;
        let due = queries::payments_in_doubt(&mut tx, now).await?;
        tx.commit().await?;
        for (tenant, id) in &due {
            if let Err(error) = self.ask_about(*tenant, *id, now).await {
                tracing::warn!(
                    %tenant, payment = %id,
                    error = &error as &dyn std::error::Error,
                    "the payment of a statement stays in doubt; its gateway is asked again"
                );
            }
        }
        Ok(due.len())
    }

    /// Asks about one payment and settles it. What its payer agreed to is taken while it is open.
    pub(super) async fn ask_about(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
        now: DateTime<Utc>,
    ) -> Result<(), PlansError> {
        let mut tx = self.db.tenant(tenant).await?;
        commands::note_asking(&mut tx, id, now).await?;
        let payment = queries::payment(&mut tx, id).await?;
        tx.commit().await?;
        let payment = payment.ok_or(PlansError::NotFound("payment"))?;
        let Some(gateway) = self.gateways.find(payment.gateway).cloned() else {
            tracing::warn!(payment = %id, gateway = %payment.gateway, "its gateway is no longer set up");
            return Ok(());
        };
        let Some(checkout) = payment.checkout.clone() else {
            // It may have made the page and we not have heard of it: under the same key it answers the same one.
            self.page_of(gateway.as_ref(), tenant, payment).await?;
            return Ok(());
        };
        let reference = checkout.gateway_reference;
        let state = state_of(gateway.as_ref(), tenant, &payment, &reference).await?;
        self.take_state(tenant, &payment, reference, state, now)
            .await
    }

    async fn take_state(
        &self,
        tenant: TenantId,
        payment: &Payment,
        gateway_reference: String,
        state: CheckoutState,
        now: DateTime<Utc>,
    ) -> Result<(), PlansError> {
        let (kind, amount): (EventKind, Money) = match state {
            CheckoutState::Open | CheckoutState::Approved | CheckoutState::Processing => {
                return Ok(());
            }
            CheckoutState::Paid(amount) => (EventKind::Paid, amount),
            CheckoutState::Failed => (EventKind::Failed, payment.amount),
            CheckoutState::Expired => (EventKind::Expired, payment.amount),
        };
        let event = GatewayEvent {
            // What was asked has no id of its own, and one end only.
            event_id: format!("asked:{}:{gateway_reference}", kind.as_str()),
            kind,
            gateway_reference,
            reference: payment.id,
            refund: None,
            amount,
        };
        let told = Told {
            gateway: payment.gateway,
            event: &event,
            at: now,
        };
        let mut tx = self.db.tenant(tenant).await?;
        let taken = commands::take_payment_event(&mut tx, &told).await?;
        tx.commit().await?;
        tracing::info!(payment = %payment.id, ?taken, "the payment of a statement was settled by asking");
        Ok(())
    }
}

async fn state_of(
    gateway: &dyn Gateway,
    tenant: TenantId,
    payment: &Payment,
    reference: &str,
) -> Result<CheckoutState, PlansError> {
    let state = gateway.checkout_state(tenant, reference).await?;
    if state != CheckoutState::Approved || payment.state != PaymentState::Open {
        return Ok(state);
    }
    let key = format!("capture-{}", payment.id);
    Ok(gateway.capture(tenant, reference, &key).await?)
}
