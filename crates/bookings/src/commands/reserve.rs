use chrono::{DateTime, Duration, Utc};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_inventory::InventoryError;
use motel_kernel::{Money, QuoteId, StayDates, local_instant};
use motel_tenancy::Property;

use super::claims::Claim;
use super::expire::make_room;
use super::make::{Order, make};
use super::occasion::Occasion;
use super::pricing;
use super::promo;
use crate::{
    Booking, BookingConfirmed, BookingError, BookingSource, By, QuotedStay, StayRequest, queries,
};

/// How long a hold stands when nobody says otherwise.
pub const HOLD_STANDS: Duration = Duration::minutes(15);

/// What is to be reserved, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReserveRequest {
    /// The stays.
    pub wanted: WantedStays,
    /// Who books, and pays.
    pub guest: GuestDetails,
    /// Through which door.
    pub source: BookingSource,
    /// The total the guest agreed to, when one was shown: another price is refused, not charged.
    pub agreed: Option<Money>,
    /// When it is only to be held: until when. Nothing: it is confirmed at once.
    pub hold: Option<HoldEnd>,
}

/// Stays at a price that was frozen, or at today's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WantedStays {
    /// All stays of a quote, at its price and on its terms.
    Quoted(QuoteId),
    /// These, at least one, at today's price.
    Priced(Vec<StayRequest>),
}

/// When a hold ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldEnd {
    /// So long from now on; [`HOLD_STANDS`] is usual.
    After(Duration),
    /// At this moment, by courtesy of the staff.
    At(DateTime<Utc>),
}

impl HoldEnd {
    /// The moment. No hold outlives the day of arrival: it ends at the end of that day at the property at the latest.
    fn moment(
        self,
        property: &Property,
        first: Option<StayDates>,
        now: DateTime<Utc>,
    ) -> DateTime<Utc> {
        let end = match self {
            Self::After(time) => now + time,
            Self::At(moment) => moment,
        };
        let next_day = first.and_then(|dates| dates.arrival().succ_opt());
        let latest =
            next_day.map(|day| local_instant(day, chrono::NaiveTime::MIN, property.timezone));
        latest.map_or(end, |latest| end.min(latest))
    }
}

/// Makes a booking of one or several stays, confirmed or held: takes the nights, gives units, and tells of it.
///
/// # Errors
/// [`BookingError::SoldOut`] and [`BookingError::NotOffered`]; [`BookingError::QuoteExpired`] with what it would cost
/// now; [`BookingError::PriceChanged`].
pub async fn reserve(
    tx: &mut TenantTx,
    property: &Property,
    request: &ReserveRequest,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Booking, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let (quote, stays) = match &request.wanted {
        WantedStays::Quoted(id) => (Some(*id), honoured(tx, property, *id, now).await?),
        WantedStays::Priced(wanted) => (None, priced(tx, property, wanted, now).await?),
    };
    let price = pricing::total(property, &stays)?;
    if let Some(agreed) = request.agreed.filter(|agreed| *agreed != price) {
        return Err(BookingError::PriceChanged { agreed, now: price });
    }
    let first = stays.iter().map(|stay| stay.request.dates);
    let first = first.min_by_key(|dates| dates.arrival());
    let hold = request.hold.map(|end| end.moment(property, first, now));
    if hold.is_some_and(|end| end <= now) {
        return Err(BookingError::HoldInPast);
    }
    let order = Order {
        quote,
        stays,
        guest: &request.guest,
        source: request.source,
        hold,
    };
    let booking = make(tx, &occasion, order).await?;
    if hold.is_none() {
        promo::count(tx, &booking).await?;
        motel_jobs::publish(tx, &BookingConfirmed::from(&booking)).await?;
    }
    Ok(booking)
}

/// Stays at today's price. Holds that are over give way before anybody hears that it is sold out.
pub(super) async fn priced(
    tx: &mut TenantTx,
    property: &Property,
    wanted: &[StayRequest],
    now: DateTime<Utc>,
) -> Result<Vec<QuotedStay>, BookingError> {
    match price_all(tx, property, wanted, now).await {
        Err(BookingError::SoldOut { night }) => {
            let nights = claims(tx, property, wanted).await?;
            if !make_room(tx, property, &nights, now).await? {
                return Err(BookingError::SoldOut { night });
            }
            price_all(tx, property, wanted, now).await
        }
        other => other,
    }
}

async fn price_all(
    tx: &TenantTx,
    property: &Property,
    wanted: &[StayRequest],
    now: DateTime<Utc>,
) -> Result<Vec<QuotedStay>, BookingError> {
    let mut stays = Vec::with_capacity(wanted.len());
    for request in wanted {
        stays.push(pricing::price(tx, property, request, now).await?);
    }
    Ok(stays)
}

async fn claims(
    tx: &mut TenantTx,
    property: &Property,
    wanted: &[StayRequest],
) -> Result<Vec<Claim>, BookingError> {
    let groups = motel_inventory::queries::unit_groups(tx, property.id).await?;
    let claims = wanted.iter().filter_map(|stay| {
        let group = groups.iter().find(|group| group.code == stay.unit_group)?;
        Some((group.id, stay.dates))
    });
    Ok(claims.collect())
}

/// The stays of a quote while it stands; afterwards what they would cost now.
async fn honoured(
    tx: &mut TenantTx,
    property: &Property,
    id: QuoteId,
    now: DateTime<Utc>,
) -> Result<Vec<QuotedStay>, BookingError> {
    let quote = match queries::quote(tx, id).await {
        Ok(quote) if quote.property == property.id => quote,
        Ok(_) | Err(BookingError::NotFound) => return Err(BookingError::UNKNOWN_QUOTE),
        Err(error) => return Err(error),
    };
    if quote.expires_at <= now {
        let wanted: Vec<_> = quote.stays.into_iter().map(|stay| stay.request).collect();
        let fresh = priced(tx, property, &wanted, now).await?;
        return Err(BookingError::QuoteExpired {
            agreed: Some(quote.total),
            now: Some(pricing::total(property, &fresh)?),
        });
    }
    let nights: Vec<Claim> = quote
        .stays
        .iter()
        .map(|stay| (stay.unit_group, stay.request.dates))
        .collect();
    for (group, dates) in &nights {
        let look = motel_inventory::commands::can_take_nights(tx, *group, *dates).await;
        if let Err(InventoryError::SoldOut { .. }) = look {
            make_room(tx, property, &nights, now).await?;
            break;
        }
    }
    Ok(quote.stays)
}
