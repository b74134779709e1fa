mod authorisation_page;
mod authorisations;
mod cards;
mod charge;
mod close_page;
mod come_back;
mod intake;
mod kept_card;
mod reconcile;
mod refunds;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use motel_bookings::Booking;
use motel_db::Db;
use motel_kernel::{BookingId, TenantId};
use motel_payments::{CheckoutRequest, Gateway, GatewayError, Gateways, Payees};

use crate::commands::Wanted;
use crate::{BillingError, CARD_CONSENT, LinkStatus, PaymentLink, commands};

pub use authorisation_page::AuthorisationOffer;

/// Where guests come back to who agreed to pay and have not paid yet, below the public address.
pub(crate) const RETURNS_PATH: &str = "/payments/returns";

/// Where payment links are issued and refunds are sent. Cheap to clone.
///
/// It opens its own transactions, because a gateway must never be called inside one: the link is committed first, then
/// the gateway is asked, then its answer is noted. So the booking must be committed before a link is asked for.
#[derive(Clone)]
pub struct PaymentDesk {
    db: Db,
    gateways: Gateways,
    /// The address of the guest pages, without a slash at the end.
    public_url: Arc<str>,
    payees: Payees,
}

/// What a guest wants to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sum {
    /// What is due by now; when that is paid, the rest.
    Due,
    /// Everything, also what is due later.
    Whole,
}

/// A link a guest can pay by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedLink {
    /// The link.
    pub link: PaymentLink,
    /// The address of its page.
    pub url: String,
    /// False when the same link had been issued before.
    pub is_new: bool,
}

impl PaymentDesk {
    /// A desk whose guests come back to the pages at `public_url`.
    pub fn new(db: Db, gateways: Gateways, public_url: &str) -> Self {
        Self {
            db,
            gateways,
            public_url: public_url.trim_end_matches('/').into(),
            payees: Payees::default(),
        }
    }

    /// The same, handing events that are about no folio to others who are paid through our gateways.
    #[must_use]
    pub fn with_payees(self, payees: Payees) -> Self {
        Self { payees, ..self }
    }

    /// The gateways whose events are taken.
    pub fn gateways(&self) -> &Gateways {
        &self.gateways
    }

    /// The link by which a booking can be paid. Asking again for the same sum answers the same link until it is paid or over.
    ///
    /// # Errors
    /// [`BillingError::NothingDue`]; [`BillingError::BeingCharged`]; [`BillingError::Gateway`] when the gateway makes no page now.
    pub async fn link(
        &self,
        tenant: TenantId,
        booking: BookingId,
        sum: Sum,
        now: DateTime<Utc>,
    ) -> Result<IssuedLink, BillingError> {
        self.issue(tenant, booking, sum, None, now).await
    }

    /// The same for guests who agreed to [`CARD_CONSENT`]: the card they pay with is kept for what is left.
    ///
    /// # Errors
    /// As [`PaymentDesk::link`]; [`BillingError::CardsNotKept`] where that is not possible.
    pub async fn link_keeping_card(
        &self,
        tenant: TenantId,
        booking: BookingId,
        sum: Sum,
        now: DateTime<Utc>,
    ) -> Result<IssuedLink, BillingError> {
        if !self.keeps_cards() {
            return Err(BillingError::CardsNotKept);
        }
        let agreed = Some(CARD_CONSENT.version);
        self.issue(tenant, booking, sum, agreed, now).await
    }

    async fn issue(
        &self,
        tenant: TenantId,
        booking: BookingId,
        sum: Sum,
        consent: Option<&'static str>,
        now: DateTime<Utc>,
    ) -> Result<IssuedLink, BillingError> {
        let gateway = self.gateways.first();
        let mut tx = self.db.tenant(tenant).await?;
        let booking = motel_bookings::queries::find(&mut tx, booking).await?;
        let wanted = Wanted {
            sum,
            gateway: gateway.name(),
            consent,
        };
        let link = commands::prepare_link(&mut tx, &booking, wanted, now).await?;
        tx.commit().await?;
        if let Some(checkout) = &link.checkout {
            let url = checkout.url.clone();
            return Ok(IssuedLink {
                link,
                url,
                is_new: false,
            });
        }
        self.ask_gateway(gateway.as_ref(), tenant, &booking, link)
            .await
    }

    pub(super) async fn ask_gateway(
        &self,
        gateway: &dyn Gateway,
        tenant: TenantId,
        booking: &Booking,
        link: PaymentLink,
    ) -> Result<IssuedLink, BillingError> {
        let request = self.request(gateway, tenant, booking, &link);
        let checkout = match gateway.create_checkout(&request).await {
            Ok(checkout) => checkout,
            Err(error) => return Err(self.give_up(tenant, &link, error).await),
        };
        let mut tx = self.db.tenant(tenant).await?;
        let link = commands::store_checkout(&mut tx, link.id, &checkout).await?;
        tx.commit().await?;
        // It may have been withdrawn while its page was made.
        if link.status == LinkStatus::Cancelled {
            self.close_page(tenant, link.id).await?;
            return Err(BillingError::LinkClosed);
        }
        let stored = link.checkout.clone().unwrap_or(checkout);
        Ok(IssuedLink {
            link,
            url: stored.url,
            is_new: true,
        })
    }

    /// Everything in it follows from the row and the booking, as one idempotency key must always carry one request.
    fn request(
        &self,
        gateway: &dyn Gateway,
        tenant: TenantId,
        booking: &Booking,
        link: &PaymentLink,
    ) -> CheckoutRequest {
        let booking_page = self.booking_page(booking);
        let way_back = match gateway.captures_on_return() {
            true => format!("{}{RETURNS_PATH}/{}", self.public_url, link.id),
            false => booking_page.clone(),
        };
        CheckoutRequest {
            tenant,
            reference: link.id,
            amount: link.amount,
            description: format!("Booking {}", booking.code),
            success_url: way_back,
            cancel_url: booking_page,
            customer_email: booking.booker.email.clone(),
            keep_card: link.consent().is_some(),
            idempotency_key: format!("payment-link-{}", link.id),
        }
    }

    fn booking_page(&self, booking: &Booking) -> String {
        format!("{}/booking/{}", self.public_url, booking.code)
    }

    async fn give_up(
        &self,
        tenant: TenantId,
        link: &PaymentLink,
        error: GatewayError,
    ) -> BillingError {
        if error.is_final()
            && let Err(fault) = self.close(tenant, link).await
        {
            tracing::error!(link = %link.id, error = &fault as &dyn std::error::Error, "a refused link could not be closed");
        }
        error.into()
    }

    async fn close(&self, tenant: TenantId, link: &PaymentLink) -> Result<(), BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        commands::refuse_link(&mut tx, link).await?;
        Ok(tx.commit().await?)
    }
}
