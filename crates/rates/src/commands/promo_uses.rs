use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingId, PromoCodeId, PropertyId};

use crate::schema::{promo_codes as codes, promo_uses as uses};
use crate::{PromoCode, RatesError, Reason};

/// Counts that a booking uses a promo code, when it is confirmed. Once per booking, however often it is called; of two
/// bookings at the last use one wins, for the code's row is locked until the transaction ends.
///
/// # Errors
/// [`RatesError::Promo`] with [`Reason::PromoUsedUp`] or [`Reason::PromoUnknown`].
pub async fn use_promo(
    tx: &mut TenantTx,
    property: PropertyId,
    code: &str,
    booking: BookingId,
) -> Result<(), RatesError> {
    let locked: Option<(PromoCodeId, bool, Option<i32>, i32)> = codes::table
        .filter(codes::tenant_id.eq(tx.tenant()))
        .filter(codes::property_id.eq(property))
        .filter(codes::code.eq(PromoCode::spelling(code)))
        .for_update()
        .select((codes::id, codes::active, codes::max_uses, codes::uses))
        .first(tx.conn())
        .await
        .optional()?;
    let Some((id, active, most, used)) = locked else {
        return Err(RatesError::Promo(Reason::PromoUnknown));
    };
    let fresh = diesel::insert_into(uses::table)
        .values((
            uses::tenant_id.eq(tx.tenant()),
            uses::promo_code_id.eq(id),
            uses::booking_id.eq(booking),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    if fresh == 0 {
        return Ok(());
    }
    if !active {
        return Err(RatesError::Promo(Reason::PromoUnknown));
    }
    if most.is_some_and(|most| used >= most) {
        return Err(RatesError::Promo(Reason::PromoUsedUp));
    }
    count(tx, id, 1).await
}

/// Gives back what [`use_promo`] counted, when a booking is cancelled as a whole. A booking that used no such code gives
/// nothing back. True when there was a use.
pub async fn give_back_promo(
    tx: &mut TenantTx,
    property: PropertyId,
    code: &str,
    booking: BookingId,
) -> Result<bool, RatesError> {
    let locked: Option<PromoCodeId> = codes::table
        .filter(codes::tenant_id.eq(tx.tenant()))
        .filter(codes::property_id.eq(property))
        .filter(codes::code.eq(PromoCode::spelling(code)))
        .for_update()
        .select(codes::id)
        .first(tx.conn())
        .await
        .optional()?;
    let Some(id) = locked else {
        return Ok(false);
    };
    let given_back = diesel::delete(uses::table)
        .filter(uses::tenant_id.eq(tx.tenant()))
        .filter(uses::promo_code_id.eq(id))
        .filter(uses::booking_id.eq(booking))
        .execute(tx.conn())
        .await?;
    if given_back > 0 {
        count(tx, id, -1).await?;
    }
    Ok(given_back > 0)
}

async fn count(tx: &mut TenantTx, id: PromoCodeId, by: i32) -> Result<(), RatesError> {
    diesel::update(codes::table)
        .filter(codes::tenant_id.eq(tx.tenant()))
        .filter(codes::id.eq(id))
        .set(codes::uses.eq(codes::uses + by))
        .execute(tx.conn())
        .await?;
    Ok(())
}
