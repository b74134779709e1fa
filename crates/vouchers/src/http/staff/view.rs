use chrono::{DateTime, Utc};
use motel_kernel::{BookingId, Email, FolioId, PostingId};
use motel_web::{MoneyView, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    CouponId, GiftCard, GiftCardId, GiftCardState, Movement, MovementId, MovementKind, Voucher,
    VoucherError, VoucherUse, VoucherUseId,
};

/// A gift card. Its code is known to its holder only.
#[derive(Debug, Serialize, ToSchema)]
pub struct GiftCardView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: GiftCardId,
    /// `active`, `spent`, `expired` or `void`.
    #[schema(value_type = String)]
    state: GiftCardState,
    /// What is left on it.
    balance: MoneyView,
    /// The last four letters of its code; `null` until it was printed or mailed.
    #[schema(required)]
    last_four: Option<String>,
    /// From when on it can't be paid with.
    #[schema(required)]
    expires_at: Option<DateTime<Utc>>,
    /// When it was taken out of use.
    #[schema(required)]
    voided_at: Option<DateTime<Utc>>,
    /// Who bought it.
    #[schema(value_type = Option<String>, required)]
    buyer_email: Option<Email>,
    /// What whom it is for is called.
    #[schema(required)]
    recipient_name: Option<String>,
    /// Where it is mailed to.
    #[schema(value_type = Option<String>, required)]
    recipient_email: Option<Email>,
    /// What the buyer wishes them.
    #[schema(required)]
    message: Option<String>,
    /// When it was sold.
    issued_at: DateTime<Utc>,
    /// What moved on it, the first first; only where one card is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    movements: Option<Vec<MovementView>>,
}

/// What came onto a gift card or went off it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovementView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: MovementId,
    /// `issued`, `redeemed`, `given_back`, `expired` or `voided`.
    #[schema(value_type = String)]
    kind: MovementKind,
    /// Above nothing: it came on.
    amount: MoneyView,
    /// The booking that was paid for.
    #[schema(value_type = Option<Uuid>, required)]
    booking_id: Option<BookingId>,
    /// When.
    moved_at: DateTime<Utc>,
}

/// A gift card or a coupon on a booking.
#[derive(Debug, Serialize, ToSchema)]
pub struct VoucherUseView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: VoucherUseId,
    /// `Gift card ending in 7QF2`, `Coupon WINTER10`.
    title: String,
    /// The gift card, if it is one.
    #[schema(value_type = Option<Uuid>, required)]
    gift_card_id: Option<GiftCardId>,
    /// The coupon, if it is one.
    #[schema(value_type = Option<Uuid>, required)]
    coupon_id: Option<CouponId>,
    /// On which booking.
    #[schema(value_type = Uuid)]
    booking_id: BookingId,
    /// On which of its folios.
    #[schema(value_type = Uuid)]
    folio_id: FolioId,
    /// The line there.
    #[schema(value_type = Uuid)]
    posting_id: PostingId,
    /// What it took off.
    amount: MoneyView,
    /// What of that went back: all of it when it was taken off.
    given_back: MoneyView,
    /// What it still takes off.
    standing: MoneyView,
    /// When.
    used_at: DateTime<Utc>,
}

impl GiftCardView {
    pub(super) fn new(card: GiftCard, now: DateTime<Utc>) -> Self {
        Self {
            id: card.id,
            state: card.state(now),
            balance: card.balance.into(),
            last_four: card.last_four,
            expires_at: card.expires_at,
            voided_at: card.voided_at,
            buyer_email: card.buyer_email,
            recipient_name: card.recipient.name,
            recipient_email: card.recipient.email,
            message: card.recipient.message,
            issued_at: card.issued_at,
            movements: None,
        }
    }

    pub(super) fn with(mut self, movements: Vec<Movement>) -> Self {
        self.movements = Some(movements.into_iter().map(MovementView::from).collect());
        self
    }
}

impl From<Movement> for MovementView {
    fn from(moved: Movement) -> Self {
        Self {
            id: moved.id,
            kind: moved.kind,
            amount: moved.amount.into(),
            booking_id: moved.booking,
            moved_at: moved.moved_at,
        }
    }
}

impl VoucherUseView {
    pub(super) fn new(used: VoucherUse) -> Result<Self, Problem> {
        let standing = used.standing().map_err(VoucherError::from)?;
        let (gift_card_id, coupon_id) = match used.voucher {
            Voucher::GiftCard(id) => (Some(id), None),
            Voucher::Coupon(id) => (None, Some(id)),
        };
        Ok(Self {
            id: used.id,
            title: used.title,
            gift_card_id,
            coupon_id,
            booking_id: used.booking,
            folio_id: used.folio,
            posting_id: used.posting,
            amount: used.amount.into(),
            given_back: used.given_back.into(),
            standing: standing.into(),
            used_at: used.used_at,
        })
    }
}
