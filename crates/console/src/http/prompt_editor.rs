//! A version of a prompt to be: typed, looked at with the house's own values, and saved.

use actix_web::{HttpRequest, HttpResponse, web};
use motel_concierge::preview;
use motel_kernel::Actor;
use motel_prompts::http::kind;
use motel_prompts::{LONGEST_TEXT, PromptKind, PromptsError, commands, queries};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::{Entry, FieldErrors, Page, Problem, form_config};

use super::office::{Key, Office};
use super::see_other;
use crate::input::RawPrompt;
use crate::present;
use crate::view::{PromptEditPage, PromptShown};

/// How much of a form is read: a letter is sent as nine at most, or as twelve.
pub(super) fn form_bounds() -> web::FormConfig {
    form_config().limit(LONGEST_TEXT * 12 + 4_096)
}

/// A form with the text that is active.
pub(super) async fn form(
    request: HttpRequest,
    staff: StaffPage<may::WriteCredentials>,
    key: Key,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let kind = kind(&path)?;
    let mut office = key.open(&staff).await?;
    let active = queries::active(&mut office.tx, kind).await?;
    let typed = RawPrompt {
        text: active.text,
        note: String::new(),
        channel: String::new(),
    };
    page(&request, office, kind, typed, (Vec::new(), None))
}

/// The same with what it says now.
pub(super) async fn look(
    request: HttpRequest,
    staff: StaffPage<may::WriteCredentials>,
    key: Key,
    path: web::Path<String>,
    raw: web::Form<RawPrompt>,
) -> Result<HttpResponse, Problem> {
    let (kind, typed) = (kind(&path)?, raw.into_inner());
    let mut office = key.open(&staff).await?;
    let new = match typed.parse(kind) {
        Ok(new) => new,
        Err(errors) => return page(&request, office, kind, typed, (said(&errors), None)),
    };
    let channels = present::prompt_channels(kind, &typed.channel);
    let chosen = channels.iter().find(|(_, chosen)| *chosen);
    let channel = chosen.map_or("", |(channel, _)| channel);
    let (tx, text) = (&mut office.tx, (kind, new.text()));
    let shown = preview(tx, &office.property, text, channel, office.now).await;
    let shown = present::prompt_shown(shown)?;
    page(&request, office, kind, typed, (Vec::new(), Some(shown)))
}

/// Saves it under the next number.
pub(super) async fn save(
    request: HttpRequest,
    staff: StaffPage<may::WriteCredentials>,
    key: Key,
    path: web::Path<String>,
    raw: web::Form<RawPrompt>,
) -> Result<HttpResponse, Problem> {
    let (kind, typed) = (kind(&path)?, raw.into_inner());
    let by = Actor::Staff(staff.staff_id);
    let mut office = key.open(&staff).await?;
    let refused = match typed.parse(kind) {
        Err(errors) => said(&errors),
        Ok(new) => match commands::save(&mut office.tx, &new, by, key.now()).await {
            Ok(saved) => {
                office.tx.commit().await.map_err(Problem::internal)?;
                let to = format!("/console/prompts/{kind}/versions/{}", saved.number);
                return Ok(see_other(&to));
            }
            Err(PromptsError::TooMany) => {
                vec!["There are as many versions of this prompt as there can be.".to_owned()]
            }
            Err(error) => return Err(error.into()),
        },
    };
    page(&request, office, kind, typed, (refused, None))
}

/// Every refused field in a sentence.
fn said(errors: &FieldErrors) -> Vec<String> {
    let sentence = |field: &str, reason: &str| match field {
        "text" if reason.starts_with("line ") => format!("In {reason}."),
        "text" => format!("The text: {reason}."),
        field => format!("The {field} {reason}."),
    };
    let errors = errors.as_slice().iter();
    errors.map(|it| sentence(&it.field, &it.reason)).collect()
}

fn page(
    request: &HttpRequest,
    office: Office,
    kind: PromptKind,
    typed: RawPrompt,
    (errors, shown): (Vec<String>, Option<PromptShown>),
) -> Result<HttpResponse, Problem> {
    let title = format!("A new version · {}", office.property.name);
    let status = super::status_of(errors.first());
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&PromptEditPage {
        head: office.head(false),
        errors,
        kind: kind.as_str(),
        title: kind.title(),
        channels: present::prompt_channels(kind, &typed.channel),
        variables: present::prompt_variables(),
        text: typed.text,
        note: typed.note,
        shown,
    })
}
