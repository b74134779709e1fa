use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use motel_bookings::commands::{BookRequest, Booked, book as make_booking};
use motel_bookings::{BookingError, BookingSource, IdempotencyKey, StayRequest};
use motel_kernel::Money;
use motel_rates::{Offer, SearchRequest, queries};
use motel_tenancy::PolicyTopic;
use motel_web::{Entry, FieldErrors, Page, Problem};
use serde::Deserialize;
use uuid::Uuid;

use super::proof;
use super::redirect::see_other;
use super::visit::{Door, Visit};
use crate::input::{self, RawGuest, RawStay, StayQuery};
use crate::present;
use crate::view::{BookPage, Field, GuestForm, Notice};

/// The whole form as it comes in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawBooking {
    #[serde(flatten)]
    stay: RawStay,
    #[serde(flatten)]
    guest: RawGuest,
    /// Made with the form, so that sending it twice books once.
    idempotency_key: String,
    /// The total the form showed, in minor units: another price is asked for again, not charged.
    agreed_minor: String,
}

/// Why the form is shown.
struct Showing<'a> {
    guest: &'a RawGuest,
    errors: FieldErrors,
    notice: Option<Notice>,
    status: StatusCode,
}

pub(super) async fn form(door: Door, raw: web::Query<RawStay>) -> Result<HttpResponse, Problem> {
    let visit = door.open().await?;
    let guest = RawGuest::default();
    let showing = Showing {
        guest: &guest,
        errors: FieldErrors::new(),
        notice: None,
        status: StatusCode::OK,
    };
    show(&door, visit, &raw, showing).await
}

pub(super) async fn book(door: Door, raw: web::Form<RawBooking>) -> Result<HttpResponse, Problem> {
    let mut visit = door.open().await?;
    let refused = |errors| Showing {
        guest: &raw.guest,
        errors,
        notice: None,
        status: StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (wanted, guest) = match (wanted(&raw.stay), input::guest(&raw.guest)) {
        (Ok(wanted), Ok(guest)) => (wanted, guest),
        (Ok(_), Err(errors)) => return show(&door, visit, &raw.stay, refused(errors)).await,
        (Err(errors), _) => return Err(errors.into()),
    };
    let key = IdempotencyKey::parse(&raw.idempotency_key)
        .map_err(|error| Problem::invalid("idempotency_key", error))?;
    let request = BookRequest {
        stays: vec![wanted],
        guest,
        source: BookingSource::Web,
        agreed: raw
            .agreed_minor
            .parse()
            .ok()
            .map(|minor| Money::new(minor, door.tenant.property.currency)),
    };
    match make_booking(
        &mut visit.tx,
        &door.tenant.property,
        &request,
        Some(&key),
        door.now,
    )
    .await
    {
        Ok(booked) => done(&door, visit, &booked).await,
        Err(error) => refuse(&door, visit, &raw, error).await,
    }
}

async fn done(door: &Door, visit: Visit, booked: &Booked) -> Result<HttpResponse, Problem> {
    let place = visit.commit().await?;
    proof::remember(&door.session, door.tenant.tenant, &booked.booking)?;
    Ok(see_other(format!(
        "{}/booking/{}?new=1",
        place.base, booked.booking.code
    )))
}

/// A room that is gone leads back to the search; a changed price or a used form is shown once more to agree to.
async fn refuse(
    door: &Door,
    visit: Visit,
    raw: &RawBooking,
    error: BookingError,
) -> Result<HttpResponse, Problem> {
    let notice = match &error {
        BookingError::SoldOut { .. } | BookingError::NotOffered { .. } => {
            return Ok(see_other(search_href(&visit, &raw.stay, true)));
        }
        BookingError::PriceChanged { now, .. } => Notice {
            tone: "warn",
            heading: "The price has changed".to_owned(),
            text: format!(
                "It is now {now}. Nothing is booked yet: book again if that is fine with you."
            ),
        },
        BookingError::KeyReused => Notice {
            tone: "warn",
            heading: "This form was sent before".to_owned(),
            text: "You have a booking from it already. Book again only if you want a second one."
                .to_owned(),
        },
        _ => return Err(error.into()),
    };
    // What the attempt wrote is left behind with its transaction.
    drop(visit);
    let visit = door.open().await?;
    let showing = Showing {
        guest: &raw.guest,
        errors: FieldErrors::new(),
        notice: Some(notice),
        status: StatusCode::CONFLICT,
    };
    show(door, visit, &raw.stay, showing).await
}

async fn show(
    door: &Door,
    visit: Visit,
    raw: &RawStay,
    showing: Showing<'_>,
) -> Result<HttpResponse, Problem> {
    let property = &door.tenant.property;
    let Ok(request) = input::stay(raw) else {
        return Ok(see_other(search_href(&visit, raw, false)));
    };
    let found = queries::search(&visit.tx, property, &request, door.now).await?;
    let Some(offer) = found
        .offers
        .into_iter()
        .next()
        .filter(|_| request.unit_group.is_some())
    else {
        return Ok(see_other(search_href(
            &visit,
            raw,
            request.unit_group.is_some(),
        )));
    };
    let back_href = search_href(
        &visit,
        &RawStay {
            room_type: String::new(),
            ..raw.clone()
        },
        false,
    );
    let place = visit.commit().await?;
    let cancellation = property
        .policies
        .answer(PolicyTopic::Cancellation)
        .map(|answer| answer.text);
    let page = Page::new(&door.request, Entry::Site, format!("Book · {}", place.name))
        .status(showing.status);
    page.respond(&BookPage {
        stay: present::stay_of_offer(&offer, request.stay, request.party, property),
        form: guest_form(showing.guest, &showing.errors, hidden(&request, &offer)),
        notice: showing.notice,
        back_href,
        cancellation: cancellation.unwrap_or_default(),
        place,
    })
}

fn wanted(raw: &RawStay) -> Result<StayRequest, FieldErrors> {
    let request = input::stay(raw)?;
    let unit_group = request
        .unit_group
        .ok_or_else(|| FieldErrors::of("room_type", "is missing"))?;
    Ok(StayRequest::new(request.stay, request.party, unit_group))
}

fn search_href(visit: &Visit, raw: &RawStay, gone: bool) -> String {
    let Ok(request) = input::stay(raw) else {
        return visit.place.home().to_owned();
    };
    let query = StayQuery::new(request.stay, request.party).encode();
    format!(
        "{}?{query}{}#rooms",
        visit.place.home(),
        if gone { "&gone=1" } else { "" }
    )
}

fn guest_form(
    raw: &RawGuest,
    errors: &FieldErrors,
    hidden: Vec<(&'static str, String)>,
) -> GuestForm {
    GuestForm {
        full_name: Field::required("full_name", "Full name")
            .with(&raw.full_name)
            .refused_in(errors),
        email: Field::required("email", "E-mail")
            .with(&raw.email)
            .refused_in(errors),
        phone: Field::optional("phone", "Mobile phone (optional)")
            .with(&raw.phone)
            .refused_in(errors),
        hidden,
    }
}

fn hidden(request: &SearchRequest, offer: &Offer) -> Vec<(&'static str, String)> {
    vec![
        ("check_in", request.stay.arrival().to_string()),
        ("check_out", request.stay.departure().to_string()),
        ("adults", request.party.adults().to_string()),
        ("children", request.party.children().to_string()),
        ("pets", request.party.pets().to_string()),
        ("room_type", offer.unit_group.code.clone()),
        ("agreed_minor", offer.total().minor().to_string()),
        ("idempotency_key", Uuid::new_v4().to_string()),
    ]
}
