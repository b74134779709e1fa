use chrono::{DateTime, Utc};
use motel_bookings::Booking;
use motel_kernel::{PaymentLinkId, TenantId};
use motel_payments::GatewayName;
use motel_tenancy::Property;

use super::PaymentDesk;
use crate::{Authorisation, BillingError, LinkStatus, Way, commands, queries};

/// Where guests agree that money is set aside, below the public address.
const OFFERS_PATH: &str = "/payments/authorisations";

/// What guests are asked to agree to.
#[derive(Debug, Clone)]
pub struct AuthorisationOffer {
    /// What is to be set aside.
    pub authorisation: Authorisation,
    /// For which booking.
    pub booking: Booking,
    /// By whom.
    pub property: Property,
}

impl PaymentDesk {
    /// The gateway on whose pages money is set aside.
    ///
    /// # Errors
    /// [`BillingError::AuthorisationsNotOffered`] where that is not possible.
    pub fn authorising_gateway(&self) -> Result<GatewayName, BillingError> {
        let gateway = self.gateways.first();
        let offered = gateway.authorises().map(|_| gateway.name());
        offered.ok_or(BillingError::AuthorisationsNotOffered)
    }

    /// The address at which guests agree that money is set aside.
    pub fn authorisation_url(&self, id: PaymentLinkId) -> String {
        format!("{}{OFFERS_PATH}/{id}", self.public_url)
    }

    /// What guests are asked to agree to at such an address.
    ///
    /// # Errors
    /// [`BillingError::NotFound`]; [`BillingError::LinkClosed`] when they agreed, or are no longer asked.
    pub async fn authorisation_offer(
        &self,
        id: PaymentLinkId,
        now: DateTime<Utc>,
    ) -> Result<AuthorisationOffer, BillingError> {
        let tenant = self.tenant_of_authorisation(id).await?;
        self.offer_of(tenant, id, now).await
    }

    /// The gateway's page for what guests agreed to look at, made if it is the first time.
    ///
    /// # Errors
    /// As [`PaymentDesk::authorisation_offer`]; [`BillingError::Gateway`] when the gateway makes no page now.
    pub async fn open_authorisation_page(
        &self,
        id: PaymentLinkId,
        now: DateTime<Utc>,
    ) -> Result<String, BillingError> {
        let tenant = self.tenant_of_authorisation(id).await?;
        let offer = self.offer_of(tenant, id, now).await?;
        let link = &offer.authorisation.payment.link;
        if let Some(checkout) = &link.checkout {
            return Ok(checkout.url.clone());
        }
        let gateway = self.gateways.find(link.gateway);
        let gateway = gateway.ok_or(BillingError::AuthorisationsNotOffered)?;
        let authorises = gateway.authorises();
        let authorises = authorises.ok_or(BillingError::AuthorisationsNotOffered)?;
        let request = self.request(gateway.as_ref(), tenant, &offer.booking, link);
        let checkout = match authorises.authorise_on_page(&request).await {
            Ok(checkout) => checkout,
            Err(error) => return Err(self.give_up(tenant, link, error).await),
        };
        let mut tx = self.db.tenant(tenant).await?;
        let stored = commands::store_checkout(&mut tx, id, &checkout).await?;
        tx.commit().await?;
        // It may have been withdrawn, or its time have come to an end, while its page was made.
        if stored.status != LinkStatus::Open {
            let page = stored.checkout.unwrap_or(checkout);
            gateway.close(tenant, &page.gateway_reference).await?;
            return Err(BillingError::LinkClosed);
        }
        Ok(stored.checkout.map_or(checkout.url, |stored| stored.url))
    }

    async fn tenant_of_authorisation(&self, id: PaymentLinkId) -> Result<TenantId, BillingError> {
        let mut platform = self.db.platform("find whose payment link it is").await?;
        let tenant = queries::tenant_of_link(&mut platform, id).await?;
        tenant.ok_or(BillingError::NotFound("page"))
    }

    async fn offer_of(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
        now: DateTime<Utc>,
    ) -> Result<AuthorisationOffer, BillingError> {
        let missing = || BillingError::NotFound("page");
        let mut tx = self.db.tenant(tenant).await?;
        let authorisation = queries::authorisation(&mut tx, id).await?;
        let authorisation = authorisation.ok_or_else(missing)?;
        let link = &authorisation.payment.link;
        let folio = queries::folio_by_id(&mut tx, link.folio).await?;
        let folio = folio.ok_or_else(missing)?;
        let booking = motel_bookings::queries::find(&mut tx, folio.booking).await?;
        let property = motel_tenancy::queries::property(&mut tx, booking.property).await;
        let property = property.map_err(BillingError::unreadable)?;
        tx.commit().await?;
        if !matches!(link.way, Way::Page { .. }) {
            return Err(missing());
        }
        let is_asked = link.status == LinkStatus::Open && authorisation.payment.state.is_in_doubt();
        if !is_asked || link.is_over(now) {
            return Err(BillingError::LinkClosed);
        }
        Ok(AuthorisationOffer {
            authorisation,
            booking,
            property: property.ok_or_else(missing)?,
        })
    }
}
