use motel_kernel::{BasisPoints, Money, MoneyError};
use motel_taxes::{Charge, FeeDetails, FeeOccasion, Validity};

use super::price::with_levies;
use crate::{
    NightPart, NightPrice, Package, PackageEffect, PackageOffer, PartKind, PriceRequest,
    PricingTable, StayPrice,
};

/// What a stay costs with a package, whose price without it is known. An extra comes to the fees; a discount comes off
/// every night, rounded half up by itself. Fees and taxes are reckoned anew.
pub(crate) fn packaged(
    package: &Package,
    price: &StayPrice,
    table: &PricingTable,
    request: &PriceRequest<'_>,
) -> Result<PackageOffer, MoneyError> {
    let details = &package.details;
    let reckoned = match details.effect {
        PackageEffect::Extra { amount_minor, per } => {
            let extra = FeeDetails {
                code: details.code.clone(),
                name: details.name.clone(),
                charge: Charge::Flat {
                    amount: Money::new(amount_minor, table.currency()),
                    per,
                },
                occasion: FeeOccasion::Always,
                taxed: true,
                validity: Validity::default(),
                age_bands: Vec::new(),
            };
            let levies = table.levies().with_fee(extra);
            with_levies(price.nights.clone(), &levies, request)?
        }
        PackageEffect::Discount { basis_points } => {
            let share = BasisPoints::new(basis_points).map_err(|_| MoneyError::Overflow)?;
            let nights = price.nights.iter();
            let nights = nights.map(|night| cheaper(night, share, &details.code));
            with_levies(nights.collect::<Result<_, _>>()?, table.levies(), request)?
        }
    };
    Ok(PackageOffer {
        code: details.code.clone(),
        name: details.name.clone(),
        contents: details.contents.clone(),
        price: StayPrice {
            promo: price.promo.clone(),
            ..reckoned
        },
    })
}

fn cheaper(night: &NightPrice, share: BasisPoints, code: &str) -> Result<NightPrice, MoneyError> {
    let off = night.price.share(share)?;
    let mut cheaper = NightPrice {
        price: night.price.minus(off)?,
        ..night.clone()
    };
    if !cheaper.parts.is_empty() {
        cheaper.parts.push(NightPart {
            kind: PartKind::Package,
            of: Some(code.to_owned()),
            amount: off.negated()?,
        });
    }
    Ok(cheaper)
}
