use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{FolioId, PaymentLinkId, TenantId};
use motel_payments::{CardReference, GatewayName, SavedCard};

use crate::schema::payment_methods;
use crate::{BillingError, PaymentLink};

/// What guests agree to who leave a card. A text that changes gets another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentText {
    /// By which a later reader finds the text.
    pub version: &'static str,
    /// What stands beside the box to tick.
    pub label: &'static str,
    /// What it means, in full.
    pub text: &'static str,
}

/// The text of today.
pub const CARD_CONSENT: ConsentText = ConsentText {
    version: "2026-11-22",
    label: "Keep this card for what is left to pay",
    text: "We charge it for this booking only: for what is left, on the day it is due. You can have it removed here at any time.",
};

/// That a guest wants the card kept that they pay with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The version of the text they agreed to.
    pub version: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A card that guests left for what is left to pay on their folio. The gateway has it; we have its name there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCard {
    /// The payment it was left with.
    pub id: PaymentLinkId,
    /// For which folio.
    pub folio: FolioId,
    /// With whom it was left.
    pub gateway: GatewayName,
    /// The card, as the gateway names it.
    pub card: SavedCard,
    /// What the guest agreed to.
    pub consent: Consent,
    /// Since when it is kept.
    pub kept_at: DateTime<Utc>,
    /// Since when it is charged no more: the guest or staff had it removed, or another one was left.
    pub removed_at: Option<DateTime<Utc>>,
}

impl KeptCard {
    /// True while it may be charged.
    pub fn is_kept(&self) -> bool {
        self.removed_at.is_none()
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_methods)]
pub(crate) struct KeptCardRow {
    tenant_id: TenantId,
    id: PaymentLinkId,
    folio_id: FolioId,
    gateway: String,
    customer: String,
    method: String,
    brand: String,
    last_four: String,
    expires_year: i16,
    expires_month: i16,
    consent: String,
    consented_at: DateTime<Utc>,
    kept_at: DateTime<Utc>,
    removed_at: Option<DateTime<Utc>>,
}

impl KeptCardRow {
    pub(crate) fn new(
        tenant: TenantId,
        link: &PaymentLink,
        consent: &Consent,
        card: SavedCard,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            tenant_id: tenant,
            id: link.id,
            folio_id: link.folio,
            gateway: link.gateway.as_str().to_owned(),
            customer: card.reference.customer,
            method: card.reference.method,
            brand: card.brand,
            last_four: card.last_four,
            expires_year: card.expires_year,
            expires_month: card.expires_month,
            consent: consent.version.clone(),
            consented_at: consent.at,
            kept_at: now,
            removed_at: None,
        }
    }
}

impl TryFrom<KeptCardRow> for KeptCard {
    type Error = BillingError;

    fn try_from(row: KeptCardRow) -> Result<Self, BillingError> {
        Ok(Self {
            id: row.id,
            folio: row.folio_id,
            gateway: row.gateway.parse().map_err(BillingError::unreadable)?,
            card: SavedCard {
                reference: CardReference {
                    customer: row.customer,
                    method: row.method,
                },
                brand: row.brand,
                last_four: row.last_four,
                expires_year: row.expires_year,
                expires_month: row.expires_month,
            },
            consent: Consent {
                version: row.consent,
                at: row.consented_at,
            },
            kept_at: row.kept_at,
            removed_at: row.removed_at,
        })
    }
}
