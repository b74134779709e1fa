//! Money that is set aside at the sandbox. It stands in its books with the pages; when it is taken, the page is paid with the
//! amount that was taken.

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Money, TenantId};
use motel_payments::{
    AuthorisationState, Authorised, Authorises, ChargeRequest, Checkout, CheckoutRequest,
    EventKind, GatewayError, Place, Sought, TakeRequest,
};
use uuid::Uuid;

use super::card::{broken, no_card, page_of, refused};
use super::card_authorisation::set_aside_on_card;
use super::checkout::{SandboxCheckout, hold_page, id_of, reference_of};
use super::notice::publish_notice;
use super::{Choice, Sandbox};
use crate::BillingError;
use crate::schema::sandbox_checkouts as table;

/// How long money stays aside, as with most cards.
pub(super) const STANDS: Duration = Duration::days(7);

/// The same with a card on which it lapses early.
const STANDS_SHORTLY: Duration = Duration::minutes(1);

#[derive(Queryable, Selectable)]
#[diesel(table_name = table)]
pub(super) struct AsideRow {
    pub(super) id: Uuid,
    amount_minor: i64,
    currency: String,
    paid: bool,
    card: Option<Choice>,
    expires_at: DateTime<Utc>,
    pub(super) refusal: Option<String>,
    authorised_minor: Option<i64>,
    authorised_until: Option<DateTime<Utc>>,
    released: bool,
}

/// How it stands now, and whether the sandbox falls silent before it says so.
pub(super) struct Done {
    pub(super) state: AuthorisationState,
    pub(super) is_silent: bool,
}

impl AsideRow {
    pub(super) fn state(&self, now: DateTime<Utc>) -> Result<AuthorisationState, GatewayError> {
        let currency = self.currency.parse();
        let currency = currency.map_err(|_| GatewayError::Unreadable(self.currency.clone()))?;
        let gateway_reference = reference_of(self.id);
        Ok(match (self.authorised_minor, self.authorised_until) {
            _ if self.released => AuthorisationState::Released,
            _ if self.paid => AuthorisationState::Taken {
                gateway_reference,
                amount: Money::new(self.amount_minor, currency),
            },
            (Some(minor), Some(until)) if until > now => {
                AuthorisationState::Authorised(Authorised {
                    gateway_reference,
                    amount: Money::new(minor, currency),
                    until,
                })
            }
            (Some(_), _) => AuthorisationState::Released,
            _ => match &self.refusal {
                Some(code) => AuthorisationState::Refused { code: code.clone() },
                None if self.expires_at <= now => AuthorisationState::Expired,
                None => AuthorisationState::Open,
            },
        })
    }
}

#[async_trait]
impl Authorises for Sandbox {
    async fn authorise_on_page(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        let page = self.open_page(request, true).await?;
        Ok(self.checkout_of(&page))
    }

    async fn authorise_card(
        &self,
        request: &ChargeRequest,
    ) -> Result<AuthorisationState, GatewayError> {
        let page = page_of(&request.card).ok_or_else(no_card)?;
        let now = self.settings.clock.now();
        let outcome = async {
            let mut tx = self.db.tenant(request.tenant).await?;
            let done = set_aside_on_card(&mut tx, page, request, now).await?;
            tx.commit().await?;
            Ok(done)
        };
        outcome.await.map_err(broken)??.told()
    }

    async fn authorisation_state(
        &self,
        sought: &Sought,
    ) -> Result<Option<AuthorisationState>, GatewayError> {
        let found = async {
            let mut tx = self.db.tenant(sought.tenant).await?;
            find(&mut tx, sought).await
        };
        let row = found.await.map_err(broken)?;
        let now = self.settings.clock.now();
        row.map(|row| row.state(now)).transpose()
    }

    async fn take_authorised(
        &self,
        request: &TakeRequest,
    ) -> Result<AuthorisationState, GatewayError> {
        let amount = request.amount.minor();
        let settled = self.settle(request.tenant, &request.gateway_reference, Some(amount));
        settled.await
    }

    async fn release(
        &self,
        tenant: TenantId,
        gateway_reference: &str,
        _idempotency_key: &str,
    ) -> Result<AuthorisationState, GatewayError> {
        self.settle(tenant, gateway_reference, None).await
    }
}

impl Sandbox {
    /// Takes so much, or lets it go; whoever comes second is told what the first one did.
    async fn settle(
        &self,
        tenant: TenantId,
        gateway_reference: &str,
        take: Option<i64>,
    ) -> Result<AuthorisationState, GatewayError> {
        let id = id_of(gateway_reference).ok_or_else(nothing_aside)?;
        let now = self.settings.clock.now();
        let outcome = async {
            let mut tx = self.db.tenant(tenant).await?;
            let done = settle(&mut tx, id, take, now).await?;
            tx.commit().await?;
            Ok(done)
        };
        outcome.await.map_err(broken)??.told()
    }
}

impl Done {
    fn told(self) -> Result<AuthorisationState, GatewayError> {
        match self.is_silent {
            true => Err(GatewayError::Unreachable(
                "the sandbox fell silent after it had done it".into(),
            )),
            false => Ok(self.state),
        }
    }
}

/// What a guest does on a page on which money is set aside.
pub(super) async fn agree(
    tx: &mut TenantTx,
    page: &SandboxCheckout,
    choice: Choice,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, BillingError> {
    match choice {
        Choice::Challenge | Choice::Abandon => Ok(None),
        Choice::Decline | Choice::Insufficient | Choice::ExpiredCard => {
            let notice = publish_notice(tx, page.id, EventKind::Declined).await?;
            Ok(Some(notice))
        }
        _ => {
            diesel::update(table::table.find((tx.tenant(), page.id)))
                .set((
                    table::card.eq(choice),
                    table::authorised_minor.eq(page.amount.minor()),
                    table::authorised_until.eq(now + stands(choice)),
                ))
                .execute(tx.conn())
                .await?;
            if choice == Choice::Silent {
                return Ok(None);
            }
            let notice = publish_notice(tx, page.id, EventKind::Authorised).await?;
            Ok(Some(notice))
        }
    }
}

pub(super) fn stands(choice: Choice) -> Duration {
    match choice {
        Choice::Lapses => STANDS_SHORTLY,
        _ => STANDS,
    }
}

async fn settle(
    tx: &mut TenantTx,
    id: Uuid,
    take: Option<i64>,
    now: DateTime<Utc>,
) -> Result<Result<Done, GatewayError>, BillingError> {
    if !hold_page(tx, id).await? {
        return Ok(Err(nothing_aside()));
    }
    let told = |row: AsideRow, is_silent| row.state(now).map(|state| Done { state, is_silent });
    let row = by_id(tx, id).await?;
    let most = match row.state(now) {
        Ok(AuthorisationState::Authorised(authorised)) => authorised.amount.minor(),
        _ => return Ok(told(row, false)),
    };
    let kind = match take {
        Some(minor) if !(1..=most).contains(&minor) => {
            let why = "that is more than is set aside";
            return Ok(Err(refused("amount_too_large", why)));
        }
        Some(minor) => {
            mark_taken(tx, id, minor, now).await?;
            EventKind::Paid
        }
        None => {
            diesel::update(table::table.find((tx.tenant(), id)))
                .set(table::released.eq(true))
                .execute(tx.conn())
                .await?;
            EventKind::Released
        }
    };
    let is_silent = row.card == Some(Choice::TakenSilent);
    if !is_silent {
        publish_notice(tx, id, kind).await?;
    }
    let row = by_id(tx, id).await?;
    Ok(told(row, is_silent))
}

async fn mark_taken(
    tx: &mut TenantTx,
    id: Uuid,
    minor: i64,
    now: DateTime<Utc>,
) -> Result<(), BillingError> {
    diesel::update(table::table.find((tx.tenant(), id)))
        .set((
            table::paid.eq(true),
            table::paid_from.eq(now),
            table::amount_minor.eq(minor),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn by_id(tx: &mut TenantTx, id: Uuid) -> Result<AsideRow, BillingError> {
    let row = table::table
        .find((tx.tenant(), id))
        .select(AsideRow::as_select())
        .first(tx.conn())
        .await?;
    Ok(row)
}

pub(super) async fn find(
    tx: &mut TenantTx,
    sought: &Sought,
) -> Result<Option<AsideRow>, BillingError> {
    let aside = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::authorises)
        .select(AsideRow::as_select());
    let row = match &sought.place {
        Place::Named(reference) | Place::Page(reference) => {
            let Some(id) = id_of(reference) else {
                return Ok(None);
            };
            aside.filter(table::id.eq(id)).first(tx.conn()).await
        }
        Place::Card(_) => {
            let own = aside.filter(table::link_id.eq(sought.link));
            own.filter(table::charged_card.is_not_null())
                .first(tx.conn())
                .await
        }
    };
    Ok(row.optional()?)
}

fn nothing_aside() -> GatewayError {
    refused("resource_missing", "there is nothing set aside")
}
