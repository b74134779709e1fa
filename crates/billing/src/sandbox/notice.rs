use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::TenantId;
use motel_payments::sandbox::SIGNATURE_HEADER;
use motel_payments::{EventKind, GatewayEvent};
use uuid::Uuid;

use super::Sandbox;
use super::checkout::any_page;
use crate::schema::sandbox_notices;
use crate::{BillingError, SandboxNoticed};

/// How long the page waits for the webhook to be through before it sends the guest on.
pub const PATIENCE: Duration = Duration::from_secs(8);

/// How often it looks meanwhile.
const LOOK_EVERY: Duration = Duration::from_millis(60);

/// Why a webhook is not through yet.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// The sandbox's own books failed.
    #[error("the sandbox's books failed")]
    Books(#[from] BillingError),
    /// The event cannot be written as JSON.
    #[error("the event can't be written")]
    Unwritable(#[from] serde_json::Error),
    /// Nobody answered.
    #[error("our webhook route could not be reached")]
    Unreachable(#[from] reqwest::Error),
    /// Our route did not take it.
    #[error("our webhook route answered {0}")]
    NotTaken(u16),
}

pub(super) async fn publish_notice(
    tx: &mut TenantTx,
    checkout: Uuid,
    kind: EventKind,
) -> Result<Uuid, BillingError> {
    let id = Uuid::new_v4();
    diesel::insert_into(sandbox_notices::table)
        .values((
            sandbox_notices::tenant_id.eq(tx.tenant()),
            sandbox_notices::id.eq(id),
            sandbox_notices::checkout_id.eq(checkout),
            sandbox_notices::kind.eq(kind.as_str()),
        ))
        .execute(tx.conn())
        .await?;
    motel_jobs::publish(tx, &SandboxNoticed { notice_id: id }).await?;
    Ok(id)
}

impl Sandbox {
    /// Posts a notice to our webhook route, unless it is through already. Its event id is the notice's, so a second
    /// delivery is recognised.
    ///
    /// # Errors
    /// It is not through; try again.
    pub async fn deliver(&self, tenant: TenantId, notice: Uuid) -> Result<(), NoticeError> {
        let Some(event) = self.undelivered(tenant, notice).await? else {
            return Ok(());
        };
        let webhook = self.settings.seal.seal(&event, self.settings.clock.now())?;
        let answer = self
            .http
            .post(&self.settings.webhook_url)
            .header("content-type", "application/json")
            .header(SIGNATURE_HEADER, webhook.signature)
            .body(webhook.body)
            .send()
            .await?;
        if !answer.status().is_success() {
            return Err(NoticeError::NotTaken(answer.status().as_u16()));
        }
        Ok(self.mark_delivered(tenant, notice).await?)
    }

    /// Waits until a notice is through; false when [`PATIENCE`] ran out first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn wait_until_delivered(
        &self,
        tenant: TenantId,
        notice: Uuid,
    ) -> Result<bool, BillingError> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while self.undelivered(tenant, notice).await?.is_some() {
            if tokio::time::Instant::now() >= deadline {
                return Ok(false);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(true)
    }

    async fn undelivered(
        &self,
        tenant: TenantId,
        notice: Uuid,
    ) -> Result<Option<GatewayEvent>, BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        let (checkout, kind, delivered): (Uuid, String, Option<DateTime<Utc>>) =
            sandbox_notices::table
                .find((tenant, notice))
                .select((
                    sandbox_notices::checkout_id,
                    sandbox_notices::kind,
                    sandbox_notices::delivered_at,
                ))
                .first(tx.conn())
                .await?;
        if delivered.is_some() {
            return Ok(None);
        }
        let page = any_page(&mut tx, checkout).await?;
        Ok(Some(GatewayEvent {
            event_id: format!("sbxevt_{}", notice.simple()),
            kind: match kind.as_str() {
                "paid" => EventKind::Paid,
                "disputed" => EventKind::Disputed,
                _ => EventKind::Declined,
            },
            gateway_reference: page.gateway_reference(),
            reference: page.link,
            amount: page.amount,
        }))
    }

    async fn mark_delivered(&self, tenant: TenantId, notice: Uuid) -> Result<(), BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        diesel::update(sandbox_notices::table.find((tenant, notice)))
            .set(sandbox_notices::delivered_at.eq(Utc::now()))
            .execute(tx.conn())
            .await?;
        Ok(tx.commit().await?)
    }
}
