use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use motel_billing::{CARD_CONSENT, Due, KeptCard, PaymentDesk};
use motel_bookings::{Booking, ReservationStatus};
use motel_kernel::BookingCode;
use motel_web::{Entry, Page, Problem};
use serde::Deserialize;

use super::account::account;
use super::card::kept_card;
use super::proof;
use super::redirect::see_other;
use super::visit::{Door, Visit};
use crate::present;
use crate::view::{BookingPage, BookingView, CardView, KeepBox, Line, Notice, RefusedVoucher};

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

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct News {
    new: Option<String>,
    unpaid: Option<String>,
    charging: Option<String>,
    redeemed: Option<String>,
}

pub(super) async fn show(
    door: Door,
    path: web::Path<BookingPath>,
    news: web::Query<News>,
    desk: web::Data<PaymentDesk>,
) -> Result<HttpResponse, Problem> {
    let mut visit = door.open().await?;
    let code = path.code()?;
    let Some(booking) = proof::proven(&door.session, &mut visit.tx, &code).await? else {
        return Ok(ask_for_proof(&visit, &code));
    };
    respond(&door, visit, booking, &news, &desk, None).await
}

/// The page of a booking; with a code that was refused, if one was.
pub(super) async fn respond(
    door: &Door,
    mut visit: Visit,
    booking: Booking,
    news: &News,
    desk: &PaymentDesk,
    refused: Option<RefusedVoucher>,
) -> Result<HttpResponse, Problem> {
    let code = &booking.code;
    let account = account(&mut visit.tx, &booking, door.now).await?;
    let uses = motel_vouchers::queries::uses_on(&mut visit.tx, booking.id).await?;
    let property = &door.tenant.property;
    let stay =
        present::stay_of_booking(&booking, visit.group(booking.first().unit_group)?, property);
    let vouchers = present::vouchers(&uses, account, refused).map_err(Problem::internal)?;
    let view = present::booking_view(&booking, account, property, news.new.is_some())
        .map_err(Problem::internal)?;
    let card = kept_card(&mut visit.tx, &booking).await?;
    let place = visit.commit().await?;
    let notice = match booking.status() {
        ReservationStatus::Cancelled => Some(cancelled(&view)),
        _ if vouchers.is_refused() => None,
        _ if account.balance.is_zero() => Some(paid()),
        _ if news.charging.is_some() => Some(charging()),
        _ if news.redeemed.is_some() => vouchers.lines.last().map(taken_off),
        _ => news.unpaid.as_ref().map(|_| unpaid()),
    };
    let status = match vouchers.is_refused() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let page = Page::new(
        &door.request,
        Entry::Site,
        format!("{code} · {}", place.name),
    )
    .status(status);
    page.respond(&BookingPage {
        place,
        stay,
        booking: view,
        vouchers,
        notice,
        keep: keep_box(desk, account.asked),
        card: card.map(card_view),
    })
}

/// Offered with the deposit, where something is left to pay afterwards.
fn keep_box(desk: &PaymentDesk, asked: Due) -> Option<KeepBox> {
    let leaves_some = !asked.now.is_zero() && !asked.rest.is_zero();
    (leaves_some && desk.keeps_cards()).then_some(KeepBox {
        label: CARD_CONSENT.label,
        text: CARD_CONSENT.text,
    })
}

fn card_view(kept: KeptCard) -> CardView {
    CardView {
        brand: kept.card.brand,
        last_four: kept.card.last_four,
    }
}

/// The way for a browser that has not shown yet whose booking it is.
pub(super) fn ask_for_proof(visit: &Visit, code: &BookingCode) -> HttpResponse {
    see_other(format!("{}/my-booking?code={code}", visit.place.base))
}

fn cancelled(booking: &BookingView) -> Notice {
    Notice {
        tone: "warn",
        heading: "This booking is cancelled".to_owned(),
        text: match booking.balance_label {
            "To be refunded" => format!(
                "We owe you {} and will send it back the way you paid.",
                booking.balance
            ),
            _ => "The room is free for somebody else again.".to_owned(),
        },
    }
}

fn paid() -> Notice {
    Notice {
        tone: "good",
        heading: "All paid".to_owned(),
        text: "Thank you. There is nothing left to do.".to_owned(),
    }
}

fn charging() -> Notice {
    Notice {
        tone: "warn",
        heading: "A payment is under way".to_owned(),
        text: "What you owe is being paid already. Please look again in a few minutes.".to_owned(),
    }
}

fn taken_off(line: &Line) -> Notice {
    Notice {
        tone: "good",
        heading: "Taken off".to_owned(),
        text: format!(
            "{}: {}. You see below what is left to pay.",
            line.label, line.amount
        ),
    }
}

fn unpaid() -> Notice {
    Notice {
        tone: "warn",
        heading: "The payment page did not open".to_owned(),
        text: "Your booking stands all the same. Please try to pay again in a moment.".to_owned(),
    }
}
