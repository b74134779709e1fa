use motel_db::TenantTx;
use motel_tenancy::Property;
use motel_tenancy::commands::{PropertyDescription, describe_property, hold_property};

use super::offer::has_prices;
use crate::OnboardingError;

/// Says what a property is called, where it is, and by which clock and in which currency it works.
///
/// # Errors
/// [`OnboardingError::CurrencyInUse`]: something has a price already.
pub async fn describe_place(
    tx: &mut TenantTx,
    property: &Property,
    described: &PropertyDescription,
) -> Result<Property, OnboardingError> {
    // Nobody gives anything a price meanwhile.
    let property = hold_property(tx, property.id).await?;
    if described.currency != property.currency && has_prices(tx, property.id).await? {
        return Err(OnboardingError::CurrencyInUse);
    }
    Ok(describe_property(tx, property.id, described).await?)
}
