//! Cards that were left on the sandbox's pages, and what is charged to them later. A charge stands in its books like a page
//! that is paid, or refused, at once and that nobody ever saw.

use chrono::{DateTime, Datelike, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Money, PaymentLinkId, TenantId};
use motel_payments::{
    CardReference, ChargeRequest, ChargeState, EventKind, GatewayError, SavedCard,
};
use uuid::Uuid;

use super::checkout::{SandboxCheckout, any_page, hold_page, id_of, reference_of};
use super::notice::publish_notice;
use super::{Choice, Sandbox};
use crate::BillingError;
use crate::schema::sandbox_checkouts as table;

const CUSTOMER: &str = "sbxcus_";

const CARD: &str = "sbxcard_";

/// How long the sandbox's cards are good for.
const YEARS: i32 = 3;

/// What was asked before, or what is done now; and whether the sandbox falls silent before it says so.
struct Done {
    state: ChargeState,
    is_silent: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = table)]
struct ChargeRow {
    id: Uuid,
    link_id: PaymentLinkId,
    amount_minor: i64,
    refusal: Option<String>,
}

impl Sandbox {
    pub(super) async fn left_card(
        &self,
        tenant: TenantId,
        gateway_reference: &str,
    ) -> Result<Option<SavedCard>, GatewayError> {
        let Some(id) = id_of(gateway_reference) else {
            return Ok(None);
        };
        let found = async {
            let mut tx = self.db.tenant(tenant).await?;
            any_page(&mut tx, id).await
        };
        let page = found.await.map_err(broken)?;
        let expires = self.settings.clock.now().year() + YEARS;
        Ok((page.paid && page.keeps_card).then(|| SavedCard {
            reference: CardReference {
                customer: format!("{CUSTOMER}{}", id.simple()),
                method: format!("{CARD}{}", id.simple()),
            },
            brand: "sandbox".to_owned(),
            last_four: "4242".to_owned(),
            expires_year: i16::try_from(expires).unwrap_or(i16::MAX),
            expires_month: 12,
        }))
    }

    /// Charges a card, once however often it is asked for. What there is to tell us is written in the same transaction.
    pub(super) async fn charge(
        &self,
        request: &ChargeRequest,
    ) -> Result<ChargeState, GatewayError> {
        let page = page_of(&request.card).ok_or_else(no_card)?;
        let now = self.settings.clock.now();
        let outcome = async {
            let mut tx = self.db.tenant(request.tenant).await?;
            let done = charge(&mut tx, page, request, now).await?;
            tx.commit().await?;
            Ok(done)
        };
        let done = outcome.await.map_err(broken)??;
        match done.is_silent {
            true => Err(GatewayError::Unreachable(
                "the sandbox fell silent after it had charged the card".into(),
            )),
            false => Ok(done.state),
        }
    }

    pub(super) async fn charge_known(
        &self,
        request: &ChargeRequest,
    ) -> Result<Option<ChargeState>, GatewayError> {
        let found = async {
            let mut tx = self.db.tenant(request.tenant).await?;
            find(&mut tx, request).await
        };
        let row = found.await.map_err(broken)?;
        Ok(row.map(|row| row.state(request)))
    }

    pub(super) async fn forget(
        &self,
        tenant: TenantId,
        card: &CardReference,
    ) -> Result<(), GatewayError> {
        let Some(page) = page_of(card) else {
            return Ok(());
        };
        let outcome = async {
            let mut tx = self.db.tenant(tenant).await?;
            diesel::update(table::table.find((tenant, page)))
                .set(table::keeps_card.eq(false))
                .execute(tx.conn())
                .await?;
            Ok(tx.commit().await?)
        };
        outcome.await.map_err(broken)
    }
}

async fn charge(
    tx: &mut TenantTx,
    page: Uuid,
    request: &ChargeRequest,
    now: DateTime<Utc>,
) -> Result<Result<Done, GatewayError>, BillingError> {
    if !hold_page(tx, page).await? {
        return Ok(Err(no_card()));
    }
    if let Some(known) = find(tx, request).await? {
        return Ok(known.again(request));
    }
    let page = any_page(tx, page).await?;
    if !page.paid || !page.keeps_card {
        return Ok(Err(no_card()));
    }
    let row = insert(tx, &page, request, now).await?;
    let is_silent = page.card == Some(Choice::KeptSilent);
    if row.refusal.is_none() && !is_silent {
        publish_notice(tx, row.id, EventKind::Paid).await?;
    }
    Ok(Ok(Done {
        state: row.state(request),
        is_silent,
    }))
}

async fn find(
    tx: &mut TenantTx,
    request: &ChargeRequest,
) -> Result<Option<ChargeRow>, BillingError> {
    let row = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::idempotency_key.eq(&request.idempotency_key))
        .filter(table::charged_card.is_not_null())
        .select(ChargeRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(row)
}

async fn insert(
    tx: &mut TenantTx,
    page: &SandboxCheckout,
    request: &ChargeRequest,
    now: DateTime<Utc>,
) -> Result<ChargeRow, BillingError> {
    let refusal = refusal_of(page);
    let row = diesel::insert_into(table::table)
        .values((
            table::tenant_id.eq(tx.tenant()),
            table::id.eq(Uuid::new_v4()),
            table::link_id.eq(request.reference),
            table::idempotency_key.eq(&request.idempotency_key),
            table::amount_minor.eq(request.amount.minor()),
            table::currency.eq(request.amount.currency().code()),
            table::description.eq(&request.description),
            table::customer_email.eq(&page.customer_email),
            (table::success_url.eq(""), table::cancel_url.eq("")),
            table::paid.eq(refusal.is_none()),
            table::paid_from.eq(refusal.is_none().then_some(now)),
            table::card.eq(page.card),
            table::expires_at.eq(now),
            table::charged_card.eq(page.id),
            table::refusal.eq(refusal),
        ))
        .returning(ChargeRow::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(row)
}

/// Why a card that was left is refused whenever it is asked; `None` for one that works.
pub(super) fn refusal_of(page: &SandboxCheckout) -> Option<&'static str> {
    match page.card {
        Some(Choice::KeptDeclines) => Some("card_declined"),
        Some(Choice::KeptAsks) => Some(OWNER_NEEDED),
        _ => None,
    }
}

const OWNER_NEEDED: &str = "authentication_required";

impl ChargeRow {
    fn again(self, request: &ChargeRequest) -> Result<Done, GatewayError> {
        if self.link_id != request.reference || self.amount_minor != request.amount.minor() {
            return Err(refused(
                "idempotency_error",
                "the key was used for another request",
            ));
        }
        Ok(Done {
            state: self.state(request),
            is_silent: false,
        })
    }

    fn state(self, request: &ChargeRequest) -> ChargeState {
        match self.refusal {
            None => ChargeState::Paid {
                gateway_reference: reference_of(self.id),
                amount: Money::new(self.amount_minor, request.amount.currency()),
            },
            Some(code) if code == OWNER_NEEDED => ChargeState::PayerNeeded,
            Some(code) => ChargeState::Declined { code },
        }
    }
}

pub(super) fn page_of(card: &CardReference) -> Option<Uuid> {
    card.method.strip_prefix(CARD)?.parse().ok()
}

pub(super) fn no_card() -> GatewayError {
    refused("resource_missing", "there is no such card")
}

pub(super) fn refused(code: &str, message: &str) -> GatewayError {
    GatewayError::Refused {
        status: 400,
        code: code.to_owned(),
        message: message.to_owned(),
    }
}

pub(super) fn broken(error: BillingError) -> GatewayError {
    GatewayError::Unreachable(Box::new(error))
}
