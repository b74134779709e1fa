use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_billing::commands::LedgerEntry;
use motel_db::TenantTx;
use motel_kernel::{BookingId, FolioId, Money, PostingId};

use crate::schema::movements;
use crate::{GiftCardId, MovementId, MovementKind, VoucherError, VoucherUseId};

/// Something that moves on a gift card, as the ledger has said it.
pub(super) struct Move {
    pub(super) id: MovementId,
    pub(super) card: GiftCardId,
    pub(super) kind: MovementKind,
    /// Above nothing: it comes on.
    pub(super) amount: Money,
    pub(super) entry: LedgerEntry,
    /// The booking it is paid for, and the folio and the line there.
    pub(super) on: Option<(BookingId, FolioId, PostingId)>,
    /// The payment it comes back of.
    pub(super) of: Option<VoucherUseId>,
    pub(super) source: String,
    pub(super) at: DateTime<Utc>,
}

pub(super) async fn note(tx: &mut TenantTx, moved: Move) -> Result<(), VoucherError> {
    let (booking, folio, posting) = match moved.on {
        Some((booking, folio, posting)) => (Some(booking), Some(folio), Some(posting)),
        None => (None, None, None),
    };
    diesel::insert_into(movements::table)
        .values((
            movements::tenant_id.eq(tx.tenant()),
            movements::id.eq(moved.id),
            movements::gift_card_id.eq(moved.card),
            movements::kind.eq(moved.kind),
            movements::amount_minor.eq(moved.amount.minor()),
            movements::currency.eq(moved.amount.currency().code()),
            movements::entry_id.eq(moved.entry),
            movements::booking_id.eq(booking),
            movements::folio_id.eq(folio),
            movements::posting_id.eq(posting),
            movements::redemption_id.eq(moved.of),
            movements::source.eq(moved.source),
            movements::moved_at.eq(moved.at),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
