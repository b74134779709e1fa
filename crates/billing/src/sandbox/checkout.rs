use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, DbError, TenantTx};
use motel_kernel::{Money, PaymentLinkId, TenantId};
use motel_payments::{CheckoutRequest, CheckoutState, GatewayError};
use uuid::Uuid;

use super::{Choice, Sandbox};
use crate::schema::sandbox_checkouts;
use crate::{BillingError, LinkStatus, queries};

/// How long a page takes money, as Stripe's do.
const PAGE_STANDS: Duration = Duration::hours(24);

/// A page of the sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxCheckout {
    /// The end of the page's address; drawn at random, so nobody guesses it.
    pub id: Uuid,
    /// On whose behalf.
    pub tenant: TenantId,
    /// The payment link, as we told it.
    pub link: PaymentLinkId,
    /// What is to be paid.
    pub amount: Money,
    /// What for.
    pub description: String,
    /// By whom.
    pub customer_email: String,
    /// Where the guest goes after paying.
    pub success_url: String,
    /// Where the guest goes who turns back.
    pub cancel_url: String,
    /// It was paid.
    pub paid: bool,
    /// Since when, or from when on, the money is there.
    pub paid_from: Option<DateTime<Utc>>,
    /// With which test card.
    pub card: Option<Choice>,
    /// When it stops taking money.
    pub expires_at: DateTime<Utc>,
    /// The card that is paid with is kept.
    pub keeps_card: bool,
    /// Money is set aside here, and not taken.
    pub authorises: bool,
    /// Until when it is set aside, once it is.
    pub authorised_until: Option<DateTime<Utc>>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = sandbox_checkouts)]
struct CheckoutRow {
    tenant_id: TenantId,
    id: Uuid,
    link_id: PaymentLinkId,
    idempotency_key: String,
    amount_minor: i64,
    currency: String,
    description: String,
    customer_email: String,
    success_url: String,
    cancel_url: String,
    expires_at: DateTime<Utc>,
    paid: bool,
    paid_from: Option<DateTime<Utc>>,
    card: Option<Choice>,
    keeps_card: bool,
    charged_card: Option<Uuid>,
    refusal: Option<String>,
    authorises: bool,
    authorised_until: Option<DateTime<Utc>>,
}

impl SandboxCheckout {
    /// The sandbox's name for it, in webhooks.
    pub(crate) fn gateway_reference(&self) -> String {
        reference_of(self.id)
    }
}

pub(super) fn reference_of(id: Uuid) -> String {
    format!("sbx_{}", id.simple())
}

impl Sandbox {
    pub(super) async fn open_page(
        &self,
        request: &CheckoutRequest,
        authorises: bool,
    ) -> Result<SandboxCheckout, GatewayError> {
        let row = CheckoutRow::new(request, authorises, self.settings.clock.now());
        let outcome = insert_or_find(&self.db, request, row).await;
        let page = outcome.map_err(|error| GatewayError::Unreachable(Box::new(error)))?;
        let is_same = page.link == request.reference
            && page.amount == request.amount
            && page.keeps_card == request.keep_card
            && page.authorises == authorises;
        if !is_same {
            return Err(GatewayError::Refused {
                status: 400,
                code: "idempotency_error".to_owned(),
                message: "the key was used for another request".to_owned(),
            });
        }
        Ok(page)
    }

    /// How a page stands, by the sandbox's own books.
    pub(super) async fn state_of(
        &self,
        tenant: TenantId,
        gateway_reference: &str,
    ) -> Result<CheckoutState, GatewayError> {
        let broken = |error: BillingError| GatewayError::Unreachable(Box::new(error));
        let id = id_of(gateway_reference).ok_or_else(no_such_page)?;
        let found = async {
            let mut tx = self.db.tenant(tenant).await?;
            let page = find(&mut tx, id).await?;
            page.map(SandboxCheckout::try_from).transpose()
        };
        let page = found.await.map_err(broken)?.ok_or_else(no_such_page)?;
        let now = self.settings.clock.now();
        Ok(match (page.paid, page.paid_from) {
            (true, Some(from)) if from > now => CheckoutState::Processing,
            (true, _) => CheckoutState::Paid(page.amount),
            (false, _) if page.expires_at <= now => CheckoutState::Expired,
            (false, _) => CheckoutState::Open,
        })
    }

    /// The page of an address, while it takes money.
    ///
    /// # Errors
    /// [`BillingError::NotFound`], [`BillingError::AlreadyPaid`], [`BillingError::LinkClosed`].
    pub async fn page(&self, id: Uuid) -> Result<SandboxCheckout, BillingError> {
        let tenant = tenant_of_page(&self.db, id).await?;
        let mut tx = self.db.tenant(tenant.ok_or(NO_PAGE)?).await?;
        open_page(&mut tx, id, self.settings.clock.now()).await
    }
}

/// The page that a gateway reference of ours names.
pub(super) fn id_of(gateway_reference: &str) -> Option<Uuid> {
    gateway_reference.strip_prefix("sbx_")?.parse().ok()
}

fn no_such_page() -> GatewayError {
    GatewayError::Refused {
        status: 404,
        code: "resource_missing".to_owned(),
        message: "there is no such page".to_owned(),
    }
}

async fn find(tx: &mut TenantTx, id: Uuid) -> Result<Option<CheckoutRow>, BillingError> {
    let row = sandbox_checkouts::table
        .find((tx.tenant(), id))
        .select(CheckoutRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(row)
}

const NO_PAGE: BillingError = BillingError::NotFound("payment page");

/// The page, held until the end of the transaction, if it still takes money.
pub(super) async fn open_page(
    tx: &mut TenantTx,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<SandboxCheckout, BillingError> {
    let row: Option<CheckoutRow> = sandbox_checkouts::table
        .find((tx.tenant(), id))
        .select(CheckoutRow::as_select())
        .for_update()
        .first(tx.conn())
        .await
        .optional()?;
    let page = SandboxCheckout::try_from(row.ok_or(NO_PAGE)?)?;
    if page.paid || page.authorised_until.is_some() {
        return Err(BillingError::AlreadyPaid);
    }
    // An outside gateway would have been told that its page is no longer wanted; the sandbox looks for itself. What is paid beside
    // the folios is no link, and its page stands until its time is over.
    let link = queries::payment_link(tx, page.link).await?;
    let wanted = link.is_none_or(|link| link.status == LinkStatus::Open);
    if page.expires_at <= now || !wanted {
        return Err(BillingError::LinkClosed);
    }
    Ok(page)
}

/// Holds a page until the end of the transaction; false when there is none.
pub(super) async fn hold_page(tx: &mut TenantTx, id: Uuid) -> Result<bool, BillingError> {
    let held: Option<Uuid> = sandbox_checkouts::table
        .find((tx.tenant(), id))
        .select(sandbox_checkouts::id)
        .for_update()
        .first(tx.conn())
        .await
        .optional()?;
    Ok(held.is_some())
}

/// The page, whatever became of it.
pub(super) async fn any_page(tx: &mut TenantTx, id: Uuid) -> Result<SandboxCheckout, BillingError> {
    let row: CheckoutRow = sandbox_checkouts::table
        .find((tx.tenant(), id))
        .select(CheckoutRow::as_select())
        .first(tx.conn())
        .await?;
    row.try_into()
}

/// The page takes no other card; the money is there from that moment on.
pub(super) async fn mark_paid(
    tx: &mut TenantTx,
    id: Uuid,
    card: Choice,
    from: DateTime<Utc>,
) -> Result<(), BillingError> {
    diesel::update(sandbox_checkouts::table.find((tx.tenant(), id)))
        .set((
            sandbox_checkouts::paid.eq(true),
            sandbox_checkouts::card.eq(card),
            sandbox_checkouts::paid_from.eq(from),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn tenant_of_page(db: &Db, id: Uuid) -> Result<Option<TenantId>, BillingError> {
    let mut tx = db.platform("find whose payment page it is").await?;
    let tenant = sandbox_checkouts::table
        .filter(sandbox_checkouts::id.eq(id))
        .select(sandbox_checkouts::tenant_id)
        .first(tx.conn())
        .await
        .optional()?;
    Ok(tenant)
}

async fn insert_or_find(
    db: &Db,
    request: &CheckoutRequest,
    row: CheckoutRow,
) -> Result<SandboxCheckout, BillingError> {
    let mut tx = db.tenant(request.tenant).await?;
    diesel::insert_into(sandbox_checkouts::table)
        .values(row)
        .on_conflict((
            sandbox_checkouts::tenant_id,
            sandbox_checkouts::idempotency_key,
        ))
        .do_nothing()
        .execute(tx.conn())
        .await?;
    let row: CheckoutRow = sandbox_checkouts::table
        .filter(sandbox_checkouts::tenant_id.eq(tx.tenant()))
        .filter(sandbox_checkouts::idempotency_key.eq(&request.idempotency_key))
        .select(CheckoutRow::as_select())
        .first(tx.conn())
        .await
        .map_err(DbError::from)?;
    tx.commit().await?;
    row.try_into()
}

impl CheckoutRow {
    fn new(request: &CheckoutRequest, authorises: bool, opened_at: DateTime<Utc>) -> Self {
        Self {
            tenant_id: request.tenant,
            id: Uuid::new_v4(),
            link_id: request.reference,
            idempotency_key: request.idempotency_key.clone(),
            amount_minor: request.amount.minor(),
            currency: request.amount.currency().code().to_owned(),
            description: request.description.clone(),
            customer_email: request.customer_email.to_string(),
            success_url: request.success_url.clone(),
            cancel_url: request.cancel_url.clone(),
            expires_at: opened_at + PAGE_STANDS,
            paid: false,
            paid_from: None,
            card: None,
            keeps_card: request.keep_card,
            charged_card: None,
            refusal: None,
            authorises,
            authorised_until: None,
        }
    }
}

impl TryFrom<CheckoutRow> for SandboxCheckout {
    type Error = BillingError;

    fn try_from(row: CheckoutRow) -> Result<Self, BillingError> {
        let currency = row.currency.parse().map_err(BillingError::unreadable)?;
        Ok(Self {
            id: row.id,
            tenant: row.tenant_id,
            link: row.link_id,
            amount: Money::new(row.amount_minor, currency),
            description: row.description,
            customer_email: row.customer_email,
            success_url: row.success_url,
            cancel_url: row.cancel_url,
            paid: row.paid,
            paid_from: row.paid_from,
            card: row.card,
            expires_at: row.expires_at,
            keeps_card: row.keeps_card,
            authorises: row.authorises,
            authorised_until: row.authorised_until,
        })
    }
}
