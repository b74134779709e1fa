//! How models are told what they are: versions are looked at, made active and rolled back.

use actix_web::{HttpRequest, HttpResponse, web};
use motel_concierge::preview;
use motel_kernel::Actor;
use motel_prompts::http::{kind, version_at};
use motel_prompts::{PromptKind, PromptsError, VersionNumber, commands, difference, queries};
use motel_tenancy::http::StaffPage;
use motel_tenancy::{Permission, Staff, may, team};
use motel_web::{Entry, Page, Problem};
use serde::Deserialize;

use super::booking::News;
use super::office::{Key, Office};
use super::see_other;
use crate::present;
use crate::view::{PromptCard, PromptVersionPage, PromptsPage};

const PAGE: &str = "/console/prompts";

/// How many versions and activations are shown; programs get all of them.
const MOST_SHOWN: i64 = 20;

/// The most members that are looked through for who did something.
const MOST_MEMBERS: i64 = 200;

#[derive(Deserialize)]
pub(super) struct RawRollBack {
    activation: i32,
}

/// Each kind of prompt.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadSettings>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(&staff).await?;
    let members = team::members(&mut office.tx, None, MOST_MEMBERS).await?;
    let mut prompts = Vec::new();
    for kind in PromptKind::ALL {
        prompts.push(card(&mut office, *kind, &members).await?);
    }
    let title = format!("Prompts · {}", office.property.name);
    Page::new(&request, Entry::Console, title).respond(&PromptsPage {
        head: office.head(false),
        notice: news.word().and_then(present::notice),
        may_write: staff.may(Permission::WriteCredentials),
        prompts,
    })
}

async fn card(
    office: &mut Office,
    kind: PromptKind,
    members: &[Staff],
) -> Result<PromptCard, Problem> {
    let (tx, zone) = (&mut office.tx, office.property.timezone);
    let standing = queries::standing(tx, kind).await?;
    let versions = queries::saved_versions(tx, kind, None, MOST_SHOWN).await?;
    let activations = queries::activations(tx, kind, None, MOST_SHOWN).await?;
    Ok(present::prompt_card(
        standing,
        &versions,
        &activations,
        members,
        zone,
    ))
}

/// One version, compared with the active one.
pub(super) async fn version(
    request: HttpRequest,
    staff: StaffPage<may::ReadSettings>,
    key: Key,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (kind, number) = version_at(&path)?;
    let mut office = key.open(&staff).await?;
    let version = queries::version(&mut office.tx, kind, number).await?;
    let active = queries::active(&mut office.tx, kind).await?;
    let about = about(&mut office, kind, number).await?;
    let channel = kind.channels().first().copied().unwrap_or_default();
    let (tx, text) = (&mut office.tx, (kind, version.text.as_str()));
    let shown = preview(tx, &office.property, text, channel, office.now).await;
    let name = present::version_name(number);
    let title = format!("{name} · {}", office.property.name);
    Page::new(&request, Entry::Console, title).respond(&PromptVersionPage {
        head: office.head(false),
        may_write: staff.may(Permission::WriteCredentials),
        kind: kind.as_str(),
        title: kind.title(),
        number: number.get(),
        name,
        about,
        active: active.number == number,
        against: present::version_name(active.number),
        lines: present::prompt_lines(difference(&active.text, &version.text)),
        shown: present::prompt_shown(shown)?,
    })
}

/// What is known of a version besides its text.
async fn about(
    office: &mut Office,
    kind: PromptKind,
    number: VersionNumber,
) -> Result<String, Problem> {
    if number == VersionNumber::DEFAULT {
        return Ok("For every business that has made none of its own active.".to_owned());
    }
    let saved = queries::saved_version(&mut office.tx, kind, number).await?;
    let members = team::members(&mut office.tx, None, MOST_MEMBERS).await?;
    let zone = office.property.timezone;
    Ok(present::about_version(&saved, &members, zone))
}

/// Makes a version the active one.
pub(super) async fn activate(
    staff: StaffPage<may::WriteCredentials>,
    key: Key,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (kind, number) = version_at(&path)?;
    let by = Actor::Staff(staff.staff_id);
    let mut office = key.open(&staff).await?;
    commands::activate(&mut office.tx, kind, number, by, key.now()).await?;
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back("prompt_active"))
}

/// Goes back to the version that was active before.
pub(super) async fn roll_back(
    staff: StaffPage<may::WriteCredentials>,
    key: Key,
    path: web::Path<String>,
    raw: web::Form<RawRollBack>,
) -> Result<HttpResponse, Problem> {
    let kind = kind(&path)?;
    let by = Actor::Staff(staff.staff_id);
    let mut office = key.open(&staff).await?;
    match commands::roll_back(&mut office.tx, kind, raw.activation, by, key.now()).await {
        Ok(_) => {}
        Err(PromptsError::Stale) => return Ok(back("changed_meanwhile")),
        Err(PromptsError::NothingBefore) => return Ok(back("nothing_before")),
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back("prompt_rolled_back"))
}

/// To the list of all.
pub(super) fn back(news: &str) -> HttpResponse {
    see_other(&format!("{PAGE}?news={news}"))
}
