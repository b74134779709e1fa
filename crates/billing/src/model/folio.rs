use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{BookingId, Currency, FolioId};

use crate::BillingError;
use crate::schema::folios;

motel_db::text_enum! {
    /// Who answers for a folio.
    pub enum FolioKind {
        /// The guests.
        Guest = "guest",
        /// A company that pays by invoice: what it owes stands in the city ledger.
        Company = "company",
    }
}

motel_db::text_enum! {
    /// What a booking's charges are sorted by when they are routed to its folios.
    pub enum ChargeClass {
        /// Nights.
        Room = "room",
        /// Fees of a stay: pets, cleaning.
        Fee = "fee",
        /// Taxes.
        Tax = "tax",
        /// What it costs to cancel, or not to come.
        Penalty = "penalty",
    }
}

/// An account of a booking. Each has one for its guests, in the first place, and may have more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folio {
    /// The id.
    pub id: FolioId,
    /// Of which booking.
    pub booking: BookingId,
    /// The currency of every line of it.
    pub currency: Currency,
    /// From 1, the guests' own.
    pub position: i16,
    /// Who answers for it.
    pub kind: FolioKind,
    /// What it is called.
    pub name: String,
    /// Since when it takes nothing any more.
    pub closed_at: Option<DateTime<Utc>>,
}

impl Folio {
    /// True for the one that each booking has.
    pub fn is_main(&self) -> bool {
        self.position == 1
    }

    /// True while it takes lines.
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = folios)]
pub(crate) struct FolioRow {
    id: FolioId,
    booking_id: BookingId,
    currency: String,
    position: i16,
    kind: FolioKind,
    name: String,
    closed_at: Option<DateTime<Utc>>,
}

impl TryFrom<FolioRow> for Folio {
    type Error = BillingError;

    fn try_from(row: FolioRow) -> Result<Self, BillingError> {
        let currency = row.currency.parse().map_err(BillingError::unreadable)?;
        Ok(Self {
            id: row.id,
            booking: row.booking_id,
            currency,
            position: row.position,
            kind: row.kind,
            name: row.name,
            closed_at: row.closed_at,
        })
    }
}
