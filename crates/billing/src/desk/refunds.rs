use chrono::{DateTime, Utc};
use motel_kernel::{RefundId, TenantId};
use motel_payments::{Gateway, GatewayError, GatewayEvent, GatewayRefund, RefundRequest};

use super::PaymentDesk;
use crate::commands::{note_asking_refund, refuse_refund};
use crate::{BillingError, Payment, Refund, queries};

impl PaymentDesk {
    /// Sends a refund to its gateway, or asks what became of it when it may have been sent before: under its own key, so
    /// that however often this is done and wherever it breaks off, the money goes back once. One that has an end is left
    /// alone.
    ///
    /// # Errors
    /// [`BillingError::Gateway`] when the gateway does not answer: then nobody knows, and it is to be asked again. What it
    /// refuses for good is noted as failed.
    pub async fn send_refund(
        &self,
        tenant: TenantId,
        id: RefundId,
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        let refund = queries::refund(&mut tx, id).await?;
        let refund = refund.ok_or(BillingError::NotFound("refund"))?;
        if !refund.is_going() {
            return Ok(());
        }
        let asked_before = note_asking_refund(&mut tx, id).await?;
        let payment = queries::payment(&mut tx, refund.link).await?;
        tx.commit().await?;
        let payment = payment.ok_or(BillingError::NotFound("payment"))?;
        let Some(gateway) = self.gateways.find(payment.link.gateway) else {
            tracing::warn!(refund = %id, gateway = %payment.link.gateway, "its gateway is no longer set up");
            return Ok(());
        };
        let request = request(tenant, &refund, &payment)?;
        let is_new = asked_before == 0 && refund.gateway_reference.is_none();
        match ask(gateway.as_ref(), &request, is_new).await {
            Ok(answer) => self.take_refund(&payment, &request, answer, at).await,
            Err(Asked::Refused(error)) => self.note_refusal(tenant, &refund, &error).await,
            Err(Asked::Unknown(error)) => Err(error.into()),
        }
    }

    async fn take_refund(
        &self,
        payment: &Payment,
        request: &RefundRequest,
        answer: GatewayRefund,
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        let kind = motel_payments::EventKind::from(answer.outcome);
        let event = GatewayEvent {
            // What was asked has no id of its own, and each state once.
            event_id: format!("asked:{}:{}", kind.as_str(), answer.gateway_reference),
            kind,
            gateway_reference: answer.gateway_reference,
            reference: payment.link.id,
            refund: Some(request.id),
            amount: answer.amount,
        };
        let taken = self.take(request.tenant, &payment.link, &event, at).await?;
        tracing::info!(refund = %request.id, %taken, "a gateway answered about a refund");
        Ok(())
    }

    async fn note_refusal(
        &self,
        tenant: TenantId,
        refund: &Refund,
        error: &GatewayError,
    ) -> Result<(), BillingError> {
        tracing::warn!(refund = %refund.id, error = error as &dyn std::error::Error, "a gateway refused a refund");
        let mut tx = self.db.tenant(tenant).await?;
        refuse_refund(&mut tx, refund, &error.to_string()).await?;
        Ok(tx.commit().await?)
    }
}

/// Why a gateway gave no refund.
enum Asked {
    /// It never will.
    Refused(GatewayError),
    /// Nobody knows.
    Unknown(GatewayError),
}

/// A gateway keeps an idempotency key for a day or more and not for ever, so one that may have heard of the refund is asked
/// what it knows before it is asked to do it.
async fn ask(
    gateway: &dyn Gateway,
    request: &RefundRequest,
    is_new: bool,
) -> Result<GatewayRefund, Asked> {
    if !is_new
        && let Some(known) = gateway
            .refund_state(request)
            .await
            .map_err(Asked::Unknown)?
    {
        return Ok(known);
    }
    gateway
        .refund(request)
        .await
        .map_err(|error| match error.is_final() {
            true => Asked::Refused(error),
            false => Asked::Unknown(error),
        })
}

/// Everything in it follows from the rows, as one idempotency key must always carry one request.
fn request(
    tenant: TenantId,
    refund: &Refund,
    payment: &Payment,
) -> Result<RefundRequest, BillingError> {
    let checkout = payment.paid_reference.clone();
    Ok(RefundRequest {
        tenant,
        id: refund.id,
        reference: payment.link.id,
        checkout: checkout.ok_or(BillingError::NotFound("payment"))?,
        amount: refund.amount,
        idempotency_key: format!("refund-{}", refund.id),
    })
}
