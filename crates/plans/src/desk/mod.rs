mod payee;
mod reconcile;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_kernel::TenantId;
use motel_payments::{CheckoutRequest, Gateway, Gateways};

use crate::{Payment, PaymentState, PlansError, StatementId, Subscription, commands, queries};

/// Where subscriptions are opened and statements are paid. Cheap to clone.
///
/// It opens its own transactions: a subscription is opened across tenants, and a gateway must never be asked inside of one.
#[derive(Clone)]
pub struct PlanDesk {
    db: Db,
    gateways: Gateways,
    /// Where owners come back to after paying.
    return_url: Arc<str>,
}

/// A page on which a statement can be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayPage {
    /// The attempt.
    pub payment: Payment,
    /// The address of the page.
    pub url: String,
    /// When it stops taking money.
    pub expires_at: DateTime<Utc>,
}

impl PlanDesk {
    /// A desk whose payers come back to `return_url`.
    pub fn new(db: Db, gateways: Gateways, return_url: &str) -> Self {
        Self {
            db,
            gateways,
            return_url: return_url.into(),
        }
    }

    /// What the tenant subscribed to; its trial begins `now` if it has nothing yet.
    ///
    /// # Errors
    /// The database failed; there is no such tenant.
    pub async fn keep_subscription(
        &self,
        tenant: TenantId,
        now: DateTime<Utc>,
    ) -> Result<Subscription, PlansError> {
        if let Some(known) = self.subscription(tenant).await? {
            return Ok(known);
        }
        let mut tx = self.db.platform("open a subscription").await?;
        commands::open_subscription(&mut tx, tenant, now).await?;
        tx.commit().await?;
        let opened = self.subscription(tenant).await?;
        opened.ok_or(PlansError::NotFound("subscription"))
    }

    async fn subscription(&self, tenant: TenantId) -> Result<Option<Subscription>, PlansError> {
        let mut tx = self.db.tenant(tenant).await?;
        let known = queries::subscription(&mut tx).await?;
        tx.commit().await?;
        Ok(known)
    }

    /// The page on which a statement can be paid. Asking again answers the same until it is paid or over.
    ///
    /// # Errors
    /// [`PlansError::NotFound`], [`PlansError::StatementPaid`]; [`PlansError::Gateway`] when the gateway makes no page now.
    pub async fn pay_page(
        &self,
        tenant: TenantId,
        statement: StatementId,
        now: DateTime<Utc>,
    ) -> Result<PayPage, PlansError> {
        let gateway = self.gateways.first();
        let mut tx = self.db.tenant(tenant).await?;
        let payment = commands::prepare_payment(&mut tx, statement, gateway.name(), now).await?;
        tx.commit().await?;
        self.page_of(gateway.as_ref(), tenant, payment).await
    }

    /// The page of an attempt that was written; asked for with the attempt's key, so there is one however often.
    async fn page_of(
        &self,
        gateway: &dyn Gateway,
        tenant: TenantId,
        payment: Payment,
    ) -> Result<PayPage, PlansError> {
        if let Some(checkout) = payment.checkout.clone() {
            return Ok(PayPage {
                payment,
                url: checkout.url,
                expires_at: checkout.expires_at,
            });
        }
        let request = self.request(tenant, &payment).await?;
        let checkout = match gateway.create_checkout(&request).await {
            Ok(checkout) => checkout,
            Err(error) => {
                if error.is_final() {
                    self.give_up(tenant, &payment).await?;
                }
                return Err(error.into());
            }
        };
        let mut tx = self.db.tenant(tenant).await?;
        let payment = commands::store_checkout(&mut tx, payment.id, &checkout).await?;
        tx.commit().await?;
        let stored = payment.checkout.clone().unwrap_or(checkout);
        Ok(PayPage {
            payment,
            url: stored.url,
            expires_at: stored.expires_at,
        })
    }

    /// A refused attempt takes no more money; the next one has another key.
    async fn give_up(&self, tenant: TenantId, payment: &Payment) -> Result<(), PlansError> {
        let mut tx = self.db.tenant(tenant).await?;
        commands::end_payment(&mut tx, payment.id, PaymentState::Failed).await?;
        Ok(tx.commit().await?)
    }

    /// Everything in it follows from the rows, as one idempotency key must always carry one request.
    async fn request(
        &self,
        tenant: TenantId,
        payment: &Payment,
    ) -> Result<CheckoutRequest, PlansError> {
        let mut tx = self.db.tenant(tenant).await?;
        let statement = queries::statement(&mut tx, payment.statement).await?;
        let property = motel_tenancy::queries::default_property(&mut tx).await?;
        tx.commit().await?;
        Ok(CheckoutRequest {
            tenant,
            reference: payment.id,
            amount: payment.amount,
            description: format!("RemoteMotel {}", statement.number),
            success_url: self.return_url.to_string(),
            cancel_url: self.return_url.to_string(),
            customer_email: property.email,
            idempotency_key: format!("statement-{}", payment.id),
            keep_card: false,
        })
    }
}
