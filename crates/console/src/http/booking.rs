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

pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage,
    key: Key,
    path: web::Path<BookingPath>,
) -> Result<HttpResponse, Problem> {
    let code = BookingCode::parse(&path.code).map_err(|_| Problem::not_found("booking"))?;
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
    let page = Page::new(
        &request,
        Entry::Console,
        format!("{code} · {}", office.property.name),
    );
    page.respond(&BookingPage {
        head: office.head(false),
        booking: present::booking(&booking, &account, &rooms, &office.property),
    })
}
