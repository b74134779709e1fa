use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_bookings::By;
use motel_kernel::{FolioId, Money, PaymentLinkId, TenantId};
use motel_payments::{Checkout, GatewayName};

use crate::schema::payment_links;
use crate::{BillingError, Consent};

motel_db::text_enum! {
    /// Where a request to pay stands.
    pub enum LinkStatus {
        /// It can be paid.
        Open = "open",
        /// The money came in.
        Paid = "paid",
        /// The gateway refused it, or the payment failed for good.
        Failed = "failed",
        /// Nobody paid in time.
        Expired = "expired",
        /// It is no longer wanted: the booking was cancelled, or another amount is due.
        Cancelled = "cancelled",
    }
}

motel_db::text_enum! {
    /// What a link is for.
    pub enum Purpose {
        /// Money is taken.
        Take = "take",
        /// Money is set aside, and taken later or let go: an authorisation.
        SetAside = "set_aside",
    }
}

/// A request to pay what a folio is due, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentLink {
    /// The id; the gateway knows it as our reference.
    pub id: PaymentLinkId,
    /// What it pays.
    pub folio: FolioId,
    /// How much is asked for.
    pub amount: Money,
    /// Where it stands.
    pub status: LinkStatus,
    /// Who takes the money.
    pub gateway: GatewayName,
    /// The page at the gateway, once there is one; a kept card is charged without.
    pub checkout: Option<Checkout>,
    /// How it is paid.
    pub way: Way,
    /// What it is for.
    pub purpose: Purpose,
}

/// How a link is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// By whoever opens its page.
    Page {
        /// That the card that is paid with is kept.
        consent: Option<Consent>,
    },
    /// From a card that was left before.
    KeptCard {
        /// Which.
        card: PaymentLinkId,
        /// Who had it charged, and why.
        by: By,
        /// When.
        asked_at: DateTime<Utc>,
    },
}

impl PaymentLink {
    /// True when it is charged to a kept card, so that it has no page.
    pub fn is_charge(&self) -> bool {
        matches!(self.way, Way::KeptCard { .. })
    }

    /// True when it sets money aside and takes none.
    pub fn is_authorisation(&self) -> bool {
        self.purpose == Purpose::SetAside
    }

    /// The version of the text by which the card is kept that it is paid with.
    pub fn consent(&self) -> Option<&Consent> {
        match &self.way {
            Way::Page { consent } => consent.as_ref(),
            Way::KeptCard { .. } => None,
        }
    }

    /// True when its page is past its time.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        let checkout = self.checkout.as_ref();
        checkout.is_some_and(|checkout| checkout.expires_at <= now)
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_links)]
pub(crate) struct PaymentLinkRow {
    tenant_id: TenantId,
    id: PaymentLinkId,
    folio_id: FolioId,
    amount_minor: i64,
    currency: String,
    status: LinkStatus,
    gateway: String,
    gateway_reference: Option<String>,
    url: Option<String>,
    expires_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    consent: Option<String>,
    card_id: Option<PaymentLinkId>,
    actor: Option<String>,
    reason: Option<String>,
    purpose: Purpose,
}

impl PaymentLinkRow {
    pub(crate) fn new(tenant: TenantId, link: &PaymentLink, now: DateTime<Utc>) -> Self {
        let (card_id, by) = match &link.way {
            Way::Page { .. } => (None, None),
            Way::KeptCard { card, by, .. } => (Some(*card), Some(by)),
        };
        Self {
            tenant_id: tenant,
            id: link.id,
            folio_id: link.folio,
            amount_minor: link.amount.minor(),
            currency: link.amount.currency().code().to_owned(),
            status: link.status,
            gateway: link.gateway.as_str().to_owned(),
            gateway_reference: None,
            url: None,
            expires_at: None,
            created_at: now,
            consent: link.consent().map(|consent| consent.version.clone()),
            card_id,
            actor: by.map(|by| by.actor.to_string()),
            reason: by.and_then(|by| by.reason.clone()),
            purpose: link.purpose,
        }
    }
}

impl TryFrom<PaymentLinkRow> for PaymentLink {
    type Error = BillingError;

    fn try_from(row: PaymentLinkRow) -> Result<Self, BillingError> {
        let currency = row.currency.parse().map_err(BillingError::unreadable)?;
        let way = match (row.card_id, row.actor) {
            (Some(card), Some(actor)) => Way::KeptCard {
                card,
                by: By {
                    actor: actor.parse().map_err(BillingError::unreadable)?,
                    reason: row.reason,
                },
                asked_at: row.created_at,
            },
            _ => Way::Page {
                consent: row.consent.map(|version| Consent {
                    version,
                    at: row.created_at,
                }),
            },
        };
        let checkout = match (row.gateway_reference, row.url, row.expires_at) {
            (Some(gateway_reference), Some(url), Some(expires_at)) => Some(Checkout {
                gateway_reference,
                url,
                expires_at,
            }),
            _ => None,
        };
        Ok(Self {
            id: row.id,
            folio: row.folio_id,
            amount: Money::new(row.amount_minor, currency),
            status: row.status,
            gateway: row.gateway.parse().map_err(BillingError::unreadable)?,
            checkout,
            way,
            purpose: row.purpose,
        })
    }
}
