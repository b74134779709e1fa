use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Money, RefundId, TenantId};
use motel_payments::{EventKind, GatewayError, GatewayRefund, RefundOutcome, RefundRequest};
use uuid::Uuid;

use super::checkout::{any_page, hold_page, id_of};
use super::notice::publish_refund_notice;
use super::{Choice, Sandbox};
use crate::BillingError;
use crate::schema::sandbox_refunds as table;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = table)]
struct RefundRow {
    tenant_id: TenantId,
    id: Uuid,
    checkout_id: Uuid,
    refund_id: RefundId,
    amount_minor: i64,
    currency: String,
    bounced: bool,
}

/// What was asked before, or what is done now; and whether the sandbox falls silent before it says so.
struct Done {
    refund: GatewayRefund,
    is_silent: bool,
}

impl Sandbox {
    /// Gives money back, once however often it is asked for. What there is to tell us is written in the same transaction.
    pub(super) async fn give_back(
        &self,
        request: &RefundRequest,
    ) -> Result<GatewayRefund, GatewayError> {
        let page = id_of(&request.checkout).ok_or_else(no_page)?;
        let broken = |error: BillingError| GatewayError::Unreachable(Box::new(error));
        let outcome = async {
            let mut tx = self.db.tenant(request.tenant).await?;
            let done = give_back(&mut tx, page, request).await?;
            tx.commit().await?;
            Ok(done)
        };
        let done = outcome.await.map_err(broken)??;
        match done.is_silent {
            true => Err(GatewayError::Unreachable(
                "the sandbox fell silent after it had given the money back".into(),
            )),
            false => Ok(done.refund),
        }
    }

    pub(super) async fn refund_of(
        &self,
        request: &RefundRequest,
    ) -> Result<Option<GatewayRefund>, GatewayError> {
        let found = async {
            let mut tx = self.db.tenant(request.tenant).await?;
            find(&mut tx, request.id).await
        };
        let found: Result<_, BillingError> = found.await;
        let row = found.map_err(|error| GatewayError::Unreachable(Box::new(error)))?;
        row.map(|row| row.answer(true)).transpose()
    }
}

async fn give_back(
    tx: &mut TenantTx,
    page: Uuid,
    request: &RefundRequest,
) -> Result<Result<Done, GatewayError>, BillingError> {
    if !hold_page(tx, page).await? {
        return Ok(Err(no_page()));
    }
    if let Some(known) = find(tx, request.id).await? {
        let answer = known.answer(true);
        return Ok(match answer {
            Ok(refund) if refund.amount == request.amount => Ok(Done {
                refund,
                is_silent: false,
            }),
            Ok(_) => Err(refused(
                "idempotency_error",
                "the key was used for another request",
            )),
            Err(error) => Err(error),
        });
    }
    let page = any_page(tx, page).await?;
    let gone: Vec<i64> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::checkout_id.eq(page.id))
        .filter(table::bounced.eq(false))
        .select(table::amount_minor)
        .load(tx.conn())
        .await?;
    let gone = gone.into_iter().fold(0_i64, i64::saturating_add);
    let left = page.amount.minor().saturating_sub(gone);
    let fits = page.paid
        && request.amount.currency() == page.amount.currency()
        && (1..=left).contains(&request.amount.minor());
    if !fits {
        return Ok(Err(refused(
            "amount_too_large",
            "that is more than is left",
        )));
    }
    let row = RefundRow::new(page.id, request, page.card == Some(Choice::RefundFails));
    row.insert(tx).await?;
    let is_silent = page.card == Some(Choice::RefundSilent);
    if !is_silent {
        publish_refund_notice(tx, page.id, EventKind::Refunded, request.id).await?;
    }
    if row.bounced {
        publish_refund_notice(tx, page.id, EventKind::RefundFailed, request.id).await?;
    }
    // It bounces only after it had seemed to go through.
    Ok(row.answer(false).map(|refund| Done { refund, is_silent }))
}

/// The sandbox's name for a refund and what it is about.
pub(super) async fn told_of(
    tx: &mut TenantTx,
    refund: RefundId,
) -> Result<Option<(String, Money)>, BillingError> {
    let row = find(tx, refund).await?;
    let answer = row.map(|row| row.answer(true)).transpose();
    let answer = answer.map_err(BillingError::from)?;
    Ok(answer.map(|refund| (refund.gateway_reference, refund.amount)))
}

async fn find(tx: &mut TenantTx, refund: RefundId) -> Result<Option<RefundRow>, BillingError> {
    let row = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::refund_id.eq(refund))
        .select(RefundRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(row)
}

impl RefundRow {
    fn new(page: Uuid, request: &RefundRequest, bounced: bool) -> Self {
        Self {
            tenant_id: request.tenant,
            id: Uuid::new_v4(),
            checkout_id: page,
            refund_id: request.id,
            amount_minor: request.amount.minor(),
            currency: request.amount.currency().code().to_owned(),
            bounced,
        }
    }

    async fn insert(&self, tx: &mut TenantTx) -> Result<(), BillingError> {
        diesel::insert_into(table::table)
            .values(self)
            .execute(tx.conn())
            .await?;
        Ok(())
    }

    fn answer(&self, knows_bounces: bool) -> Result<GatewayRefund, GatewayError> {
        let currency = self.currency.parse();
        let currency = currency.map_err(|_| GatewayError::Unreadable(self.currency.clone()))?;
        Ok(GatewayRefund {
            gateway_reference: format!("sbxre_{}", self.id.simple()),
            outcome: match self.bounced && knows_bounces {
                true => RefundOutcome::Failed,
                false => RefundOutcome::Succeeded,
            },
            amount: Money::new(self.amount_minor, currency),
        })
    }
}

fn no_page() -> GatewayError {
    GatewayError::Refused {
        status: 404,
        code: "resource_missing".to_owned(),
        message: "there is no such page".to_owned(),
    }
}

fn refused(code: &str, message: &str) -> GatewayError {
    GatewayError::Refused {
        status: 400,
        code: code.to_owned(),
        message: message.to_owned(),
    }
}
