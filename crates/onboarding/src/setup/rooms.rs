use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use motel_db::TenantTx;
use motel_inventory::commands::{open_nights, put_unit, put_unit_group};
use motel_inventory::queries::{unit_group_by_code, unit_groups, units_of_property};
use motel_inventory::{InventoryError, UnitDetails, UnitGroup, UnitGroupDetails};
use motel_kernel::Money;
use motel_rates::commands::{PriceEdit, create_rate_plan, edit_prices};
use motel_rates::{NightRange, RatePlan, RatePlanDetails, Weekdays};
use motel_tenancy::commands::hold_property;
use motel_tenancy::{Property, plain_words};

use crate::OnboardingError;

/// The most rooms of a type that are made at once.
pub const MOST_ROOMS: u16 = 200;

/// So many nights ahead are opened for sale and have the price.
const OPEN_DAYS: u64 = 730;

/// The number of the first room of a property.
const FIRST_NUMBER: u32 = 101;

/// The longest code of a room type.
const LONGEST_CODE: usize = 40;

/// Rooms that a guest takes for each other, and what a night in one costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomOffer {
    /// What guests call the type: 1 to 80 characters.
    pub name: String,
    /// How many there are: 1 to [`MOST_ROOMS`].
    pub count: u16,
    /// How many people sleep in one: 1 to 40.
    pub sleeps: i16,
    /// The beds in words, at most 120 characters; may be empty.
    pub beds: String,
    /// What a night costs, in the property's currency.
    pub price: Money,
}

/// Makes a room type with its rooms, priced and open for sale from today on: it can be booked at once. Two who offer
/// rooms of one property take turns, so that the second sees the first one's.
///
/// # Errors
/// [`OnboardingError::RoomTypeTaken`]; [`OnboardingError::CurrencyChanged`].
pub async fn offer_rooms(
    tx: &mut TenantTx,
    property: &Property,
    offer: &RoomOffer,
    today: NaiveDate,
) -> Result<UnitGroup, OnboardingError> {
    let property = &hold_property(tx, property.id).await?;
    if offer.price.currency() != property.currency {
        return Err(OnboardingError::CurrencyChanged);
    }
    let code = code(&offer.name);
    if unit_group_by_code(tx, property.id, &code).await?.is_some() {
        return Err(OnboardingError::RoomTypeTaken);
    }
    let sort = unit_groups(tx, property.id).await?.len();
    let details = details(offer, code, i16::try_from(sort).unwrap_or(i16::MAX));
    let group = put_unit_group(tx, property.id, details).await?.row;
    for number in free_numbers(tx, property, offer.count).await? {
        put_unit(tx, &group, unit(number)).await?;
    }
    let until = today + Days::new(OPEN_DAYS);
    open_nights(tx, property.id, today, until).await?;
    let plan = plan(tx, property).await?;
    let nights = NightRange::new(today, until, Weekdays::ALL);
    let nights = nights.map_err(|_| InventoryError::InvalidRange)?;
    let price = PriceEdit::Set(offer.price.minor());
    edit_prices(tx, &plan, &[group.id], nights, price).await?;
    Ok(group)
}

fn details(offer: &RoomOffer, code: String, sort: i16) -> UnitGroupDetails {
    UnitGroupDetails {
        code,
        name: offer.name.clone(),
        description: String::new(),
        max_guests: offer.sleeps,
        max_adults: offer.sleeps,
        pets_allowed: false,
        beds: offer.beds.clone(),
        size_sqft: None,
        amenities: Vec::new(),
        sort,
    }
}

fn unit(number: u32) -> UnitDetails {
    UnitDetails {
        number: number.to_string(),
        floor: i16::try_from(number / 100).unwrap_or(1),
        accessible: false,
        note: String::new(),
    }
}

/// The plan that prices are of: the first one with prices of its own, or a new one.
async fn plan(tx: &mut TenantTx, property: &Property) -> Result<RatePlan, OnboardingError> {
    let plans = motel_rates::queries::rate_plans(tx, property.id).await?;
    let own = |plan: &RatePlan| plan.details.active && plan.details.derivation.is_none();
    match plans.into_iter().find(own) {
        Some(plan) => Ok(plan),
        None => {
            let details = RatePlanDetails::new("standard", "Standard rate");
            Ok(create_rate_plan(tx, property.id, details).await?)
        }
    }
}

async fn free_numbers(
    tx: &mut TenantTx,
    property: &Property,
    count: u16,
) -> Result<Vec<u32>, OnboardingError> {
    let units = units_of_property(tx, property.id).await?;
    let taken: BTreeSet<u32> = units
        .iter()
        .filter_map(|unit| unit.number.parse().ok())
        .collect();
    Ok(first_free(&taken, count))
}

fn first_free(taken: &BTreeSet<u32>, count: u16) -> Vec<u32> {
    (FIRST_NUMBER..)
        .filter(|number| !taken.contains(number))
        .take(count.into())
        .collect()
}

/// The word programs use, made of what guests read: a letter first, then letters, digits and underscores.
fn code(name: &str) -> String {
    let words = plain_words(name).join("_");
    let begins_well = words.starts_with(|letter: char| letter.is_ascii_lowercase());
    let word = if begins_well {
        words
    } else {
        format!("room_{words}")
    };
    let short: String = word.chars().take(LONGEST_CODE).collect();
    short.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_words_for_programs_whatever_guests_read() {
        for (name, expected) in [
            ("Standard Queen", "standard_queen"),
            ("Größe 2", "grosse_2"),
            ("2 Betten", "room_2_betten"),
            ("★", "room"),
        ] {
            assert_eq!(code(name), expected, "{name}");
        }
        assert!(code(&"very ".repeat(16)).len() <= LONGEST_CODE);
    }

    #[test]
    fn rooms_are_numbered_on_and_no_number_is_given_twice() {
        assert_eq!(first_free(&BTreeSet::new(), 3), [101, 102, 103]);
        let taken = BTreeSet::from([101, 103]);
        assert_eq!(first_free(&taken, 2), [102, 104]);
    }
}
