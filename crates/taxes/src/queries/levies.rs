use futures::try_join;
use motel_db::TenantTx;
use motel_tenancy::Property;

use super::{fees, taxes};
use crate::model::{settings_pet_fee, settings_tax};
use crate::{Levies, TaxesError};

/// What a property charges on top of the nights and what they hold already: its rows, or what stands in its settings
/// where it has none of a kind.
pub async fn levies(tx: &TenantTx, property: &Property) -> Result<Levies, TaxesError> {
    let (mut taxes, mut fees) = try_join!(taxes(tx, property.id), fees(tx, property.id))?;
    let taxes: Vec<_> = match taxes.as_slice() {
        [] => settings_tax(property).into_iter().collect(),
        _ => taxes.drain(..).map(|tax| tax.details).collect(),
    };
    let fees: Vec<_> = match fees.as_slice() {
        [] => settings_pet_fee(property).into_iter().collect(),
        _ => fees.drain(..).map(|fee| fee.details).collect(),
    };
    Ok(Levies::new(property.currency, taxes, fees)?)
}
