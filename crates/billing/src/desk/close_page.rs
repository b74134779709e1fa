use motel_kernel::{PaymentLinkId, TenantId};

use super::PaymentDesk;
use crate::{BillingError, LinkStatus, queries};

impl PaymentDesk {
    /// Has the gateway close the page of a link that was withdrawn, where it can. Where it cannot the page may be paid until it
    /// is over; what comes in so is posted.
    ///
    /// # Errors
    /// [`BillingError::Gateway`] when the gateway did not answer: it is to be asked again.
    pub async fn close_page(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
    ) -> Result<(), BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        let link = queries::payment_link(&mut tx, id).await?;
        tx.commit().await?;
        let link = link.ok_or(BillingError::NotFound("payment link"))?;
        let (LinkStatus::Cancelled, Some(checkout)) = (link.status, &link.checkout) else {
            return Ok(());
        };
        let Some(gateway) = self.gateways.find(link.gateway) else {
            tracing::warn!(link = %id, gateway = %link.gateway, "its gateway is no longer set up");
            return Ok(());
        };
        let closed = gateway.close(tenant, &checkout.gateway_reference).await?;
        tracing::info!(link = %id, gateway = %link.gateway, closed, "a payment link was withdrawn");
        Ok(())
    }
}
