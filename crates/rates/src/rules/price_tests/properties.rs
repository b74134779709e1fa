//! What holds of every price.

use proptest::prelude::*;

use super::*;
use crate::{DateWindow, PromoCode, PromoCodeDetails, PromoDiscount};

/// A house with three plans in a chain, seasons, surcharges, discounts and a promo code, all of any size.
fn houses() -> impl Strategy<Value = House> {
    let change = || {
        (-4_000_i32..6_000, -900_i64..5_000).prop_map(|(basis_points, amount_minor)| Change {
            basis_points,
            amount_minor,
        })
    };
    let occupancy = (0_u8..4, 0_i64..9_000, 0_i64..3_000, -3_000_i32..2_000);
    let terms = (0_i32..5_000, 0_i32..=10_000, 1_i64..300, any::<bool>());
    let charges = (0_u32..3_000, any::<bool>(), 0_i64..5_000);
    (
        5_000_i64..5_000_000,
        change(),
        change(),
        change(),
        occupancy,
        terms,
        charges,
    )
        .prop_map(
            |(
                base,
                first,
                second,
                season,
                occupancy,
                (length, promo, rounding, of_total),
                (tax, included, pet_fee),
            )| {
                let mut house = House::open();
                house.levies = levies(tax, included, pet_fee);
                house.parts.prices[0]
                    .calendar
                    .edit(range(0, 400), |_| Some(base));
                let (included_adults, extra_adult_minor, child, single) = occupancy;
                house.parts.plans[0].details.occupancy = Some(OccupancyPrices {
                    included_adults,
                    single_use: Some(Change::percent(single)),
                    extra_adult_minor,
                    children: vec![ChildBand {
                        until_age: 12,
                        amount_minor: child,
                    }],
                });
                let standard = house.standard();
                let middle = house.derived("middle", standard, first);
                house.plan("last", |details| {
                    details.derivation = Some(Derivation {
                        parent: middle,
                        change: second,
                        of_total,
                    });
                    details.length_discounts = vec![LengthDiscount {
                        from_nights: 4,
                        basis_points: length,
                    }];
                    details.rounding_minor = rounding;
                });
                house.season("season", 1, range(20, 40), SeasonEffect::Change(season));
                house.parts.promos.push(PromoCode {
                    id: motel_kernel::PromoCodeId::new(),
                    property_id: house.property,
                    details: PromoCodeDetails {
                        code: "WINTER".to_owned(),
                        name: "Winter".to_owned(),
                        active: true,
                        discount: PromoDiscount::Percent(promo),
                        booking: DateWindow::default(),
                        stay: DateWindow::default(),
                        rate_plans: Vec::new(),
                        max_uses: None,
                    },
                    uses: 0,
                    version: 1,
                });
                house
            },
        )
}

fn last(house: &House) -> RatePlanId {
    house.parts.plans.last().unwrap().id
}

fn sum(price: &StayPrice) -> i64 {
    price.nights.iter().map(|night| night.price.minor()).sum()
}

proptest! {
    #[test]
    fn the_components_are_the_total_to_the_cent(
        house in houses(), from in 0_u64..60, nights in 1_u32..=30, adults in 1_i64..6, children in 0_i64..4, pets in 0_i64..3, promo in any::<bool>(),
    ) {
        let request = PriceRequest {
            party: Party::new(adults, children, pets).unwrap(),
            child_ages: &[3, 15],
            promo: promo.then_some("winter"),
            ..house.ask(last(&house), from, nights)
        };
        let price = match price_stay(&house.table(), &request) {
            Ok(price) => price,
            Err(Unpriced::Refused(reasons)) => {
                // The only thing that can be wrong here is that a change left nothing of a night.
                let nothing_left = matches!(reasons[..], [Reason::NoRate { .. }]);
                prop_assert!(nothing_left);
                return Ok(());
            }
            Err(Unpriced::Money(error)) => panic!("{error}"),
        };
        prop_assert_eq!(price.nights.len(), nights as usize);
        for night in &price.nights {
            let parts: i64 = night.parts.iter().map(|part| part.amount.minor()).sum();
            prop_assert_eq!(parts, night.price.minor());
            prop_assert!(night.price.minor() >= 0);
            prop_assert!(promo || night.price.minor() > 0);
            prop_assert_eq!(night.parts[0].kind, PartKind::Base);
        }
        let fees: i64 = price.fees.iter().map(|fee| fee.amount.minor()).sum();
        let on_top: i64 = price.taxes.iter().filter(|tax| !tax.included).map(|tax| tax.amount.minor()).sum();
        prop_assert_eq!(price.subtotal.minor(), sum(&price) + fees);
        prop_assert_eq!(price.tax.minor(), on_top);
        prop_assert_eq!(price.total.minor(), price.subtotal.minor() + on_top);
        prop_assert_eq!(price.postings().iter().map(|line| line.amount.minor()).sum::<i64>(), price.total.minor());
        let stored = serde_json::to_string(&price).unwrap();
        prop_assert_eq!(serde_json::from_str::<StayPrice>(&stored).unwrap(), price);
    }

    #[test]
    fn more_guests_never_cost_less_and_a_promo_never_more(house in houses(), from in 0_u64..60, nights in 1_u32..20, adults in 2_i64..6, children in 0_i64..4) {
        let table = house.table();
        let price = |adults, children, promo| {
            let party = Party::new(adults, children, 0).unwrap();
            let request = PriceRequest { party, promo, ..house.ask(last(&house), from, nights) };
            price_stay(&table, &request).ok().map(|price| price.total.minor())
        };
        if let Some(total) = price(adults, children, None) {
            prop_assert!(price(adults + 1, children, None).unwrap() >= total);
            prop_assert!(price(adults, children + 1, None).unwrap() >= total);
            prop_assert!(price(adults, children, Some("WINTER")).unwrap() <= total);
        }
    }

    #[test]
    fn a_higher_base_price_never_makes_a_stay_cheaper(house in houses(), more in 1_i64..100_000, from in 0_u64..60, nights in 1_u32..20) {
        let plan = last(&house);
        let before = price_stay(&house.table(), &house.ask(plan, from, nights));
        let mut dearer = house;
        dearer.parts.prices[0].calendar.edit(range(0, 400), |price| price.map(|price| price + more));
        let after = price_stay(&dearer.table(), &dearer.ask(plan, from, nights));
        if let Ok(before) = before {
            prop_assert!(after.unwrap().total.minor() >= before.total.minor());
        }
    }

    #[test]
    fn agreed_nights_are_never_touched(house in houses(), raise in 1_i64..100_000, from in 5_u64..60, nights in 1_u32..20, earlier in 0_u64..5, later in 0_u32..5) {
        let plan = last(&house);
        let Ok(agreed) = price_nights(&house.table(), &house.ask(plan, from, nights)) else { return Ok(()) };
        let mut house = house;
        house.parts.prices[0].calendar.edit(range(0, 400), |price| price.map(|price| price + raise));
        let length = nights + later + u32::try_from(earlier).unwrap();
        let request = house.ask(plan, from - earlier, length);
        let request = PriceRequest { agreed: &agreed, ..request };
        let fresh = price_nights(&house.table(), &PriceRequest { agreed: &[], ..request });
        match (price_nights(&house.table(), &request), fresh) {
            (Ok(price), Ok(fresh)) => {
                for (night, anew) in price.iter().zip(&fresh) {
                    let kept = agreed.iter().find(|agreed| agreed.date == night.date);
                    prop_assert_eq!(night, kept.unwrap_or(anew));
                }
            }
            (Err(_), Ok(_)) => prop_assert!(false, "agreeing on nights cannot take the others off sale"),
            _ => {}
        }
    }
}
