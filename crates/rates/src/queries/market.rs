use motel_db::TenantTx;
use motel_inventory::queries::free_per_night;
use motel_kernel::StayDates;
use motel_tenancy::Property;

use super::rate_table;
use crate::RatesError;
use crate::rules::Market;

/// What a property has to sell on the nights of `window`; only `unit_group`, when one is asked for.
pub(crate) async fn market<'a>(
    tx: &mut TenantTx,
    property: &'a Property,
    window: StayDates,
    unit_group: Option<&str>,
) -> Result<Market<'a>, RatesError> {
    let mut groups = free_per_night(tx, property.id, window).await?;
    if let Some(code) = unit_group {
        let known: Vec<_> = groups.iter().map(|(group, _)| group.code.clone()).collect();
        groups.retain(|(group, _)| group.code == code);
        if groups.is_empty() {
            let code = code.to_owned();
            return Err(RatesError::UnknownUnitGroup { code, known });
        }
    }
    Ok(Market {
        property,
        groups,
        rates: rate_table(tx, property.id, window).await?,
    })
}
