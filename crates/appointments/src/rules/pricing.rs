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
