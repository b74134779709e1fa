use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use motel_inventory::queries::{unit_group, units_of};
use motel_kernel::BookingCode;
use motel_tenancy::http::StaffPage;
use motel_web::{Entry, Page, Problem};
use serde::Deserialize;

use super::office::Key;
use crate::present::{self, Rooms};
use crate::view::BookingPage;

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

/// The way back to a booking's page, with a word of what happened.
pub(super) fn back_to(code: &BookingCode, news: &str) -> HttpResponse {
    let page = format!("/console/bookings/{code}?news={news}");
    HttpResponse::SeeOther()
        .insert_header((LOCATION, page))
        .finish()
}

pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage,
    key: Key,
    path: web::Path<BookingPath>,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    let code = path.code()?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    let booking = motel_bookings::queries::find_by_code(tx, &code).await?;
    let group = unit_group(tx, booking.first().unit_group)
        .await
        .map_err(Problem::internal)?;
    let rooms = Rooms {
        groups: group.into_iter().collect(),
        units: units_of(tx, booking.first().unit_group)
            .await
            .map_err(Problem::internal)?,
    };
    let account = motel_billing::queries::account(tx, &booking).await?;
    let payments = motel_billing::queries::payments(tx, booking.id).await?;
    let payments = present::payments(&payments).map_err(Problem::internal)?;
    let invoices = match motel_billing::queries::folio(tx, booking.id).await? {
        Some(folio) => motel_invoices::queries::of_folio(tx, folio.id).await?,
        None => Vec::new(),
    };
    let page = Page::new(
        &request,
        Entry::Console,
        format!("{code} · {}", office.property.name),
    );
    page.respond(&BookingPage {
        head: office.head(false),
        booking: present::booking(&booking, &account, &rooms, &office.property),
        payments,
        desk: present::take_at_desk(account.balance),
        invoices: present::invoices(&invoices),
        notice: news.news.as_deref().and_then(present::notice),
    })
}
