use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{RefundId, TenantId};
use motel_payments::sandbox::SIGNATURE_HEADER;
use motel_payments::{EventKind, GatewayEvent};
use uuid::Uuid;

use super::Sandbox;
use super::checkout::any_page;
use super::refund::told_of;
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
    publish(tx, checkout, kind, None).await
}

pub(super) async fn publish_refund_notice(
    tx: &mut TenantTx,
    checkout: Uuid,
    kind: EventKind,
    refund: RefundId,
) -> Result<Uuid, BillingError> {
    publish(tx, checkout, kind, Some(refund)).await
}

async fn publish(
    tx: &mut TenantTx,
    checkout: Uuid,
    kind: EventKind,
    refund: Option<RefundId>,
) -> Result<Uuid, BillingError> {
    let id = Uuid::new_v4();
    diesel::insert_into(sandbox_notices::table)
        .values((
            sandbox_notices::tenant_id.eq(tx.tenant()),
            sandbox_notices::id.eq(id),
            sandbox_notices::checkout_id.eq(checkout),
            sandbox_notices::kind.eq(kind.as_str()),
            sandbox_notices::refund_id.eq(refund),
        ))
        .execute(tx.conn())
        .await?;
    motel_jobs::publish(tx, &SandboxNoticed { notice_id: id }).await?;
    Ok(id)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sandbox_notices)]
struct NoticeRow {
    checkout_id: Uuid,
    kind: String,
    refund_id: Option<RefundId>,
    delivered_at: Option<DateTime<Utc>>,
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
        let notice_row: NoticeRow = sandbox_notices::table
            .find((tenant, notice))
            .select(NoticeRow::as_select())
            .first(tx.conn())
            .await?;
        if notice_row.delivered_at.is_some() {
            return Ok(None);
        }
        let page = any_page(&mut tx, notice_row.checkout_id).await?;
        let kinds = EventKind::ALL.into_iter();
        let mut kinds = kinds.filter(|kind| kind.as_str() == notice_row.kind);
        let kind = kinds.next().ok_or(BillingError::NotFound("notice"))?;
        let of_refund = match notice_row.refund_id {
            Some(refund) => told_of(&mut tx, refund).await?,
            None => None,
        };
        let (gateway_reference, amount) =
            of_refund.unwrap_or_else(|| (page.gateway_reference(), page.amount));
        Ok(Some(GatewayEvent {
            event_id: format!("sbxevt_{}", notice.simple()),
            kind,
            gateway_reference,
            reference: page.link,
            refund: notice_row.refund_id,
            amount,
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
