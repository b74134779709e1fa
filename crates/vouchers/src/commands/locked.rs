//! Gift cards and coupons are locked last: after the folios on which they are used, and coupons before gift cards.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use crate::schema::{coupons, gift_cards};
use crate::{Coupon, CouponId, GiftCard, GiftCardId, VoucherError, queries};

/// A gift card on which nobody else moves anything until the transaction ends.
pub(super) async fn locked_gift_card(
    tx: &mut TenantTx,
    id: GiftCardId,
) -> Result<GiftCard, VoucherError> {
    let row = gift_cards::table.find((tx.tenant(), id));
    row.select(gift_cards::id)
        .for_no_key_update()
        .first::<GiftCardId>(tx.conn())
        .await
        .optional()?;
    // In a statement of its own, so with what was committed before it was ours.
    queries::gift_card(tx, id).await
}

/// A coupon which nobody else uses or changes until the transaction ends.
pub(super) async fn locked_coupon(
    tx: &mut TenantTx,
    property: PropertyId,
    id: CouponId,
) -> Result<Coupon, VoucherError> {
    let row = coupons::table.find((tx.tenant(), id));
    row.select(coupons::id)
        .for_no_key_update()
        .first::<CouponId>(tx.conn())
        .await
        .optional()?;
    queries::coupon(tx, property, id).await
}
