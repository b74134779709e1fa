use motel_kernel::{Currency, Money};

use super::pricing::line;
use crate::{AppointmentError, Destination, LineKind, PriceLine, Refusal, Travel};

/// The way there as a line of the price. A free way is a line of zero: the guest sees that it was thought of.
pub(super) fn travel_line(
    travel: &Travel,
    destination: Option<&Destination>,
    currency: Currency,
) -> Result<PriceLine, AppointmentError> {
    let money = |minor| Money::new(minor, currency);
    match travel {
        Travel::PerMile {
            free_miles,
            fee_minor_per_mile,
            maximum_miles,
            maximum_fee_minor,
        } => {
            let miles = miles(destination)?;
            if maximum_miles.is_some_and(|most| miles > most) {
                return Err(Refusal::TooFar.into());
            }
            let beyond = miles.saturating_sub(*free_miles);
            let said = format!("Travel, {miles} miles, {free_miles} of them free");
            let by_the_mile = line(
                LineKind::Travel,
                "travel",
                &said,
                money(*fee_minor_per_mile),
                beyond,
            )?;
            match maximum_fee_minor.map(money) {
                Some(most) if by_the_mile.amount.minor() > most.minor() => {
                    line(LineKind::Travel, "travel", &said, most, 1)
                }
                _ => Ok(by_the_mile),
            }
        }
        Travel::DistanceBands { bands } => {
            let miles = miles(destination)?;
            let reached = bands.iter().filter(|band| miles <= band.up_to_miles);
            let band = reached
                .min_by_key(|band| band.up_to_miles)
                .ok_or(Refusal::TooFar)?;
            let said = format!("Travel, up to {} miles", band.up_to_miles);
            line(LineKind::Travel, "travel", &said, money(band.fee_minor), 1)
        }
        Travel::PostcodeBands { bands } => {
            let code = postcode(destination)?;
            let fits = bands
                .iter()
                .filter(|band| code.starts_with(&bare(&band.prefix)));
            let band = fits
                .max_by_key(|band| band.prefix.len())
                .ok_or(Refusal::TooFar)?;
            let said = format!("Travel to {code}");
            line(LineKind::Travel, "travel", &said, money(band.fee_minor), 1)
        }
    }
}

fn miles(destination: Option<&Destination>) -> Result<u32, Refusal> {
    match destination {
        Some(Destination::Miles(miles)) => Ok(*miles),
        _ => Err(Refusal::DestinationMissing("miles")),
    }
}

fn postcode(destination: Option<&Destination>) -> Result<String, Refusal> {
    match destination {
        Some(Destination::Postcode(code)) => Ok(bare(code)),
        _ => Err(Refusal::DestinationMissing("postcode")),
    }
}

/// Letters and digits only, in capitals.
fn bare(code: &str) -> String {
    let kept = code.chars().filter(|c| c.is_ascii_alphanumeric());
    kept.map(|c| c.to_ascii_uppercase()).collect()
}
