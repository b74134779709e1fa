use chrono::NaiveDate;
use motel_db::TenantTx;
use motel_inventory::queries::free_per_night;
use motel_kernel::StayDates;
use motel_tenancy::Property;

use super::pricing_table;
use crate::rules::Market;
use crate::{RatesError, SearchRequest};

/// What a property has to sell on the nights of `window`; only the group of the request, when it names one.
pub(crate) async fn market<'a>(
    tx: &mut TenantTx,
    property: &'a Property,
    request: &'a SearchRequest,
    window: StayDates,
    today: NaiveDate,
) -> Result<Market<'a>, RatesError> {
    let mut groups = free_per_night(tx, property.id, window).await?;
    if let Some(code) = request.unit_group.as_deref() {
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
        table: pricing_table(tx, property, window.arrival(), window.departure()).await?,
        request,
        today,
    })
}
