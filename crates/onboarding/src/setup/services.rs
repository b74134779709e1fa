use motel_appointments::commands::{put_service, put_station};
use motel_appointments::queries::{service_by_code, station_by_code};
use motel_appointments::{
    Day, FeeRules, Hours, PriceBasis, Service, ServiceDetails, SlotStarts, StationDetails, WallTime,
};
use motel_db::TenantTx;
use motel_kernel::Money;
use motel_tenancy::commands::hold_property;
use motel_tenancy::{Property, plain_words};

use crate::OnboardingError;

/// How far ahead it can be booked.
const HORIZON_DAYS: u32 = 180;
/// How long before it has to be.
const LEAD_MINUTES: u32 = 120;
/// The longest time between two beginnings.
const STARTS_EVERY: u32 = 60;
/// The longest code of a service or a station.
const LONGEST_CODE: usize = 64;

/// On which days a service is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenDays {
    /// Monday to Friday.
    Workdays,
    /// Saturday and Sunday.
    Weekends,
    /// All of them.
    Every,
}

/// Something sold by the slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceOffer {
    /// What guests call it: 1 to 120 characters.
    pub name: String,
    /// How long the guests have it: 15 to 720 minutes.
    pub minutes: u32,
    /// What it costs, in the property's currency.
    pub price: Money,
    /// Whether each guest pays that, or all of them together.
    pub basis: PriceBasis,
    /// How many may come together: 1 to 200.
    pub most_guests: u32,
    /// On which days.
    pub days: OpenDays,
    /// From when.
    pub from: WallTime,
    /// Until when.
    pub until: WallTime,
    /// Who does it, or where: 1 to 120 characters.
    pub station: String,
}

/// Makes a service and who does it: it can be booked at once. Somebody of that name who is there already does it as well.
/// Two who offer services of one property take turns, so that the second sees the first one's.
///
/// # Errors
/// [`OnboardingError::ServiceTaken`]; [`OnboardingError::CurrencyChanged`]; what the service's own rules refuse.
pub async fn offer_service(
    tx: &mut TenantTx,
    property: &Property,
    offer: &ServiceOffer,
) -> Result<Service, OnboardingError> {
    let property = &hold_property(tx, property.id).await?;
    if offer.price.currency() != property.currency {
        return Err(OnboardingError::CurrencyChanged);
    }
    let code = code(&offer.name, "service");
    if service_by_code(tx, property.id, &code).await?.is_some() {
        return Err(OnboardingError::ServiceTaken);
    }
    let service = put_service(tx, property, details(offer, code.clone())).await?;
    let station = station(tx, property, offer, code).await?;
    put_station(tx, property, station).await?;
    Ok(service.row)
}

async fn station(
    tx: &mut TenantTx,
    property: &Property,
    offer: &ServiceOffer,
    service: String,
) -> Result<StationDetails, OnboardingError> {
    let code = code(&offer.station, "station");
    if let Some(known) = station_by_code(tx, property.id, &code).await? {
        let mut details = known.details;
        details.services.push(service);
        details.working_hours.push(hours(offer));
        return Ok(details);
    }
    Ok(StationDetails {
        code,
        name: offer.station.clone(),
        places: 1,
        working_hours: vec![hours(offer)],
        services: vec![service],
        active: true,
        sort: 0,
    })
}

fn details(offer: &ServiceOffer, code: String) -> ServiceDetails {
    ServiceDetails {
        code,
        name: offer.name.clone(),
        description: String::new(),
        duration_minutes: offer.minutes,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        starts: SlotStarts::Every {
            minutes: offer.minutes.min(STARTS_EVERY),
        },
        opening_hours: vec![hours(offer)],
        price_basis: offer.basis,
        price_minor: offer.price.minor(),
        minimum_spend_minor: 0,
        min_guests: 1,
        max_guests: offer.most_guests,
        guests_per_station: None,
        lead_minutes: LEAD_MINUTES,
        horizon_days: HORIZON_DAYS,
        travel: None,
        deposit_basis_points: 0,
        fees: FeeRules::default(),
        reminder_hours: vec![24],
        add_ons: Vec::new(),
        active: true,
        sort: 0,
    }
}

fn hours(offer: &ServiceOffer) -> Hours {
    let (workdays, weekend) = (
        [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri],
        [Day::Sat, Day::Sun],
    );
    let days = match offer.days {
        OpenDays::Workdays => workdays.to_vec(),
        OpenDays::Weekends => weekend.to_vec(),
        OpenDays::Every => workdays.into_iter().chain(weekend).collect(),
    };
    Hours {
        days,
        from: offer.from,
        until: offer.until,
    }
}

fn code(name: &str, otherwise: &str) -> String {
    let words = plain_words(name).join("_");
    let short: String = words.chars().take(LONGEST_CODE).collect();
    match short.trim_end_matches('_') {
        "" => otherwise.to_owned(),
        code => code.to_owned(),
    }
}
