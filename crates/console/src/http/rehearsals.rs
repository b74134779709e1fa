//! Who is tried out beside whoever answers guests, and how that goes.

use actix_web::{HttpRequest, HttpResponse, web};
use motel_conversations::queries::turn;
use motel_db::TenantTx;
use motel_kernel::Actor;
use motel_shadow::commands::put_candidate;
use motel_shadow::queries::{candidate, chosen_candidate, compared, differing, rates};
use motel_shadow::{CandidateSettings, Score, ShadowError, Terms, readiness};
use motel_tenancy::http::StaffPage;
use motel_tenancy::{Permission, StaffSession, may};
use motel_web::{Entry, Input, Page, Problem};

use super::booking::News;
use super::office::Key;
use super::see_other;
use crate::input::{RawShare, ShareForm};
use crate::present::{self, Tried};
use crate::view::RehearsalsPage;

const PAGE: &str = "/console/rehearsals";

/// The most differences that are shown.
const MOST_SHOWN: i64 = 20;

/// How it goes.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadConversations>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    page(&request, &staff, &key, news.word(), None).await
}

/// Gives who is tried out another share.
pub(super) async fn give(
    request: HttpRequest,
    staff: StaffPage<may::WriteCredentials>,
    key: Key,
    raw: web::Form<RawShare>,
) -> Result<HttpResponse, Problem> {
    let form = match ShareForm::parse(raw.into_inner()) {
        Ok(form) => form,
        Err(_) => {
            let error = "The share must be a number from 0 to 100.".to_owned();
            return page(&request, &staff, &key, None, Some(error)).await;
        }
    };
    let by = Actor::Staff(staff.staff_id);
    let mut office = key.open(&staff).await?;
    let tried = chosen_candidate(&office.tx).await?;
    let terms = Terms {
        share: form.share,
        silent: form.silent,
        ..tried.terms
    };
    let seen = Some(form.version);
    let set = put_candidate(&mut office.tx, seen, &tried.candidate, terms, by, key.now()).await;
    match set {
        Ok(_) => {}
        Err(ShadowError::Stale) => return Ok(back("changed_meanwhile")),
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back("share_set"))
}

async fn page(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    news: Option<&str>,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(staff).await?;
    let tried = match candidate(&office.tx).await? {
        Some(settings) => {
            let may_set = staff.may(Permission::WriteCredentials);
            let tried = look(&mut office.tx, settings, may_set).await?;
            Some(present::tried(tried, office.property.timezone))
        }
        None => None,
    };
    let status = super::status_of(error.as_ref());
    let title = format!("Rehearsals · {}", office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&RehearsalsPage {
        head: office.head(false),
        notice: news.and_then(present::notice),
        error,
        tried,
    })
}

async fn look(
    tx: &mut TenantTx,
    settings: CandidateSettings,
    may_set: bool,
) -> Result<Tried, Problem> {
    let rates = rates(tx, &settings).await?;
    let intents = readiness(&compared(tx, &settings).await?);
    let mut shown: Vec<(Score, String)> = Vec::new();
    for score in differing(tx, &settings, MOST_SHOWN).await? {
        let heard = turn(tx, score.scored.conversation_id, score.scored.seq).await;
        let heard = heard.map_err(Problem::internal)?;
        shown.push((score, heard.map(|turn| turn.text).unwrap_or_default()));
    }
    Ok(Tried {
        settings,
        rates,
        intents,
        differing: shown,
        may_set,
    })
}

fn back(news: &str) -> HttpResponse {
    see_other(&format!("{PAGE}?news={news}"))
}
