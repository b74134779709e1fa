//! Letting whoever runs the installation in, and their coming in.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use motel_db::Db;
use motel_tenancy::http::{CurrentClock, StaffPage, open_session_in};
use motel_tenancy::support::{
    SupportHours, let_support_in, look_at_visit, support_access, support_visits, turn_support_out,
};
use motel_tenancy::{AddressedToken, TenancyError, may, support};
use motel_web::{Entry, Page, Problem};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::booking::News;
use super::office::Key;
use super::password::Linked;
use super::see_other;
use crate::present;
use crate::view::{SupportEntryPage, SupportPage, SupportVisitRow, VisitForm};

#[derive(Deserialize)]
pub(super) struct RawAccess {
    hours: u8,
}

#[derive(Deserialize)]
pub(super) struct RawEntry {
    link: SecretString,
}

/// Whether support may come, and who came.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadTeam>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(&staff).await?;
    let zone = office.property.timezone;
    let open = support_access(&mut office.tx).await?;
    let visits = support_visits(&mut office.tx).await?.into_iter();
    let title = format!("Support · {}", office.property.name);
    Page::new(&request, Entry::Console, title).respond(&SupportPage {
        head: office.head(false),
        notice: news.word().and_then(present::notice),
        until: open.map(|access| present::clock_time(access.ends_at, zone)),
        visits: visits
            .map(|visit| SupportVisitRow {
                visitor: visit.visitor,
                reason: visit.reason.as_str().to_owned(),
                when: present::clock_time(visit.visited_at, zone),
            })
            .collect(),
    })
}

/// Lets support in.
pub(super) async fn open(
    staff: StaffPage<may::WriteTeam>,
    db: web::Data<Db>,
    raw: web::Form<RawAccess>,
) -> Result<HttpResponse, Problem> {
    let hours = SupportHours::new(raw.hours);
    let hours = hours.ok_or_else(|| Problem::invalid("hours", "must be 1 to 72"))?;
    let mut tx = db.tenant(staff.tenant).await.map_err(Problem::internal)?;
    let_support_in(&mut tx, staff.staff_id, hours).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(back("support_let_in"))
}

/// Takes it back.
pub(super) async fn close(
    staff: StaffPage<may::WriteTeam>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let mut tx = db.tenant(staff.tenant).await.map_err(Problem::internal)?;
    turn_support_out(&mut tx).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(back("support_out"))
}

/// The page behind the link of a visitor. Looking does not use it.
pub(super) async fn look(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    linked: web::Query<Linked>,
) -> Result<HttpResponse, Problem> {
    let visit = match linked.token() {
        Some((token, word)) => {
            look_at_visit(&db, &token, clock.now())
                .await?
                .map(|visit| VisitForm {
                    link: word.to_owned(),
                    visitor: visit.visitor,
                    reason: visit.reason.as_str().to_owned(),
                })
        }
        None => None,
    };
    entry(&request, visit)
}

/// Signs the visitor in.
pub(super) async fn enter(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    raw: web::Form<RawEntry>,
) -> Result<HttpResponse, Problem> {
    let Some(token) = AddressedToken::parse(raw.link.expose_secret()) else {
        return entry(&request, None);
    };
    let tx = db.tenant(token.tenant()).await;
    let mut tx = tx.map_err(Problem::internal)?;
    match support::enter(&mut tx, &token, clock.now()).await {
        Ok(visitor) => {
            open_session_in(&request, tx, &visitor).await?;
            Ok(see_other("/console"))
        }
        Err(TenancyError::LinkGone) => entry(&request, None),
        Err(error) => Err(error.into()),
    }
}

fn entry(request: &HttpRequest, visit: Option<VisitForm>) -> Result<HttpResponse, Problem> {
    let status = match visit {
        Some(_) => StatusCode::OK,
        None => StatusCode::GONE,
    };
    let page = Page::new(request, Entry::Console, "Support").status(status);
    page.respond(&SupportEntryPage { visit })
}

fn back(news: &str) -> HttpResponse {
    see_other(&format!("/console/team/support?news={news}"))
}
