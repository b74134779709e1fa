use chrono::{DateTime, Utc};
use motel_kernel::{PaymentLinkId, TenantId};

use super::PaymentDesk;
use crate::{BillingError, commands, queries};

impl PaymentDesk {
    /// True where new pages can keep the card that is paid with.
    pub fn keeps_cards(&self) -> bool {
        self.gateways.first().keeps_cards()
    }

    /// Asks the gateway which card was left with a payment, where its payer agreed to that, and keeps it.
    ///
    /// # Errors
    /// [`BillingError::Gateway`] when the gateway does not answer: it is to be asked again.
    pub async fn keep_card(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        let payment = queries::payment(&mut tx, id).await?;
        let payment = payment.ok_or(BillingError::NotFound("payment"))?;
        let known = queries::card(&mut tx, id).await?;
        tx.commit().await?;
        let (None, Some(_), Some(checkout)) =
            (known, payment.link.consent(), &payment.paid_reference)
        else {
            return Ok(());
        };
        let Some(gateway) = self.gateways.find(payment.link.gateway) else {
            return Ok(());
        };
        let Some(card) = gateway.saved_card(tenant, checkout).await? else {
            tracing::info!(link = %id, "the payer agreed to leave a card and paid in another way");
            return Ok(());
        };
        let mut tx = self.db.tenant(tenant).await?;
        commands::keep_card(&mut tx, &payment.link, card, at).await?;
        Ok(tx.commit().await?)
    }

    /// Has the gateway of a card that was removed forget it.
    ///
    /// # Errors
    /// As [`PaymentDesk::keep_card`].
    pub async fn forget_card(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
    ) -> Result<(), BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        let card = queries::card(&mut tx, id).await?;
        tx.commit().await?;
        let Some(card) = card.filter(|card| !card.is_kept()) else {
            return Ok(());
        };
        let Some(gateway) = self.gateways.find(card.gateway) else {
            tracing::warn!(card = %id, gateway = %card.gateway, "its gateway is no longer set up");
            return Ok(());
        };
        Ok(gateway.forget_card(tenant, &card.card.reference).await?)
    }
}
