use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use motel_billing::PaymentDesk;
use motel_billing::queries::owed_by_guests;
use motel_bookings::Booking;
use motel_bookings::queries::circumstances;
use motel_db::TenantTx;
use motel_inventory::InventoryError;
use motel_inventory::queries::{unit_group, units_of};
use motel_kernel::{BookingCode, Money};
use motel_tenancy::http::StaffPage;
use motel_tenancy::{Property, may};
use motel_web::{Entry, Page, Problem};
use serde::Deserialize;

use super::office::Key;
use super::see_other;
use crate::present::{self, Rooms};
use crate::view::{BookingPage, StayCard};

/// The booking's code, out of the path.
#[derive(Debug, Deserialize)]
pub(super) struct BookingPath {
    code: String,
}

impl BookingPath {
    pub(super) fn code(&self) -> Result<BookingCode, Problem> {
        BookingCode::parse(&self.code).map_err(|_| Problem::not_found("booking"))
    }
}

/// What was just done on the page.
#[derive(Debug, Deserialize)]
pub(super) struct News {
    news: Option<String>,
}

impl News {
    /// The word of it.
    pub(super) fn word(&self) -> Option<&str> {
        self.news.as_deref()
    }
}

/// The way back to a booking's page, with a word of what happened.
pub(super) fn back_to(code: &BookingCode, news: &str) -> HttpResponse {
    see_other(&format!("/console/bookings/{code}?news={news}"))
}

pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadFolios>,
    key: Key,
    desk: Option<web::Data<PaymentDesk>>,
    path: web::Path<BookingPath>,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    let code = path.code()?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    let booking = motel_bookings::queries::find_by_code(tx, &code).await?;
    let rooms = rooms_of(tx, &booking).await.map_err(Problem::internal)?;
    let stays = stays(tx, &booking, &office.property, office.now, &rooms).await?;
    let account = motel_billing::queries::account(tx, &booking).await?;
    let mut payments = motel_billing::queries::payments(tx, booking.id).await?;
    // Money that is only set aside is shown as that.
    payments.retain(|it| !it.link.is_authorisation() || !it.paid.is_zero());
    let payments = present::payments(&payments).map_err(Problem::internal)?;
    let cards = motel_billing::queries::cards(tx, booking.id).await?;
    let found = motel_billing::queries::authorisations(tx, booking.id).await?;
    let (invoices, card) = match motel_billing::queries::folio(tx, booking.id).await? {
        Some(folio) => (
            motel_invoices::queries::of_folio(tx, folio.id).await?,
            motel_billing::queries::kept_card(tx, folio.id).await?,
        ),
        None => (Vec::new(), None),
    };
    let desk = desk.as_ref().map(|desk| desk.get_ref());
    let asides = present::asides(found, desk, card.is_some(), office.property.timezone);
    let page = Page::new(
        &request,
        Entry::Console,
        format!("{code} · {}", office.property.name),
    );
    page.respond(&BookingPage {
        head: office.head(false),
        booking: present::booking(&booking, &account, &rooms, &office.property),
        stays,
        payments,
        cards: present::cards(&cards),
        asides,
        desk: present::take_at_desk(account.balance),
        invoices: present::invoices(&invoices),
        notice: news.news.as_deref().and_then(present::notice),
        may: present::booking_may(&staff),
    })
}

/// The room types of a booking with their rooms.
async fn rooms_of(tx: &mut TenantTx, booking: &Booking) -> Result<Rooms, InventoryError> {
    let sold: BTreeSet<_> = booking
        .reservations
        .iter()
        .map(|it| it.unit_group)
        .collect();
    let mut rooms = Rooms::default();
    for group in sold {
        rooms.groups.extend(unit_group(tx, group).await?);
        rooms.units.extend(units_of(tx, group).await?);
    }
    Ok(rooms)
}

async fn stays(
    tx: &mut TenantTx,
    booking: &Booking,
    property: &Property,
    now: DateTime<Utc>,
    rooms: &Rooms,
) -> Result<Vec<StayCard>, Problem> {
    let owed = owed_by_guests(tx, booking).await?;
    let nothing = Money::zero(owed.currency());
    let mut cards = Vec::new();
    for stay in &booking.reservations {
        let at = circumstances(tx, property, stay, now).await?;
        let others_stay = booking
            .reservations
            .iter()
            .any(|it| it.id != stay.id && it.status.is_to_come());
        let owed = if others_stay { nothing } else { owed };
        cards.push(present::stay_card(stay, &at, owed, rooms));
    }
    Ok(cards)
}
