use motel_kernel::{BasisPoints, Currency, Money};
use motel_tenancy::Tax;

use super::travel::travel_line;
use crate::{
    AppointmentError, AppointmentPrice, LineKind, PriceBasis, PriceLine, Refusal, Service, TaxPart,
    WantedAddOn, Wishes,
};

/// What a service costs with all that is wanted of it, or why it can't be had in that way.
///
/// Lines in this order: the service, add-ons as they were asked for, what is missing to the minimum spend (travel does not
/// count towards it), travel. The property's tax is taken once, on all of them together, and rounded half away from zero;
/// so is the deposit, a share of the total.
///
/// # Errors
/// A [`Refusal`], or an amount that does not fit.
pub fn price_appointment(
    service: &Service,
    wishes: &Wishes,
    tax: &Tax,
) -> Result<AppointmentPrice, AppointmentError> {
    check_guests(service, wishes.guests)?;
    let currency = service.currency;
    let mut lines = vec![service_line(service, wishes.guests)?];
    for wanted in &wishes.add_ons {
        lines.push(add_on_line(service, wanted, wishes.guests)?);
    }
    let spent = Money::total(lines.iter().map(|line| line.amount), currency)?;
    lines.extend(minimum_line(service, spent)?);
    if let Some(travel) = &service.details.travel {
        lines.push(travel_line(travel, wishes.destination.as_ref(), currency)?);
    }
    let subtotal = Money::total(lines.iter().map(|line| line.amount), currency)?;
    let tax = tax_part(tax, subtotal)?;
    let total = if tax.included {
        subtotal
    } else {
        subtotal.plus(tax.amount)?
    };
    let deposit =
        BasisPoints::new(service.details.deposit_basis_points).map_err(AppointmentError::fault)?;
    Ok(AppointmentPrice {
        deposit: total.share(deposit)?,
        lines,
        subtotal,
        tax,
        total,
    })
}

fn check_guests(service: &Service, guests: u32) -> Result<(), Refusal> {
    let details = &service.details;
    if guests < details.min_guests {
        return Err(Refusal::TooFewGuests(details.min_guests));
    }
    if guests > details.max_guests {
        return Err(Refusal::TooManyGuests(details.max_guests));
    }
    Ok(())
}

fn service_line(service: &Service, guests: u32) -> Result<PriceLine, AppointmentError> {
    let details = &service.details;
    let quantity = match details.price_basis {
        PriceBasis::PerGuest => guests,
        PriceBasis::PerSession => 1,
    };
    line(
        LineKind::Service,
        &details.code,
        &details.name,
        Money::new(details.price_minor, service.currency),
        quantity,
    )
}

fn add_on_line(
    service: &Service,
    wanted: &WantedAddOn,
    guests: u32,
) -> Result<PriceLine, AppointmentError> {
    let offered = service.details.add_ons.iter();
    let add_on = offered
        .clone()
        .find(|add_on| add_on.code == wanted.code)
        .ok_or_else(|| Refusal::UnknownAddOn(wanted.code.clone()))?;
    let (usual, most) = match add_on.basis {
        PriceBasis::PerGuest => (guests, guests),
        PriceBasis::PerSession => (1, add_on.most),
    };
    let quantity = wanted.quantity.unwrap_or(usual);
    if quantity > most {
        let code = wanted.code.clone();
        return Err(Refusal::TooManyAddOns { code, most }.into());
    }
    line(
        LineKind::AddOn,
        &add_on.code,
        &add_on.name,
        Money::new(add_on.price_minor, service.currency),
        quantity,
    )
}

fn minimum_line(service: &Service, spent: Money) -> Result<Option<PriceLine>, AppointmentError> {
    let least = Money::new(service.details.minimum_spend_minor, service.currency);
    let missing = least.minus(spent)?;
    if missing.minor() <= 0 {
        return Ok(None);
    }
    line(
        LineKind::MinimumSpend,
        "minimum_spend",
        "Minimum spend",
        missing,
        1,
    )
    .map(Some)
}

pub(super) fn line(
    kind: LineKind,
    code: &str,
    description: &str,
    unit: Money,
    quantity: u32,
) -> Result<PriceLine, AppointmentError> {
    Ok(PriceLine {
        kind,
        code: code.to_owned(),
        description: description.to_owned(),
        unit,
        quantity,
        amount: unit.times(quantity.into())?,
    })
}

fn tax_part(tax: &Tax, subtotal: Money) -> Result<TaxPart, AppointmentError> {
    let amount = if tax.included {
        held_tax(subtotal, tax.rate)?
    } else {
        subtotal.share(tax.rate)?
    };
    Ok(TaxPart {
        name: tax.name.clone(),
        rate: tax.rate,
        included: tax.included,
        amount,
    })
}

/// The tax that a gross amount holds: what is above `gross / (1 + rate)`, the net rounded half up.
fn held_tax(gross: Money, rate: BasisPoints) -> Result<Money, AppointmentError> {
    let whole = i128::from(BasisPoints::WHOLE);
    let factor = whole + i128::from(rate.value());
    let net = (i128::from(gross.minor()) * whole + factor / 2) / factor;
    let net = i64::try_from(net).map_err(AppointmentError::fault)?;
    let currency: Currency = gross.currency();
    Ok(gross.minus(Money::new(net, currency))?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use proptest::prelude::*;

    use super::super::examples::{consultation, dinner, no_tax, tax};
    use super::*;
    use crate::{Destination, DistanceBand, PostcodeBand, Travel};

    fn wishes(guests: u32, miles: u32) -> Wishes {
        Wishes {
            destination: Some(Destination::Miles(miles)),
            ..Wishes::for_guests(guests)
        }
    }

    fn price(service: &Service, wishes: &Wishes) -> AppointmentPrice {
        price_appointment(service, wishes, &no_tax()).unwrap()
    }

    fn refusal(service: &Service, wishes: &Wishes) -> Refusal {
        match price_appointment(service, wishes, &no_tax()) {
            Err(AppointmentError::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn thirty_guests_at_55_dollars_are_1650() {
        let price = price(&dinner(), &wishes(30, 30));
        assert_eq!(price.total.minor(), 165_000);
        assert_eq!(price.deposit.minor(), 49_500);
        let lines: Vec<_> = price.lines.iter().map(|line| line.amount.minor()).collect();
        assert_eq!(lines, [165_000, 0]);
    }

    #[test]
    fn forty_miles_are_ten_beyond_the_free_thirty_and_cost_20_dollars() {
        let near = price(&dinner(), &wishes(30, 30)).total.minor();
        assert_eq!(
            price(&dinner(), &wishes(30, 40)).total.minor() - near,
            2_000
        );
        assert_eq!(price(&dinner(), &wishes(30, 31)).total.minor() - near, 200);
        assert_eq!(refusal(&dinner(), &wishes(30, 101)), Refusal::TooFar);
        assert_eq!(
            refusal(&dinner(), &Wishes::for_guests(30)),
            Refusal::DestinationMissing("miles")
        );
    }

    #[test]
    fn a_travel_fee_has_a_maximum() {
        let mut dinner = dinner();
        dinner.details.travel = Some(Travel::PerMile {
            free_miles: 30,
            fee_minor_per_mile: 200,
            maximum_miles: None,
            maximum_fee_minor: Some(10_000),
        });
        let fee = |miles| price(&dinner, &wishes(1, miles)).lines[1].amount.minor();
        assert_eq!([fee(80), fee(81), fee(10_000)], [10_000; 3]);
        assert_eq!(fee(79), 9_800);
    }

    #[test]
    fn rings_and_postal_codes_have_their_fees() {
        let mut dinner = dinner();
        let ring = |up_to_miles, fee_minor| DistanceBand {
            up_to_miles,
            fee_minor,
        };
        dinner.details.travel = Some(Travel::DistanceBands {
            bands: vec![ring(50, 4_000), ring(10, 0), ring(25, 1_500)],
        });
        let fee = |miles| price(&dinner, &wishes(1, miles)).lines[1].amount.minor();
        assert_eq!(
            [fee(0), fee(10), fee(11), fee(25), fee(26), fee(50)],
            [0, 0, 1_500, 1_500, 4_000, 4_000]
        );
        assert_eq!(refusal(&dinner, &wishes(1, 51)), Refusal::TooFar);

        let area = |prefix: &str, fee_minor| PostcodeBand {
            prefix: prefix.to_owned(),
            fee_minor,
        };
        dinner.details.travel = Some(Travel::PostcodeBands {
            bands: vec![area("SW1", 500), area("sw", 1_000), area("N", 2_000)],
        });
        let to = |code: &str| Wishes {
            destination: Some(Destination::Postcode(code.to_owned())),
            ..Wishes::for_guests(1)
        };
        let fee = |code: &str| price(&dinner, &to(code)).lines[1].amount.minor();
        assert_eq!(
            [fee("sw1a 1aa"), fee("SW7-2"), fee("n1")],
            [500, 1_000, 2_000]
        );
        assert_eq!(refusal(&dinner, &to("EC1")), Refusal::TooFar);
        assert_eq!(
            refusal(&dinner, &wishes(1, 3)),
            Refusal::DestinationMissing("postcode")
        );
    }

    #[test]
    fn extras_are_for_all_guests_or_some_or_once() {
        let wanted = |code: &str, quantity| WantedAddOn {
            code: code.to_owned(),
            quantity,
        };
        let with = |add_ons| Wishes {
            add_ons,
            ..wishes(12, 0)
        };
        let amount = |add_on| {
            price(&dinner(), &with(vec![add_on])).lines[1]
                .amount
                .minor()
        };
        assert_eq!(amount(wanted("salmon", None)), 12 * 900);
        assert_eq!(amount(wanted("salmon", Some(5))), 5 * 900);
        assert_eq!(amount(wanted("cake", None)), 6_000);
        assert_eq!(amount(wanted("cake", Some(3))), 18_000);
        let refused = |add_on| refusal(&dinner(), &with(vec![add_on])).code();
        assert_eq!(refused(wanted("salmon", Some(13))), "too_many_add_ons");
        assert_eq!(refused(wanted("cake", Some(4))), "too_many_add_ons");
        assert_eq!(refused(wanted("caviar", None)), "unknown_add_on");
    }

    #[test]
    fn a_small_party_pays_the_minimum_and_travel_does_not_count_towards_it() {
        let mut dinner = dinner();
        dinner.details.minimum_spend_minor = 42_000;
        let price = price(&dinner, &wishes(4, 40));
        assert_eq!(price.total.minor(), 42_000 + 2_000);
        assert_eq!(price.lines[1].kind, LineKind::MinimumSpend);
        assert_eq!(price.lines[1].amount.minor(), 42_000 - 22_000);
    }

    #[test]
    fn parties_outside_the_bounds_are_refused() {
        let mut dinner = dinner();
        dinner.details.min_guests = 4;
        assert_eq!(refusal(&dinner, &wishes(3, 0)), Refusal::TooFewGuests(4));
        assert_eq!(refusal(&dinner, &wishes(61, 0)), Refusal::TooManyGuests(60));
    }

    #[test]
    fn a_session_costs_the_same_for_one_and_for_four() {
        let one = price(&consultation(), &Wishes::for_guests(1)).total;
        assert_eq!(one.minor(), 8_000);
        assert_eq!(price(&consultation(), &Wishes::for_guests(4)).total, one);
    }

    #[test]
    fn tax_comes_on_top_or_lies_within() {
        let wishes = Wishes::for_guests(1);
        let added = price_appointment(&consultation(), &wishes, &tax(888, false)).unwrap();
        // 8.88 % of $80 is $7.104.
        assert_eq!(
            (added.tax.amount.minor(), added.total.minor()),
            (710, 8_710)
        );
        let held = price_appointment(&consultation(), &wishes, &tax(1_900, true)).unwrap();
        // 80 / 1.19 is 67.2268…
        assert_eq!(
            (held.tax.amount.minor(), held.total.minor()),
            (1_277, 8_000)
        );
    }

    proptest! {
        #[test]
        fn the_parts_are_the_whole(
            guests in 1_u32..=60, miles in 0_u32..=100, salmon in 0_u32..=60, cakes in 0_u32..=3,
            least in 0_i64..500_000, points in 0_u32..=3_000, included: bool,
        ) {
            let mut dinner = dinner();
            dinner.details.minimum_spend_minor = least;
            let wanted = [("salmon", salmon.min(guests)), ("cake", cakes)];
            let add_ons = wanted.iter().filter(|(_, count)| *count > 0);
            let wishes = Wishes {
                add_ons: add_ons.map(|(code, count)| WantedAddOn { code: (*code).to_owned(), quantity: Some(*count) }).collect(),
                ..wishes(guests, miles)
            };
            let price = price_appointment(&dinner, &wishes, &tax(points, included)).unwrap();
            let lines: i64 = price.lines.iter().map(|line| line.amount.minor()).sum();
            prop_assert_eq!(lines, price.subtotal.minor());
            for line in &price.lines {
                prop_assert_eq!(line.unit.minor() * i64::from(line.quantity), line.amount.minor());
            }
            let on_top = if included { 0 } else { price.tax.amount.minor() };
            prop_assert_eq!(price.subtotal.minor() + on_top, price.total.minor());
            prop_assert!(price.subtotal.minor() >= least);
            prop_assert!(price.deposit.minor() <= price.total.minor());
            // Worked out by hand, apart from the tax.
            let spent = 5_500 * i64::from(guests) + 900 * i64::from(salmon.min(guests)) + 6_000 * i64::from(cakes);
            prop_assert_eq!(price.subtotal.minor(), spent.max(least) + 200 * i64::from(miles.saturating_sub(30)));
        }

        #[test]
        fn one_guest_more_never_costs_less(guests in 1_u32..60, least in 0_i64..500_000) {
            let mut dinner = dinner();
            dinner.details.minimum_spend_minor = least;
            let cost = |guests| price(&dinner, &wishes(guests, 0)).total.minor();
            prop_assert!(cost(guests) <= cost(guests + 1));
        }
    }
}
