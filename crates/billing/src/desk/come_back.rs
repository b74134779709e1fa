use chrono::{DateTime, Utc};
use motel_kernel::PaymentLinkId;

use super::PaymentDesk;
use crate::{BillingError, queries};

impl PaymentDesk {
    /// Takes the money of a guest who comes back having agreed to pay, and answers where they go on: to their booking.
    /// Coming back proves nothing, so the gateway is asked; what it does not answer now is asked again later.
    ///
    /// # Errors
    /// [`BillingError::NotFound`] for a link of nobody.
    pub async fn come_back(
        &self,
        id: PaymentLinkId,
        at: DateTime<Utc>,
    ) -> Result<String, BillingError> {
        let missing = || BillingError::NotFound("payment");
        let mut platform = self.db.platform("find whose payment link it is").await?;
        let tenant = queries::tenant_of_link(&mut platform, id).await?;
        drop(platform);
        let tenant = tenant.ok_or_else(missing)?;
        let mut tx = self.db.tenant(tenant).await?;
        let payment = queries::payment(&mut tx, id).await?.ok_or_else(missing)?;
        let folio = queries::folio_by_id(&mut tx, payment.link.folio).await?;
        let folio = folio.ok_or_else(missing)?;
        let booking = motel_bookings::queries::find(&mut tx, folio.booking).await?;
        tx.commit().await?;
        if payment.state.is_in_doubt()
            && let Err(error) = self.ask_about(tenant, id, at).await
        {
            tracing::warn!(link = %id, error = &error as &dyn std::error::Error, "a guest came back and the gateway could not be asked");
        }
        Ok(self.booking_page(&booking))
    }
}
