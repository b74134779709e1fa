use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_billing::LedgerAccount;
use motel_billing::commands::{Tender, post_tender};
use motel_db::TenantTx;

use super::locked::locked_coupon;
use super::redeem::Place;
use crate::rules::{NothingOff, worth};
use crate::schema::coupon_uses;
use crate::{CouponId, CouponRefusal, Voucher, VoucherError, VoucherUse, VoucherUseId, queries};

/// Uses a coupon on a booking; one that is on it already stays as it is.
pub(super) async fn redeem_coupon(
    tx: &mut TenantTx,
    id: CouponId,
    place: &Place,
) -> Result<VoucherUse, VoucherError> {
    let coupon = locked_coupon(tx, place.booking.property, id).await?;
    for used in queries::uses_on(tx, place.booking.id).await? {
        match used.voucher {
            _ if used.standing()?.is_zero() => {}
            Voucher::Coupon(other) if other == id => return Ok(used),
            Voucher::Coupon(_) => return Err(CouponRefusal::AnotherCoupon.into()),
            Voucher::GiftCard(_) => {}
        }
    }
    place.check_owed()?;
    let now = queries::circumstances(tx, id, &place.booking, place.owed, place.now).await?;
    let amount = worth(&coupon, &now)?;
    let used = VoucherUseId::fresh();
    let tender = Tender {
        account: LedgerAccount::coupon(&coupon.details.code),
        amount,
        description: coupon.title(),
        source: format!("coupon:{used}"),
    };
    let posted = post_tender(tx, &place.folio, tender, place.by.clone()).await?;
    diesel::insert_into(coupon_uses::table)
        .values((
            coupon_uses::tenant_id.eq(tx.tenant()),
            coupon_uses::id.eq(used),
            coupon_uses::coupon_id.eq(id),
            coupon_uses::booking_id.eq(place.booking.id),
            coupon_uses::folio_id.eq(place.folio.id),
            coupon_uses::posting_id.eq(posted.posting),
            coupon_uses::amount_minor.eq(amount.minor()),
            coupon_uses::currency.eq(amount.currency().code()),
            coupon_uses::used_at.eq(place.now),
        ))
        .execute(tx.conn())
        .await?;
    queries::voucher_use(tx, used).await
}

impl From<NothingOff> for VoucherError {
    fn from(why: NothingOff) -> Self {
        match why {
            NothingOff::Unusable(why) => Self::Unusable(why),
            NothingOff::NotForThis(why) => Self::NotForThis(why),
            NothingOff::Overflow(error) => Self::fault(error),
        }
    }
}
