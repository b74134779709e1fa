//! The demo motel, ready to be sold: feature `testing`.

use chrono::{Days, NaiveDate, Weekday};
use motel_db::TenantTx;
use motel_inventory::testing::{DemoRooms, demo_rooms};
use motel_inventory::{UnitGroup, commands::open_nights};
use motel_kernel::{BasisPoints, Money};
use motel_tenancy::Property;

use crate::commands::{put_group_rate, put_rate_plan};
use crate::{Derivation, RatePlan, RatePlanDetails, RateTerms, RatesError, Weekdays};

/// The three groups, ten units and twenty rates of the demo motel: $120, $180 and $140 a night in the property's
/// currency, 1.2 times that on Friday and Saturday nights, for 365 days from `today`, stays of 1 to 30 nights. The
/// first 90 nights are open for sale.
pub async fn demo_motel(
    tx: &mut TenantTx,
    property: &Property,
    today: NaiveDate,
) -> Result<DemoRooms, RatesError> {
    let rooms = demo_rooms(tx, property.id).await?;
    let (standard, _) = demo_plans(tx, property).await?;
    let prices: [(&UnitGroup, i64); 3] = [
        (&rooms.standard_queen, 12_000),
        (&rooms.king_suite, 18_000),
        (&rooms.pet_friendly, 14_000),
    ];
    for (group, amount_minor) in prices {
        let terms = RateTerms {
            amount: Money::new(amount_minor, property.currency),
            valid_from: today,
            valid_until: today + Days::new(365),
            min_nights: 1,
            max_nights: 30,
        };
        put_group_rate(tx, &standard, group, &terms).await?;
    }
    open_nights(tx, property.id, today, today + Days::new(90)).await?;
    Ok(rooms)
}

/// The plans `standard` and, derived from it, `weekend`.
pub async fn demo_plans(
    tx: &mut TenantTx,
    property: &Property,
) -> Result<(RatePlan, RatePlan), RatesError> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let standard = RatePlanDetails {
        code: "standard".to_owned(),
        name: "Standard rate".to_owned(),
        nights: Weekdays::of([Mon, Tue, Wed, Thu, Sun]).unwrap_or(Weekdays::ALL),
        derivation: None,
    };
    let standard = put_rate_plan(tx, property.id, standard).await?.row;
    let weekend = RatePlanDetails {
        code: "weekend".to_owned(),
        name: "Weekend rate".to_owned(),
        nights: Weekdays::of([Fri, Sat]).unwrap_or(Weekdays::ALL),
        derivation: BasisPoints::new(12_000).ok().map(|multiplier| Derivation {
            parent: standard.id,
            multiplier,
        }),
    };
    let weekend = put_rate_plan(tx, property.id, weekend).await?.row;
    Ok((standard, weekend))
}
