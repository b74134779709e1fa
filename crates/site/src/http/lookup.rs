use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use motel_bookings::{BookingError, queries};
use motel_kernel::{BookingCode, Email};
use motel_web::{Entry, FieldErrors, Page, Problem};
use serde::Deserialize;

use super::proof;
use super::redirect::see_other;
use super::visit::Door;
use crate::view::{Field, LookupPage, Notice, Place};

/// What a guest knows of their booking, as it comes in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawLookup {
    code: String,
    email: String,
}

pub(super) async fn form(door: Door, raw: web::Query<RawLookup>) -> Result<HttpResponse, Problem> {
    let place = door.open().await?.commit().await?;
    // An address is never taken from a link.
    let raw = RawLookup {
        code: raw.code.chars().take(20).collect(),
        email: String::new(),
    };
    show(
        &door,
        place,
        &raw,
        &FieldErrors::new(),
        None,
        StatusCode::OK,
    )
}

pub(super) async fn find(door: Door, raw: web::Form<RawLookup>) -> Result<HttpResponse, Problem> {
    let mut visit = door.open().await?;
    let (code, email) = match parse(&raw) {
        Ok(known) => known,
        Err(errors) => {
            return show(
                &door,
                visit.place,
                &raw,
                &errors,
                None,
                StatusCode::UNPROCESSABLE_ENTITY,
            );
        }
    };
    match queries::find_for_guest(&mut visit.tx, &code, &email).await {
        Ok(booking) => {
            proof::remember(&door.session, door.tenant.tenant, &booking)?;
            Ok(see_other(format!("{}/booking/{code}", visit.place.base)))
        }
        Err(BookingError::NotFound) => show(
            &door,
            visit.place,
            &raw,
            &FieldErrors::new(),
            Some(unknown()),
            StatusCode::NOT_FOUND,
        ),
        Err(error) => Err(error.into()),
    }
}

fn parse(raw: &RawLookup) -> Result<(BookingCode, Email), FieldErrors> {
    let mut errors = FieldErrors::new();
    let code = errors.check("code", BookingCode::parse(&raw.code));
    let email = errors.check("email", Email::parse(&raw.email));
    code.zip(email).ok_or(errors)
}

fn show(
    door: &Door,
    place: Place,
    raw: &RawLookup,
    errors: &FieldErrors,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let page = Page::new(
        &door.request,
        Entry::Site,
        format!("My booking · {}", place.name),
    )
    .status(status);
    page.respond(&LookupPage {
        place,
        code: Field::required("code", "Booking code")
            .with(&raw.code)
            .refused_in(errors),
        email: Field::required("email", "E-mail")
            .with(&raw.email)
            .refused_in(errors),
        notice,
    })
}

fn unknown() -> Notice {
    Notice {
        tone: "bad",
        heading: "No booking found".to_owned(),
        text: "Code and e-mail address do not belong together. Please check both.".to_owned(),
    }
}
