use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PromoCodeId, PropertyId};

use crate::model::PromoCodeRow;
use crate::schema::promo_codes;
use crate::{PromoCode, RatesError};

/// The promo codes of a property by code.
pub async fn promo_codes(
    tx: &TenantTx,
    property: PropertyId,
) -> Result<Vec<PromoCode>, RatesError> {
    let rows: Vec<PromoCodeRow> = promo_codes::table
        .filter(promo_codes::tenant_id.eq(tx.tenant()))
        .filter(promo_codes::property_id.eq(property))
        .order(promo_codes::code)
        .select(PromoCodeRow::as_select())
        .load(&mut tx.reading())
        .await?;
    let promo_codes = rows.into_iter().map(PromoCode::try_from);
    Ok(promo_codes.collect::<Result<_, _>>()?)
}

/// A promo code of a property.
pub async fn promo_code(
    tx: &mut TenantTx,
    property: PropertyId,
    id: PromoCodeId,
) -> Result<Option<PromoCode>, RatesError> {
    let found: Option<PromoCodeRow> = promo_codes::table
        .filter(promo_codes::tenant_id.eq(tx.tenant()))
        .filter(promo_codes::property_id.eq(property))
        .filter(promo_codes::id.eq(id))
        .select(PromoCodeRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found.map(PromoCode::try_from).transpose()?)
}
