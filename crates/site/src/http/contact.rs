use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use motel_leads::LeadNumber;
use motel_leads::commands::capture;
use motel_web::{Entry, FieldErrors, Page, Problem};

use super::home::News;
use super::redirect::see_other;
use super::visit::Door;
use crate::input::{self, RawEnquiry};
use crate::view::{EnquiryForm, EnquiryPage, Field, Notice, Place};

pub(super) fn page(door: &Door, place: Place, news: &News) -> Result<HttpResponse, Problem> {
    let number = news
        .sent
        .as_deref()
        .and_then(|number| number.parse::<LeadNumber>().ok());
    let notice = number.map(|number| Notice {
        tone: "good",
        heading: "Thank you, we have it".to_owned(),
        text: format!("Your enquiry has the number {number}. We will write or call you back."),
    });
    show(
        door,
        place,
        form(&RawEnquiry::default(), &FieldErrors::new()),
        notice,
        StatusCode::OK,
    )
}

pub(super) async fn send(door: Door, raw: web::Form<RawEnquiry>) -> Result<HttpResponse, Problem> {
    let mut visit = door.open().await?;
    let new = match input::enquiry(&raw, door.today()) {
        Ok(new) => new,
        Err(errors) => {
            return show(
                &door,
                visit.place,
                form(&raw, &errors),
                None,
                StatusCode::UNPROCESSABLE_ENTITY,
            );
        }
    };
    let captured = capture(&mut visit.tx, &new).await.map_err(Problem::from)?;
    let place = visit.commit().await?;
    Ok(see_other(format!(
        "{}?sent={}#contact",
        place.home(),
        captured.lead.number
    )))
}

fn show(
    door: &Door,
    place: Place,
    form: EnquiryForm,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let title = format!("{}: {}", place.name, place.tagline);
    let page = Page::new(&door.request, Entry::Site, title)
        .description(&place.tagline)
        .status(status);
    let chefs = door
        .tenant
        .property
        .chefs
        .iter()
        .map(|chef| (chef.name.clone(), chef.cuisine.clone()));
    page.respond(&EnquiryPage {
        chefs: chefs.collect(),
        place,
        form,
        notice,
    })
}

fn form(raw: &RawEnquiry, errors: &FieldErrors) -> EnquiryForm {
    EnquiryForm {
        full_name: Field::required("full_name", "Full name")
            .with(&raw.full_name)
            .refused_in(errors),
        email: Field::optional("email", "E-mail")
            .with(&raw.email)
            .refused_in(errors),
        phone: Field::optional("phone", "Phone")
            .with(&raw.phone)
            .refused_in(errors),
        date: Field::optional("date", "Day, if you know it")
            .with(&raw.date)
            .refused_in(errors),
        guests: Field::optional("guests", "How many people")
            .with(&raw.guests)
            .refused_in(errors),
        notes: Field::optional("notes", "What should we know?")
            .with(&raw.notes)
            .refused_in(errors),
    }
}
