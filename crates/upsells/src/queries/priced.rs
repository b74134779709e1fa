use chrono::{DateTime, Utc};
use motel_bookings::Effect;
use motel_db::TenantTx;
use motel_kernel::Money;
use motel_rates::{Offer, SearchRequest, SearchResult};
use motel_tenancy::Property;

use crate::{Offered, Priced, UpsellError, Wanted};

/// What an offer costs with a stay that is not booked yet, as a search says now. `package` is what the stay has already. `None` when
/// the house cannot sell it so, or when it costs nothing more.
pub async fn priced(
    tx: &TenantTx,
    property: &Property,
    wanted: &Wanted<'_>,
    package: Option<&str>,
    offered: &Offered,
    now: DateTime<Utc>,
) -> Result<Option<Priced>, UpsellError> {
    let request = SearchRequest {
        package: package.map(str::to_owned),
        ..SearchRequest::new(wanted.stay, wanted.party)
    };
    let found = motel_rates::queries::search(tx, property, &request, now).await;
    match found {
        Ok(found) => Ok(in_search(&found, wanted.room_type, offered)),
        // A stay that is refused altogether is sold with nothing.
        Err(error) if error.code() != "internal" => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The same, read off a search.
fn in_search(found: &SearchResult, room_type: &str, offered: &Offered) -> Option<Priced> {
    let room = |code: &str| found.offers.iter().find(|it| it.unit_group.code == code);
    let chosen = room(room_type)?;
    let (name, total) = match offered {
        Offered::Package(code) => with_package(chosen, code)?,
        Offered::Room(code) => {
            let other = room(code)?;
            (other.unit_group.name.clone(), other.total())
        }
    };
    dearer(name, chosen.total(), total)
}

/// The package under the plan that is cheapest with it: the one that it is booked under.
fn with_package(offer: &Offer, code: &str) -> Option<(String, Money)> {
    let packages = offer.plans().flat_map(|plan| &plan.packages);
    let cheapest = packages
        .filter(|package| package.code == code)
        .min_by_key(|package| package.total().minor())?;
    Some((cheapest.name.clone(), cheapest.total()))
}

/// What costs more; what does not is no offer on top.
fn dearer(name: String, before: Money, total: Money) -> Option<Priced> {
    let extra = total.minus(before).ok()?;
    (extra.minor() > 0).then_some(Priced { name, extra, total })
}

/// The same, read off a change of a stay that stands.
pub(crate) async fn priced_change(
    tx: &mut TenantTx,
    property: &Property,
    offered: &Offered,
    effect: &Effect,
) -> Result<Option<Priced>, UpsellError> {
    let name = match offered {
        Offered::Package(_) => {
            let sold = effect.reservation.price.package.as_ref();
            sold.map(|package| package.name.clone())
        }
        Offered::Room(code) => {
            let groups = motel_inventory::queries::unit_groups(tx, property.id).await?;
            let group = groups.into_iter().find(|group| group.code == *code);
            group.map(|group| group.name)
        }
    };
    Ok(name.and_then(|name| dearer(name, effect.price_before, effect.price_after)))
}
