use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::Money;
use motel_rates::Reason;
use motel_tenancy::Property;

use crate::{BookingError, QuotedStay, StayRequest};

/// Today's price and terms of a stay, when it can be sold.
pub(crate) async fn price(
    tx: &TenantTx,
    property: &Property,
    request: &StayRequest,
    now: DateTime<Utc>,
) -> Result<QuotedStay, BookingError> {
    let found = motel_rates::queries::search(tx, property, &request.search(), now).await?;
    let Some(offer) = found.offers.into_iter().next() else {
        return Err(why_not(found.unavailable, request));
    };
    let unit_group = offer.unit_group.id;
    let plan = offer.into_cheapest();
    Ok(QuotedStay {
        request: request.clone(),
        unit_group,
        rate_plan: plan.code,
        price: plan.price,
        terms: plan.terms,
    })
}

/// What some stays cost together.
pub(crate) fn total(property: &Property, stays: &[QuotedStay]) -> Result<Money, BookingError> {
    Money::total(stays.iter().map(|stay| stay.price.total), property.currency)
        .map_err(BookingError::fault)
}

fn why_not(unavailable: Vec<motel_rates::Unavailable>, request: &StayRequest) -> BookingError {
    match unavailable.into_iter().next().map(|refused| refused.reason) {
        Some(Reason::SoldOut { night }) => BookingError::SoldOut { night },
        Some(reason) => BookingError::NotOffered {
            field: match reason {
                Reason::PackageUnknown
                | Reason::PackageNotNow { .. }
                | Reason::PackageOtherDates { .. }
                | Reason::PackageOtherPlan => "package",
                Reason::PromoUnknown
                | Reason::PromoNotNow { .. }
                | Reason::PromoOtherDates { .. }
                | Reason::PromoOtherPlan
                | Reason::PromoUsedUp => "promo",
                _ => "room_type",
            },
            code: reason.code(),
            reason: reason.to_string(),
        },
        None => BookingError::UnknownUnitGroup(format!(
            "there is no room type {:?}",
            request.unit_group
        )),
    }
}
