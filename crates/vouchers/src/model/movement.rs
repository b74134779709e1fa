use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{BookingId, Money};

use super::{GiftCardId, MovementId};
use crate::VoucherError;
use crate::schema::movements;

motel_db::text_enum! {
    /// Why something moved on a gift card.
    pub enum MovementKind {
        /// It was sold.
        Issued = "issued",
        /// Something was paid with it.
        Redeemed = "redeemed",
        /// A payment went back onto it, or a part of one.
        GivenBack = "given_back",
        /// Its time was over, and what was left is the house's.
        Expired = "expired",
        /// It was taken out of use.
        Voided = "voided",
    }
}

/// What came onto a gift card or went off it. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// The id.
    pub id: MovementId,
    /// On which card.
    pub gift_card: GiftCardId,
    /// Why.
    pub kind: MovementKind,
    /// Above nothing: it came on.
    pub amount: Money,
    /// The booking that was paid for.
    pub booking: Option<BookingId>,
    /// When.
    pub moved_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = movements, check_for_backend(diesel::pg::Pg))]
pub(crate) struct MovementRow {
    id: MovementId,
    gift_card_id: GiftCardId,
    kind: MovementKind,
    amount_minor: i64,
    currency: String,
    booking_id: Option<BookingId>,
    moved_at: DateTime<Utc>,
}

impl TryFrom<MovementRow> for Movement {
    type Error = VoucherError;

    fn try_from(row: MovementRow) -> Result<Self, VoucherError> {
        let currency = row.currency.parse().map_err(VoucherError::fault)?;
        Ok(Self {
            id: row.id,
            gift_card: row.gift_card_id,
            kind: row.kind,
            amount: Money::new(row.amount_minor, currency),
            booking: row.booking_id,
            moved_at: row.moved_at,
        })
    }
}
