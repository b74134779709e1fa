use actix_web::{HttpRequest, HttpResponse, web};
use motel_onboarding::setup::{Step, describe_place};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::{Input, Problem};

use super::super::office::Key;
use super::{FormWords, Refused, Site, show_form};
use crate::input::{PlaceForm, RawPlace};
use crate::present::{self, Refusals};

const WORDS: FormWords = FormWords {
    step: Step::Property,
    heading: "Your place",
    intro: "What guests read, and by which clock and in which currency you work.",
    submit: "Save and go on",
};

pub(in super::super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
) -> Result<HttpResponse, Problem> {
    let site = Site::open(&key, &staff).await?;
    page(&request, &site, &RawPlace::of(&site.office.property), None)
}

/// Says what the property is.
pub(in super::super) async fn take(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
    raw: web::Form<RawPlace>,
) -> Result<HttpResponse, Problem> {
    let mut site = Site::open(&key, &staff).await?;
    let described = match PlaceForm::parse(raw.clone()) {
        Ok(form) => form.described(&site.office.property.tax.name),
        Err(errors) => return page(&request, &site, &raw, Some(&Refused::fields(errors))),
    };
    let (tx, property) = (&mut site.office.tx, &site.office.property);
    match describe_place(tx, property, &described).await {
        Ok(_) => site.go_on(Step::Property).await,
        Err(error) => page(&request, &site, &raw, Some(&Refused::of(error.into())?)),
    }
}

fn page(
    request: &HttpRequest,
    site: &Site,
    raw: &RawPlace,
    refused: Option<&Refused>,
) -> Result<HttpResponse, Problem> {
    let fields = refused.map_or(&[][..], |refused| refused.fields.as_slice());
    let groups = present::place_fields(raw, &site.office.property, Refusals(fields));
    show_form(request, site, &WORDS, Vec::new(), groups, refused)
}
