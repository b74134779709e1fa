use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use motel_kernel::{Party, PropertyId, QuoteId, StayDates, TenantId, UnitGroupId};
use motel_rates::StayPrice;

use crate::BookingError;
use crate::schema::quotes;

/// A price that stands until it expires. It takes no room out of the sale.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// What to book by.
    pub id: QuoteId,
    /// Where.
    pub property: PropertyId,
    /// Which room type.
    pub unit_group: UnitGroupId,
    /// Which nights.
    pub dates: StayDates,
    /// For whom.
    pub party: Party,
    /// Each night, the fees, the tax and the total.
    pub price: StayPrice,
    /// When it stops being honoured.
    pub expires_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = quotes)]
pub(crate) struct QuoteRow {
    pub(crate) tenant_id: TenantId,
    pub(crate) id: QuoteId,
    pub(crate) property_id: PropertyId,
    pub(crate) unit_group_id: UnitGroupId,
    pub(crate) arrival: NaiveDate,
    pub(crate) departure: NaiveDate,
    pub(crate) adults: i16,
    pub(crate) children: i16,
    pub(crate) pets: i16,
    pub(crate) price: serde_json::Value,
    pub(crate) total_minor: i64,
    pub(crate) currency: String,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) created_at: DateTime<Utc>,
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
            unit_group_id: quote.unit_group,
            arrival: quote.dates.arrival(),
            departure: quote.dates.departure(),
            adults: quote.party.adults().into(),
            children: quote.party.children().into(),
            pets: quote.party.pets().into(),
            price: serde_json::to_value(&quote.price).map_err(BookingError::fault)?,
            total_minor: quote.price.total.minor(),
            currency: quote.price.total.currency().code().to_owned(),
            expires_at: quote.expires_at,
            created_at: now,
        })
    }

    pub(crate) fn into_quote(self) -> Result<Quote, BookingError> {
        Ok(Quote {
            id: self.id,
            property: self.property_id,
            unit_group: self.unit_group_id,
            dates: StayDates::new(self.arrival, self.departure).map_err(BookingError::fault)?,
            party: Party::new(self.adults.into(), self.children.into(), self.pets.into())
                .map_err(BookingError::fault)?,
            price: serde_json::from_value(self.price).map_err(BookingError::fault)?,
            expires_at: self.expires_at,
        })
    }
}
