use motel_db::TenantTx;
use motel_inventory::UnitGroup;
use motel_kernel::{Party, RatePlanId};
use motel_rates::{
    NightPrice, PackageEffect, PriceRequest, PricingTable, Reason, SoldPackage, StayPrice,
    Unpriced, price_stay, price_with_package,
};

use super::occasion::Occasion;
use crate::{BookingError, QuotedStay, Reservation, StayRequest};

/// Which nights of a standing stay keep their price when something changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreed {
    /// Those that were slept, and the others as long as nothing but the dates changes.
    UnlessChanged,
    /// All of them, whatever changes.
    Always,
}

/// What a standing stay costs once it is as it is wished. Nights that were agreed keep their price: all that stay when
/// only the dates change, and in any case those that were slept. The others have today's price; fees and taxes are
/// reckoned anew. A package that was agreed stays as it was agreed, and takes something off new nights as long as it is
/// for them.
pub(super) async fn reprice(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    stay: &Reservation,
    wish: StayRequest,
    keep: Agreed,
) -> Result<QuotedStay, BookingError> {
    let property = occasion.property;
    let group = unit_group(tx, occasion, &wish.unit_group).await?;
    fits(&group, wish.party)?;
    let code = wish
        .rate_plan
        .as_deref()
        .unwrap_or(&stay.rate_plan)
        .to_owned();
    let plan = motel_rates::queries::rate_plan_by_code(tx, property.id, &code).await?;
    let unchanged = keep == Agreed::Always || only_dates(stay, &wish, &group, &code);
    let nights = stay.price.nights.iter().cloned();
    let agreed: Vec<NightPrice> = nights
        .filter(|night| unchanged || night.date < occasion.today)
        .collect();
    // A plan that is gone prices no new night; what was agreed under it stands.
    let plan = plan.map_or_else(RatePlanId::new, |plan| plan.id);
    let market = motel_rates::queries::market(tx, property, wish.dates).await?;
    let request = PriceRequest {
        unit_group: group.id,
        rate_plan: plan,
        stay: wish.dates,
        party: wish.party,
        child_ages: &wish.child_ages,
        promo: wish.promo.as_deref(),
        booked_on: occasion.now.with_timezone(&property.timezone).date_naive(),
        agreed: &agreed,
    };
    let price = price_stay(market.table(), &request).map_err(why_not)?;
    let had = stay.price.package.as_ref();
    let price = match wish.package.as_deref() {
        Some(code) => with_package(market.table(), &request, code, had, price)?,
        None => price,
    };
    let begun = stay.dates.arrival() < occasion.today || stay.checked_in_at.is_some();
    let who = (wish.dates, wish.party, wish.child_ages.as_slice());
    let terms = match begun {
        true => stay.terms.clone(),
        false => market
            .terms(plan, who, &price, occasion.now)
            .map_err(BookingError::fault)?,
    };
    Ok(QuotedStay {
        unit_group: group.id,
        rate_plan: code,
        request: wish,
        price,
        terms,
    })
}

/// Whether nothing but the dates is to be different.
fn only_dates(stay: &Reservation, wish: &StayRequest, group: &UnitGroup, plan: &str) -> bool {
    group.id == stay.unit_group
        && plan == stay.rate_plan
        && wish.party == stay.party
        && wish.child_ages == stay.child_ages
        && wish.promo == stay.promo
        && wish.package.as_deref() == stay.package_code()
}

/// The price with the package the stay has, as it was agreed, or with one wished for instead, as it is today.
fn with_package(
    table: &PricingTable,
    request: &PriceRequest<'_>,
    code: &str,
    had: Option<&SoldPackage>,
    price: StayPrice,
) -> Result<StayPrice, BookingError> {
    let offered = table.package(code);
    let against = match offered {
        Some(package) => package.against(request.rate_plan, request.stay, request.booked_on),
        None => vec![Reason::PackageUnknown],
    };
    let sold = match (had.filter(|had| had.code == code), offered) {
        (Some(had), _) => had.clone(),
        (None, Some(package)) if against.is_empty() => package.sold(),
        _ => return Err(not_with_package(&against)),
    };
    let takes_off = matches!(sold.effect, PackageEffect::Discount { .. });
    if takes_off && !against.is_empty() {
        return Ok(StayPrice {
            package: Some(sold),
            ..price
        });
    }
    price_with_package(&sold, price, table, request).map_err(BookingError::fault)
}

fn not_with_package(against: &[Reason]) -> BookingError {
    match against.first() {
        Some(reason) => BookingError::NotOffered {
            field: "package",
            code: reason.code(),
            reason: reason.to_string(),
        },
        None => BookingError::fault("refused without a reason"),
    }
}

async fn unit_group(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    code: &str,
) -> Result<UnitGroup, BookingError> {
    let groups = motel_inventory::queries::unit_groups(tx, occasion.property.id).await?;
    let found = groups.into_iter().find(|group| group.code == code);
    found.ok_or_else(|| BookingError::UnknownUnitGroup(format!("there is no room type {code:?}")))
}

fn fits(group: &UnitGroup, party: Party) -> Result<(), BookingError> {
    let refuse = |code, reason: String| {
        Err(BookingError::NotOffered {
            field: "party",
            code,
            reason,
        })
    };
    if i16::from(party.guests()) > group.max_guests {
        let most = group.max_guests;
        return refuse(
            "too_many_guests",
            format!("the room sleeps at most {most} people"),
        );
    }
    if i16::from(party.adults()) > group.max_adults {
        let most = group.max_adults;
        return refuse(
            "too_many_adults",
            format!("the room takes at most {most} adults"),
        );
    }
    if party.pets() > 0 && !group.pets_allowed {
        return refuse("pets_not_allowed", "the room takes no pets".to_owned());
    }
    Ok(())
}

fn why_not(unpriced: Unpriced) -> BookingError {
    match unpriced {
        Unpriced::Refused(reasons) => match reasons.into_iter().next() {
            Some(reason) => BookingError::NotOffered {
                field: "check_out",
                code: reason.code(),
                reason: reason.to_string(),
            },
            None => BookingError::fault("refused without a reason"),
        },
        Unpriced::Money(error) => BookingError::fault(error),
    }
}
