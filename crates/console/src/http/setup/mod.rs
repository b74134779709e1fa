//! Setting a business up, a step a page.

mod channel;
mod house_rules;
mod offer;
mod place;
mod trial;

pub(super) use channel::{show as channel, take as take_channel};
pub(super) use house_rules::{show as house_rules, take as take_house_rules};
pub(super) use offer::{rooms, services, take_rooms, take_service};
pub(super) use place::{show as place, take as take_place};
pub(super) use trial::{say, show as trial};

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use motel_onboarding::setup::{self, Setup, Step, StepState};
use motel_tenancy::http::StaffPage;
use motel_tenancy::{StaffSession, Tenant, may, queries};
use motel_web::{Entry, FieldErrors, Page, Problem};

use super::booking::News;
use super::office::{Key, Office};
use super::see_other;
use crate::present::{self, SETUP_PATH};
use crate::view::{FieldGroup, Progress, SetupFormPage, SetupPage};

/// Somebody who sets their business up: the office, and how far it is.
struct Site {
    office: Office,
    tenant: Tenant,
    setup: Setup,
}

impl Site {
    async fn open(key: &Key, staff: &StaffSession) -> Result<Self, Problem> {
        let mut office = key.open(staff).await?;
        let tenant = queries::tenant(&mut office.tx).await?;
        let tenant = tenant.ok_or_else(|| Problem::not_found("business"))?;
        let setup = setup::setup(&mut office.tx, &office.property, tenant.kind).await?;
        Ok(Self {
            office,
            tenant,
            setup,
        })
    }

    fn progress(&self, step: Step) -> Progress {
        present::progress(&self.setup, self.tenant.kind, Some(step))
    }

    fn is_open(&self, step: Step) -> bool {
        self.setup.state(step) == StepState::Open
    }

    /// Where to go on after a step as things are: the next one that waits, or the overview.
    fn after(&self, step: Step) -> String {
        match self.setup.after(step).filter(|next| *next != step) {
            Some(next) => present::step_address(next, self.tenant.kind),
            None => SETUP_PATH.to_owned(),
        }
    }

    /// Commits what a step did, and goes on.
    async fn go_on(mut self, step: Step) -> Result<HttpResponse, Problem> {
        let id = self.office.property.id;
        let tx = &mut self.office.tx;
        let property = queries::property(tx, id).await?;
        let property = property.ok_or_else(|| Problem::not_found("property"))?;
        self.setup = setup::setup(tx, &property, self.tenant.kind).await?;
        let next = self.after(step);
        self.office.tx.commit().await.map_err(Problem::internal)?;
        Ok(see_other(&next))
    }
}

/// The words of a step that is a form.
struct FormWords {
    step: Step,
    heading: &'static str,
    intro: &'static str,
    submit: &'static str,
}

/// Shows a form; with what was refused, if anything was.
fn show_form(
    request: &HttpRequest,
    site: &Site,
    words: &FormWords,
    there: Vec<String>,
    groups: Vec<FieldGroup>,
    refused: Option<&Refused>,
) -> Result<HttpResponse, Problem> {
    let status = super::status_of(refused);
    let title = format!("{} · {}", words.heading, site.office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&SetupFormPage {
        head: site.office.head(false),
        progress: site.progress(words.step),
        heading: words.heading,
        intro: words.intro,
        on: (!there.is_empty()).then(|| site.after(words.step)),
        there,
        error: refused.and_then(|refused| refused.sentence.clone()),
        groups,
        action: present::step_address(words.step, site.tenant.kind),
        submit: words.submit,
        skippable: site.is_open(words.step),
    })
}

/// What was refused: fields, or the whole.
#[derive(Default)]
struct Refused {
    fields: FieldErrors,
    sentence: Option<String>,
}

impl Refused {
    fn fields(fields: FieldErrors) -> Self {
        let sentence = None;
        Self { fields, sentence }
    }

    /// What a problem tells people; a fault stays one.
    fn of(problem: Problem) -> Result<Self, Problem> {
        if problem.status.is_server_error() || problem.status == StatusCode::NOT_FOUND {
            return Err(problem);
        }
        Ok(Self {
            fields: FieldErrors::new(),
            sentence: Some(problem.detail),
        })
    }
}

/// All steps, and where to go on.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    let site = Site::open(&key, &staff).await?;
    let kind = site.tenant.kind;
    let title = format!("Setting up · {}", site.office.property.name);
    Page::new(&request, Entry::Console, title).respond(&SetupPage {
        head: site.office.head(false),
        progress: present::progress(&site.setup, kind, None),
        welcome: news.word() == Some("welcome"),
        next: site
            .setup
            .next()
            .map(|step| present::step_address(step, kind)),
    })
}

/// Puts a step off.
pub(super) async fn skip(
    staff: StaffPage<may::WriteSettings>,
    key: Key,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let step = present::step_of(&path).ok_or_else(|| Problem::not_found("step"))?;
    let mut site = Site::open(&key, &staff).await?;
    if site.is_open(step) {
        setup::skip(&mut site.office.tx, step, key.now()).await?;
    }
    site.go_on(step).await
}
