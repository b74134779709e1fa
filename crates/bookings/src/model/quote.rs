use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{Money, PropertyId, QuoteId, TenantId, UnitGroupId};
use motel_rates::StayPrice;
use serde::{Deserialize, Serialize};

use super::{StayRequest, Terms};
use crate::BookingError;
use crate::schema::quotes;

/// A price that stands until it expires. It takes no room out of the sale.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// What to book by.
    pub id: QuoteId,
    /// Where.
    pub property: PropertyId,
    /// Each unit's stay, never none.
    pub stays: Vec<QuotedStay>,
    /// What all of them cost together.
    pub total: Money,
    /// When it stops being honoured.
    pub expires_at: DateTime<Utc>,
}

/// One unit's stay with the price and the terms it was offered on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuotedStay {
    /// What was asked for.
    pub request: StayRequest,
    /// The room type.
    pub unit_group: UnitGroupId,
    /// The rate plan.
    pub rate_plan: String,
    /// Each night, the fees, the taxes and the total.
    pub price: StayPrice,
    /// What cancelling and not coming would cost.
    pub terms: Terms,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = quotes)]
pub(crate) struct QuoteRow {
    pub(crate) tenant_id: TenantId,
    pub(crate) id: QuoteId,
    pub(crate) property_id: PropertyId,
    pub(crate) total_minor: i64,
    pub(crate) currency: String,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) stays: serde_json::Value,
}

impl QuoteRow {
    pub(crate) fn new(
        tenant: TenantId,
        quote: &Quote,
        now: DateTime<Utc>,
    ) -> Result<Self, BookingError> {
        Ok(Self {
            tenant_id: tenant,
            id: quote.id,
            property_id: quote.property,
            total_minor: quote.total.minor(),
            currency: quote.total.currency().code().to_owned(),
            expires_at: quote.expires_at,
            created_at: now,
            stays: serde_json::to_value(&quote.stays).map_err(BookingError::fault)?,
        })
    }

    pub(crate) fn into_quote(self) -> Result<Quote, BookingError> {
        let currency = self.currency.parse().map_err(BookingError::fault)?;
        Ok(Quote {
            id: self.id,
            property: self.property_id,
            stays: serde_json::from_value(self.stays).map_err(BookingError::fault)?,
            total: Money::new(self.total_minor, currency),
            expires_at: self.expires_at,
        })
    }
}
