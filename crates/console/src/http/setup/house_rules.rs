use actix_web::{HttpRequest, HttpResponse, web};
use motel_onboarding::setup::{HouseRules, Step, set_house_rules};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::Problem;

use super::super::office::Key;
use super::{FormWords, Refused, Site, show_form};
use crate::input::RawHouseRules;
use crate::present::{self, Refusals};

const WORDS: FormWords = FormWords {
    step: Step::HouseRules,
    heading: "What guests ask",
    intro: "Your page shows these answers, and the concierge gives them. What you leave open it does not make up.",
    submit: "Save and go on",
};

pub(in super::super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
) -> Result<HttpResponse, Problem> {
    let site = Site::open(&key, &staff).await?;
    let known = RawHouseRules::of(&HouseRules::of(&site.office.property));
    page(&request, &site, &known, None)
}

/// Makes the answers the house's policies.
pub(in super::super) async fn take(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
    raw: web::Form<RawHouseRules>,
) -> Result<HttpResponse, Problem> {
    let mut site = Site::open(&key, &staff).await?;
    let rules = match raw.rules(site.office.property.currency) {
        Ok(rules) => rules,
        Err(errors) => return page(&request, &site, &raw, Some(&Refused::fields(errors))),
    };
    if rules == HouseRules::default() {
        let refused = Refused {
            sentence: Some("Please answer at least one question, or skip them for now.".to_owned()),
            ..Refused::default()
        };
        return page(&request, &site, &raw, Some(&refused));
    }
    let (tx, property) = (&mut site.office.tx, &site.office.property);
    set_house_rules(tx, property, &rules).await?;
    site.go_on(Step::HouseRules).await
}

fn page(
    request: &HttpRequest,
    site: &Site,
    raw: &RawHouseRules,
    refused: Option<&Refused>,
) -> Result<HttpResponse, Problem> {
    let fields = refused.map_or(&[][..], |refused| refused.fields.as_slice());
    let groups = present::house_rule_fields(raw, Refusals(fields));
    show_form(request, site, &WORDS, Vec::new(), groups, refused)
}
