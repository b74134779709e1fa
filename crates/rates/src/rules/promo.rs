use motel_kernel::RatePlanId;

use crate::{PriceRequest, PricingTable, PromoCode, Reason};

/// The promo code of a request, if it applies to the plan; otherwise everything against it.
pub(super) fn promo<'a>(
    table: &'a PricingTable,
    plan: RatePlanId,
    request: &PriceRequest<'_>,
) -> Result<Option<&'a PromoCode>, Vec<Reason>> {
    let Some(code) = request.promo else {
        return Ok(None);
    };
    let found = table.promo(code).filter(|promo| promo.details.active);
    let Some(promo) = found else {
        return Err(vec![Reason::PromoUnknown]);
    };
    let against = against(promo, plan, request);
    if against.is_empty() {
        Ok(Some(promo))
    } else {
        Err(against)
    }
}

fn against(promo: &PromoCode, plan: RatePlanId, request: &PriceRequest<'_>) -> Vec<Reason> {
    let details = &promo.details;
    let mut against = Vec::new();
    if !details.booking.contains(request.booked_on) {
        against.push(Reason::PromoNotNow {
            from: details.booking.from,
            until: details.booking.until,
        });
    }
    if !details.stay.holds(request.stay) {
        against.push(Reason::PromoOtherDates {
            from: details.stay.from,
            until: details.stay.until,
        });
    }
    if !details.rate_plans.is_empty() && !details.rate_plans.contains(&plan) {
        against.push(Reason::PromoOtherPlan);
    }
    if request.agreed.is_empty() && promo.used_up() {
        against.push(Reason::PromoUsedUp);
    }
    against
}
