//! The demo motel, ready to be sold: feature `testing`.

use chrono::{Days, NaiveDate};
use motel_db::TenantTx;
use motel_inventory::testing::{DemoRooms, demo_rooms};
use motel_inventory::{UnitGroup, commands::open_nights};
use motel_tenancy::Property;

use crate::commands::{PriceEdit, RestrictionEdit, edit_prices, edit_restrictions, put_rate_plan};
use crate::{
    NightRange, RatePlan, RatePlanDetails, RatesError, RestrictionKind, RestrictionScope, Weekdays,
};

/// How many nights of the demo motel have a price.
const PRICED_NIGHTS: u64 = 365;
/// How many of them are open for sale.
const OPEN_NIGHTS: u64 = 90;

/// The three groups, ten units and one plan of the demo motel: $120, $180 and $140 a night in the property's currency, 1.2
/// times that on Friday and Saturday nights, for 365 days from `today`, stays of at most 30 nights. The first 90 nights
/// are open for sale.
pub async fn demo_motel(
    tx: &mut TenantTx,
    property: &Property,
    today: NaiveDate,
) -> Result<DemoRooms, RatesError> {
    let rooms = demo_rooms(tx, property.id).await?;
    let standard = demo_plan(tx, property).await?;
    let prices: [(&UnitGroup, i64); 3] = [
        (&rooms.standard_queen, 12_000),
        (&rooms.king_suite, 18_000),
        (&rooms.pet_friendly, 14_000),
    ];
    let until = today + Days::new(PRICED_NIGHTS);
    let Ok(year) = NightRange::new(today, until, Weekdays::ALL) else {
        return Ok(rooms);
    };
    for (group, amount_minor) in prices {
        let price = PriceEdit::Set(amount_minor);
        edit_prices(tx, &standard, &[group.id], year, price).await?;
    }
    let longest = RestrictionEdit {
        kind: RestrictionKind::MaxStayThrough,
        value: Some(30),
    };
    let everywhere = RestrictionScope::default();
    edit_restrictions(tx, property.id, everywhere, year, &[longest]).await?;
    open_nights(tx, property.id, today, today + Days::new(OPEN_NIGHTS)).await?;
    Ok(rooms)
}

/// The plan `standard`, a fifth dearer on Friday and Saturday nights.
pub async fn demo_plan(tx: &mut TenantTx, property: &Property) -> Result<RatePlan, RatesError> {
    let standard = RatePlanDetails {
        weekday_changes: [0, 0, 0, 0, 2_000, 2_000, 0],
        ..RatePlanDetails::new("standard", "Standard rate")
    };
    Ok(put_rate_plan(tx, property.id, standard).await?.row)
}
