use chrono::{DateTime, NaiveDate, Utc};
use motel_db::TenantTx;
use motel_kernel::{ReservationId, StayDates};
use motel_tenancy::Property;

use super::add::next_ordinal;
use super::change;
use super::claims;
use super::make;
use super::occasion::Occasion;
use super::reprice::{Agreed, reprice};
use crate::rules::ReservationAction;
use crate::{
    BookingError, By, Effect, Reservation, ReservationChanged, ReservationEventKind,
    ReservationStatus, StayRequest,
};

/// Parts a stay in two that follow each other: the first ends on `at`, the second begins then. Both keep the room type,
/// the plan, the party and the agreed nights; each has its own fees and taxes, unit and future. The second one is
/// confirmed, also when the guest is in the house already. Answers the effects on both.
///
/// # Errors
/// [`BookingError::NotOffered`] when `at` lies outside the stay, or in its past.
pub async fn split(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    at: NaiveDate,
    by: &By,
    now: DateTime<Utc>,
) -> Result<(Effect, Effect), BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let stay = change::lock(tx, id, expected, |seen| Some((seen.unit_group, seen.dates))).await?;
    change::permit(tx, &occasion, ReservationAction::Split, &stay, false).await?;
    let (first, second) = parts(&occasion, &stay, at)?;
    let groups = motel_inventory::queries::unit_groups(tx, property.id).await?;
    let code = groups.iter().find(|group| group.id == stay.unit_group);
    let code = code.map(|group| group.code.clone()).unwrap_or_default();
    let request = |dates| StayRequest {
        dates,
        party: stay.party,
        unit_group: code.clone(),
        rate_plan: Some(stay.rate_plan.clone()),
        promo: stay.promo.clone(),
        package: stay.package_code().map(str::to_owned),
        child_ages: stay.child_ages.clone(),
    };
    let before = reprice(tx, &occasion, &stay, request(first), Agreed::UnlessChanged).await?;
    let after = reprice(tx, &occasion, &stay, request(second), Agreed::UnlessChanged).await?;
    let kind = ReservationEventKind::Split;
    let shorter = Reservation {
        dates: first,
        price: before.price,
        terms: before.terms,
        ..stay.clone()
    };
    let first = change::apply(tx, &occasion, &stay, shorter, kind).await?;
    motel_jobs::publish(tx, &ReservationChanged::from(&first.reservation)).await?;
    claims::take(tx, vec![(stay.unit_group, second)]).await?;
    let ordinal = next_ordinal(tx, stay.booking).await?;
    let rest = Reservation {
        unit: stay.unit,
        pinned: stay.pinned,
        status: ReservationStatus::Confirmed,
        ..make::reservation(&occasion, stay.booking, ordinal, after, None)
    };
    let rest = make::write(tx, &occasion, rest, kind).await?;
    motel_jobs::publish(tx, &ReservationChanged::from(&rest)).await?;
    Ok((first, Effect::between(None, rest, occasion.today)))
}

fn parts(
    occasion: &Occasion<'_>,
    stay: &Reservation,
    at: NaiveDate,
) -> Result<(StayDates, StayDates), BookingError> {
    let first = StayDates::new(stay.dates.arrival(), at);
    let second = StayDates::new(at, stay.dates.departure());
    match (first, second) {
        (Ok(first), Ok(second)) if at >= occasion.today => Ok((first, second)),
        _ => Err(BookingError::NotOffered {
            field: "at",
            code: "invalid_split",
            reason: "a stay is parted on a day between arrival and departure that is not over"
                .to_owned(),
        }),
    }
}
