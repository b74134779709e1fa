//! Money that is set aside on a card that was left at the sandbox.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_payments::{ChargeRequest, EventKind, GatewayError, Place, Sought};
use uuid::Uuid;

use super::Choice;
use super::authorisation::{AsideRow, Done, STANDS, find, stands};
use super::card::{no_card, refusal_of};
use super::checkout::{SandboxCheckout, any_page, hold_page};
use super::notice::publish_notice;
use crate::BillingError;
use crate::schema::sandbox_checkouts as table;

/// Sets it aside, once however often it is asked for. What there is to tell us is written in the same transaction.
pub(super) async fn set_aside_on_card(
    tx: &mut TenantTx,
    page: Uuid,
    request: &ChargeRequest,
    now: DateTime<Utc>,
) -> Result<Result<Done, GatewayError>, BillingError> {
    if !hold_page(tx, page).await? {
        return Ok(Err(no_card()));
    }
    let sought = Sought {
        tenant: request.tenant,
        link: request.reference,
        place: Place::Card(request.card.clone()),
    };
    if let Some(known) = find(tx, &sought).await? {
        return Ok(known.state(now).map(|state| Done {
            state,
            is_silent: false,
        }));
    }
    let page = any_page(tx, page).await?;
    if !page.paid || !page.keeps_card {
        return Ok(Err(no_card()));
    }
    let row = insert(tx, &page, request, now).await?;
    let is_silent = page.card == Some(Choice::KeptSilent);
    if row.refusal.is_none() && !is_silent {
        publish_notice(tx, row.id, EventKind::Authorised).await?;
    }
    Ok(row.state(now).map(|state| Done { state, is_silent }))
}

async fn insert(
    tx: &mut TenantTx,
    page: &SandboxCheckout,
    request: &ChargeRequest,
    now: DateTime<Utc>,
) -> Result<AsideRow, BillingError> {
    let refusal = refusal_of(page);
    let until = now + page.card.map_or(STANDS, stands);
    let works = refusal.is_none();
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
            table::card.eq(page.card),
            table::expires_at.eq(now),
            table::charged_card.eq(page.id),
            table::refusal.eq(refusal),
            table::authorises.eq(true),
            (
                table::authorised_minor.eq(works.then_some(request.amount.minor())),
                table::authorised_until.eq(works.then_some(until)),
            ),
        ))
        .returning(AsideRow::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(row)
}
