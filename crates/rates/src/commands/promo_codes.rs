use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PromoCodeId, PropertyId};

use super::refusal::{refusal, same_version};
use crate::model::{PromoCodeColumns, PromoCodeRow};
use crate::queries::promo_code;
use crate::schema::promo_codes;
use crate::{PromoCode, PromoCodeDetails, RatesError};

/// Makes a promo code.
///
/// # Errors
/// [`RatesError::CodeTaken`]
pub async fn create_promo_code(
    tx: &mut TenantTx,
    property: PropertyId,
    details: PromoCodeDetails,
) -> Result<PromoCode, RatesError> {
    let promo = PromoCode {
        id: PromoCodeId::new(),
        property_id: property,
        details: spelt(details),
        uses: 0,
        version: 1,
    };
    let row = PromoCodeRow::new(tx.tenant(), &promo);
    diesel::insert_into(promo_codes::table)
        .values(row)
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, "promo code", &promo.details.code))?;
    Ok(promo)
}

/// Makes a promo code say something else. With `expected` only if that is still its version.
///
/// # Errors
/// [`RatesError::Unknown`], [`RatesError::Stale`], [`RatesError::CodeTaken`]
pub async fn change_promo_code(
    tx: &mut TenantTx,
    property: PropertyId,
    id: PromoCodeId,
    details: PromoCodeDetails,
    expected: Option<i32>,
) -> Result<PromoCode, RatesError> {
    let found = locked(tx, property, id).await?;
    same_version(expected, found.version)?;
    let promo = PromoCode {
        details: spelt(details),
        version: found.version + 1,
        ..found
    };
    let columns = PromoCodeColumns::from(promo.details.clone());
    diesel::update(promo_codes::table)
        .filter(promo_codes::tenant_id.eq(tx.tenant()))
        .filter(promo_codes::id.eq(id))
        .set((
            columns,
            promo_codes::version.eq(promo.version),
            promo_codes::updated_at.eq(diesel::dsl::now),
        ))
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, "promo code", &promo.details.code))?;
    Ok(promo)
}

/// Removes a promo code.
///
/// # Errors
/// [`RatesError::Unknown`], [`RatesError::Stale`]; [`RatesError::InUse`] while a booking uses it.
pub async fn remove_promo_code(
    tx: &mut TenantTx,
    property: PropertyId,
    id: PromoCodeId,
    expected: Option<i32>,
) -> Result<(), RatesError> {
    let found = locked(tx, property, id).await?;
    same_version(expected, found.version)?;
    diesel::delete(promo_codes::table)
        .filter(promo_codes::tenant_id.eq(tx.tenant()))
        .filter(promo_codes::id.eq(id))
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, "promo code", &found.details.code))?;
    Ok(())
}

fn spelt(details: PromoCodeDetails) -> PromoCodeDetails {
    PromoCodeDetails {
        code: PromoCode::spelling(&details.code),
        ..details
    }
}

/// The promo code, which nobody else uses or changes until the transaction ends.
async fn locked(
    tx: &mut TenantTx,
    property: PropertyId,
    id: PromoCodeId,
) -> Result<PromoCode, RatesError> {
    promo_codes::table
        .filter(promo_codes::tenant_id.eq(tx.tenant()))
        .filter(promo_codes::id.eq(id))
        .for_update()
        .select(promo_codes::id)
        .first::<PromoCodeId>(tx.conn())
        .await
        .optional()?;
    let found = promo_code(tx, property, id).await?;
    found.ok_or(RatesError::Unknown { what: "promo code" })
}
