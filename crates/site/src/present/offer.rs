use motel_inventory::UnitGroup;
use motel_kernel::{Money, StayDates};
use motel_rates::{Alternative as Dates, Offer, SearchRequest, SearchResult};
use motel_tenancy::Property;
use motel_web::words;

use super::lines;
use crate::input::StayQuery;
use crate::view::{Alternative, Nothing, OfferView, Offers, Room};

/// From so few rooms on, guests are told how many are left.
const FEW: u32 = 2;

/// Every room, with the lowest price of a night where one is known.
pub(crate) fn showcase(
    groups: &[UnitGroup],
    lowest: impl Fn(&UnitGroup) -> Option<Money>,
) -> Vec<Room> {
    let priced = groups.iter().map(|group| Room {
        from_price: lowest(group).map(|price| price.to_string()),
        ..room(group)
    });
    priced.collect()
}

/// The rooms that are free.
pub(crate) fn offers(
    request: &SearchRequest,
    found: &SearchResult,
    base: &str,
    property: &Property,
) -> Offers {
    let rooms = found.offers.iter().map(|offer| Room {
        offer: Some(offer_view(offer, request, base, property)),
        ..room(&offer.unit_group)
    });
    Offers {
        stay: spelled(request.stay),
        party: words::party(request.party),
        rooms: rooms.collect(),
    }
}

/// Why nothing is free, and when something is.
pub(crate) fn nothing(
    request: &SearchRequest,
    found: &SearchResult,
    others: &[Dates],
    home: &str,
) -> Nothing {
    let alternatives = others.iter().map(|other| {
        let from = other
            .offers
            .iter()
            .map(|offer| offer.total())
            .min_by_key(|total| total.minor());
        let price = from
            .map(|total| format!(", from {total}"))
            .unwrap_or_default();
        let query = StayQuery {
            unit_group: request.unit_group.as_deref(),
            ..StayQuery::new(other.stay, request.party)
        };
        Alternative {
            label: format!("{}{price}", words::range(other.stay)),
            href: format!("{home}?{}#rooms", query.encode()),
        }
    });
    Nothing {
        stay: spelled(request.stay),
        reason: found.why_nothing().unwrap_or_default(),
        alternatives: alternatives.collect(),
    }
}

fn room(group: &UnitGroup) -> Room {
    Room {
        code: group.code.clone(),
        name: group.name.clone(),
        description: group.description.clone(),
        beds: group.beds.clone(),
        sleeps: u32::from(group.max_guests.unsigned_abs()),
        size_sqft: group.size_sqft.and_then(|size| u32::try_from(size).ok()),
        amenities: group.amenities.clone(),
        from_price: None,
        offer: None,
    }
}

fn offer_view(
    offer: &Offer,
    request: &SearchRequest,
    base: &str,
    property: &Property,
) -> OfferView {
    let left = offer.available_count;
    let query = StayQuery {
        unit_group: Some(&offer.unit_group.code),
        ..StayQuery::new(request.stay, request.party)
    };
    OfferView {
        few_left: (left <= FEW).then(|| format!("Only {left} left")),
        for_nights: format!("for {}", words::count(request.stay.night_count(), "night")),
        lines: lines(offer.price(), property),
        total: offer.total().to_string(),
        book_href: format!("{base}/book?{}", query.encode()),
    }
}

fn spelled(stay: StayDates) -> String {
    format!(
        "{} to {}",
        words::short_day(stay.arrival()),
        words::short_day(stay.departure())
    )
}
