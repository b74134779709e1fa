use chrono::{DateTime, Utc};
use motel_kernel::{Money, PaymentLinkId, TenantId};
use motel_payments::{CheckoutState, EventKind, Gateway, GatewayEvent};

use super::PaymentDesk;
use crate::commands::{
    ReceivedEvent, Taken, advance, intents_in_doubt, note_asking, refunds_in_doubt,
    take_gateway_event,
};
use crate::rules::Happening;
use crate::{BillingError, LinkStatus, PaymentLink, queries};

impl PaymentDesk {
    /// Asks the gateways about payments and refunds nobody told us the end of: a crash or a time-out lay between the gateway's doing
    /// and our noting it, or a webhook was lost. What they answer is taken as if they had told it, so it counts once,
    /// whichever comes first. Answers how many were asked about.
    ///
    /// # Errors
    /// The database failed. The trouble of one payment is logged and does not keep the others.
    pub async fn reconcile(&self, at: DateTime<Utc>) -> Result<usize, BillingError> {
        let mut tx = self
            .db
            .platform("find payments and refunds whose end nobody told")
            .await?;
        let due = intents_in_doubt(&mut tx).await?;
        let back = refunds_in_doubt(&mut tx).await?;
        drop(tx);
        for (tenant, id) in &due {
            if let Err(error) = self.ask_about(*tenant, *id, at).await {
                tracing::warn!(
                    %tenant, link = %id,
                    error = &error as &dyn std::error::Error,
                    "a payment stays in doubt; its gateway is asked again"
                );
            }
        }
        for (tenant, id) in &back {
            if let Err(error) = self.send_refund(*tenant, *id, at).await {
                tracing::warn!(
                    %tenant, refund = %id,
                    error = &error as &dyn std::error::Error,
                    "a refund stays in doubt; its gateway is asked again"
                );
            }
        }
        Ok(due.len() + back.len())
    }

    /// Asks about one payment and settles it. What its payer agreed to and we still want is taken.
    pub(crate) async fn ask_about(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        let link = queries::payment_link(&mut tx, id).await?;
        let link = link.ok_or(BillingError::NotFound("payment link"))?;
        if link.is_authorisation() {
            drop(tx);
            return self.settle_authorisation(tenant, id, at).await;
        }
        if link.is_charge() {
            drop(tx);
            return self.send_charge(tenant, id, at).await;
        }
        note_asking(&mut tx, id).await?;
        tx.commit().await?;
        let Some(gateway) = self.gateways.find(link.gateway) else {
            tracing::warn!(link = %id, gateway = %link.gateway, "its gateway is no longer set up");
            return Ok(());
        };
        match &link.checkout {
            Some(checkout) => {
                let reference = checkout.gateway_reference.clone();
                let mut state = gateway.checkout_state(tenant, &reference).await?;
                // Nobody takes what is no longer owed.
                if state == CheckoutState::Approved && link.status == LinkStatus::Open {
                    let key = format!("capture-{}", link.id);
                    state = gateway.capture(tenant, &reference, &key).await?;
                }
                self.take_state(tenant, &link, reference, state, at).await
            }
            None => {
                self.ask_for_page_again(gateway.as_ref(), tenant, link)
                    .await
            }
        }
    }

    /// The gateway may have made the page and we not have heard of it: under the same key it answers the same one. A link
    /// that was withdrawn meanwhile has a page that nobody knows.
    async fn ask_for_page_again(
        &self,
        gateway: &dyn Gateway,
        tenant: TenantId,
        link: PaymentLink,
    ) -> Result<(), BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        if link.status != LinkStatus::Open {
            advance(&mut tx, link.id, Happening::Expired).await?;
            return Ok(tx.commit().await?);
        }
        let folio = queries::folio_by_id(&mut tx, link.folio).await?;
        let folio = folio.ok_or(BillingError::NotFound("folio"))?;
        let booking = motel_bookings::queries::find(&mut tx, folio.booking).await?;
        tx.commit().await?;
        self.ask_gateway(gateway, tenant, &booking, link).await?;
        Ok(())
    }

    async fn take_state(
        &self,
        tenant: TenantId,
        link: &PaymentLink,
        gateway_reference: String,
        state: CheckoutState,
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        let told = |kind: EventKind, amount: Money| GatewayEvent {
            // What was asked has no id of its own, and one end only.
            event_id: format!("asked:{}:{gateway_reference}", kind.as_str()),
            kind,
            gateway_reference: gateway_reference.clone(),
            reference: link.id,
            refund: None,
            amount,
        };
        let event = match state {
            CheckoutState::Open | CheckoutState::Approved => return Ok(()),
            CheckoutState::Processing => {
                let mut tx = self.db.tenant(tenant).await?;
                advance(&mut tx, link.id, Happening::Processing).await?;
                return Ok(tx.commit().await?);
            }
            CheckoutState::Paid(amount) => told(EventKind::Paid, amount),
            CheckoutState::Failed => told(EventKind::Failed, link.amount),
            CheckoutState::Expired => told(EventKind::Expired, link.amount),
        };
        let taken = self.take(tenant, link, &event, at).await?;
        tracing::info!(link = %link.id, %taken, "a payment in doubt was settled by asking");
        Ok(())
    }

    /// What a gateway answered counts as if it had told it.
    pub(super) async fn take(
        &self,
        tenant: TenantId,
        link: &PaymentLink,
        event: &GatewayEvent,
        at: DateTime<Utc>,
    ) -> Result<Taken, BillingError> {
        let received = ReceivedEvent {
            gateway: link.gateway,
            event,
            body: b"{}",
            received_at: at,
        };
        let mut tx = self.db.tenant(tenant).await?;
        let taken = take_gateway_event(&mut tx, received).await?;
        tx.commit().await?;
        Ok(taken)
    }
}
