use motel_kernel::{BasisPoints, Money, MoneyError};
use motel_taxes::{Charge, FeeDetails, FeeOccasion, Validity};

use super::price::with_levies;
use crate::{
    NightPart, NightPrice, Package, PackageEffect, PackageOffer, PartKind, PriceRequest,
    PricingTable, SoldPackage, StayPrice,
};

/// What a stay costs with a package, whose price without it is known. An extra comes to the fees; a discount comes off
/// every night, rounded half up by itself. Fees and taxes are reckoned anew.
///
/// Nights agreed already keep their price: what came off them came off then. Whether the package may be had is not asked
/// here: [`Package::against`] says so.
///
/// # Errors
/// An amount that does not fit 64 bits.
pub fn price_with_package(
    package: &SoldPackage,
    price: StayPrice,
    table: &PricingTable,
    request: &PriceRequest<'_>,
) -> Result<StayPrice, MoneyError> {
    let promo = price.promo;
    let reckoned = match package.effect {
        PackageEffect::Extra { amount_minor, per } => {
            let extra = FeeDetails {
                code: package.code.clone(),
                name: package.name.clone(),
                charge: Charge::Flat {
                    amount: Money::new(amount_minor, table.currency()),
                    per,
                },
                occasion: FeeOccasion::Always,
                taxed: true,
                validity: Validity::default(),
                age_bands: Vec::new(),
            };
            with_levies(price.nights, &table.levies().with_fee(extra), request)?
        }
        PackageEffect::Discount { basis_points } => {
            let share = BasisPoints::new(basis_points).map_err(|_| MoneyError::Overflow)?;
            let nights = price.nights.into_iter().map(|night| {
                if request.agreed_on(night.date) {
                    Ok(night)
                } else {
                    cheaper(night, share, &package.code)
                }
            });
            with_levies(nights.collect::<Result<_, _>>()?, table.levies(), request)?
        }
    };
    Ok(StayPrice {
        promo,
        package: Some(package.clone()),
        ..reckoned
    })
}

/// A package as a search offers it.
pub(crate) fn packaged(
    package: &Package,
    price: &StayPrice,
    table: &PricingTable,
    request: &PriceRequest<'_>,
) -> Result<PackageOffer, MoneyError> {
    let package = package.sold();
    Ok(PackageOffer {
        price: price_with_package(&package, price.clone(), table, request)?,
        code: package.code,
        name: package.name,
        contents: package.contents,
    })
}

fn cheaper(
    mut night: NightPrice,
    share: BasisPoints,
    code: &str,
) -> Result<NightPrice, MoneyError> {
    let off = night.price.share(share)?;
    night.price = night.price.minus(off)?;
    if !night.parts.is_empty() {
        night.parts.push(NightPart {
            kind: PartKind::Package,
            of: Some(code.to_owned()),
            amount: off.negated()?,
        });
    }
    Ok(night)
}
