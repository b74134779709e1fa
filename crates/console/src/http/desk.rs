use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use motel_billing::BillingError;
use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_inventory::queries::{free_per_night, unit_groups, units_of};
use motel_kernel::{BookingId, Money, StayDates};
use motel_tenancy::http::{StaffFragment, StaffPage};
use motel_tenancy::may;
use motel_web::{Entry, Page, Problem};

use super::office::{Key, Office};
use crate::present::{self, Day, Rooms};
use crate::view::{Desk, DeskFragment, DeskPage};

const MOST_BOOKINGS: i64 = 30;
const MOST_OTHERS: u32 = 30;

pub(super) async fn page(
    request: HttpRequest,
    staff: StaffPage<may::ReadReservations>,
    key: Key,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(&staff).await?;
    let desk = desk(&mut office).await?;
    let title = format!("Front desk · {}", office.property.name);
    Page::new(&request, Entry::Console, title).respond(&DeskPage {
        head: office.head(true),
        desk,
    })
}

/// The lists alone. Somebody signed out meanwhile gets a 401, on which the page loads itself again.
pub(super) async fn fragment(
    staff: StaffFragment<may::ReadReservations>,
    key: Key,
) -> Result<HttpResponse, Problem> {
    let desk = desk(&mut key.open(&staff).await?).await?;
    let html = DeskFragment { desk }.render().map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("cache-control", "no-store"))
        .body(html))
}

async fn desk(office: &mut Office) -> Result<Desk, Problem> {
    let today = office.today();
    let tx = &mut office.tx;
    let rooms = rooms(tx, &office.property).await?;
    let arrivals = motel_bookings::queries::arrivals(tx, today).await?;
    let departures = motel_bookings::queries::departures(tx, today).await?;
    let day = Day {
        today,
        balances: balances(tx, arrivals.iter().chain(&departures)).await?,
        in_house: motel_bookings::queries::stays_on(tx, today).await?,
        free_tonight: free_tonight(tx, &office.property, today).await?,
        bookings: motel_bookings::queries::newest(tx, MOST_BOOKINGS).await?,
        leads: motel_leads::queries::recent(tx, MOST_OTHERS)
            .await
            .map_err(Problem::internal)?,
        conversations: motel_conversations::queries::recent(tx, MOST_OTHERS)
            .await
            .map_err(Problem::internal)?,
        calls: motel_voice::queries::recent(tx, MOST_OTHERS).await?,
        arrivals,
        departures,
    };
    Ok(present::desk(&day, &rooms, &office.property))
}

async fn rooms(tx: &mut TenantTx, property: &motel_tenancy::Property) -> Result<Rooms, Problem> {
    let groups = unit_groups(tx, property.id)
        .await
        .map_err(Problem::internal)?;
    let mut units = Vec::new();
    for group in &groups {
        units.extend(units_of(tx, group.id).await.map_err(Problem::internal)?);
    }
    Ok(Rooms { groups, units })
}

async fn free_tonight(
    tx: &mut TenantTx,
    property: &motel_tenancy::Property,
    today: chrono::NaiveDate,
) -> Result<u32, Problem> {
    let tonight = StayDates::from_nights(today, 1).map_err(Problem::internal)?;
    let free = free_per_night(tx, property.id, tonight)
        .await
        .map_err(Problem::internal)?;
    Ok(free
        .iter()
        .flat_map(|(_, nights)| nights)
        .map(|night| night.free)
        .sum())
}

async fn balances(
    tx: &mut TenantTx,
    bookings: impl Iterator<Item = &Booking>,
) -> Result<HashMap<BookingId, Money>, BillingError> {
    let mut balances = HashMap::new();
    for booking in bookings {
        let account = motel_billing::queries::account(tx, booking).await?;
        balances.insert(booking.id, account.balance);
    }
    Ok(balances)
}
