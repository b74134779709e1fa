//! Who changed what, from what to what.

use actix_web::{HttpRequest, HttpResponse, web};
use motel_audit::commands::keep_for;
use motel_audit::queries::{entries, kept_for, verify};
use motel_audit::{Days, Entry, Filter, Verdict};
use motel_tenancy::http::StaffPage;
use motel_tenancy::{Permission, StaffSession, may, queries, team};
use motel_web::{Entry as Bundle, FieldErrors, Input, Page, Problem};
use serde::Deserialize;

use super::office::{Key, Office};
use super::see_other;
use crate::input::{Look, RawLook};
use crate::present::{self, AUDIT_PATH, People};
use crate::view::AuditPage;

/// How many entries a page shows.
const AT_ONCE: i64 = 50;

/// The most members, and keys, that are looked through for who did something.
const MOST: i64 = 200;

/// What else the address says.
#[derive(Default, Deserialize)]
pub(super) struct Wish {
    /// Only entries before this one.
    before: Option<i64>,
    /// Whether to walk the chain.
    check: Option<String>,
    /// What was just done.
    news: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RawDays {
    days: String,
}

/// What the page is to show.
#[derive(Default)]
struct Shown {
    /// As it was typed.
    raw: RawLook,
    /// The same, understood; nothing is shown where it could not be.
    filter: Option<Filter>,
    verdict: Option<Verdict>,
    error: Option<String>,
}

/// Entries, the latest first.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadAuditLog>,
    key: Key,
    raw: web::Query<RawLook>,
    wish: web::Query<Wish>,
) -> Result<HttpResponse, Problem> {
    let raw = raw.into_inner();
    let verdict = match wish.check {
        Some(_) => Some(walk(&key, &staff).await?),
        None => None,
    };
    let mut office = key.open(&staff).await?;
    let (filter, error) = match Look::parse(raw.clone()) {
        Ok(look) => (Some(look.filter(office.property.timezone)), None),
        Err(refused) => (None, Some(sentence(&refused))),
    };
    let shown = Shown {
        raw,
        filter,
        verdict,
        error,
    };
    page(&request, &staff, &mut office, &wish, shown).await
}

/// Says for how long entries are kept.
pub(super) async fn keep(
    request: HttpRequest,
    staff: StaffPage<may::WriteAuditLog>,
    key: Key,
    raw: web::Form<RawDays>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(&staff).await?;
    let Some(days) = raw.days.trim().parse().ok().and_then(Days::new) else {
        let shown = Shown {
            filter: Some(Filter::default()),
            error: Some(format!("The number of days {}.", Days::RANGE)),
            ..Shown::default()
        };
        return page(&request, &staff, &mut office, &Wish::default(), shown).await;
    };
    keep_for(&mut office.tx, days, key.now()).await?;
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(see_other(&format!("{AUDIT_PATH}?news=audit_kept")))
}

/// What came of walking the chain. In a transaction of its own, whose end lets the next one walk.
async fn walk(key: &Key, staff: &StaffSession) -> Result<Verdict, Problem> {
    let mut office = key.open(staff).await?;
    let verdict = verify(&mut office.tx).await?;
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(verdict)
}

async fn page(
    request: &HttpRequest,
    staff: &StaffSession,
    office: &mut Office,
    wish: &Wish,
    shown: Shown,
) -> Result<HttpResponse, Problem> {
    let tx = &mut office.tx;
    let mut found: Vec<Entry> = match &shown.filter {
        Some(filter) => entries(tx, filter, wish.before, AT_ONCE + 1).await?,
        None => Vec::new(),
    };
    let members = team::members(tx, None, MOST).await?;
    let keys = queries::api_keys(tx, None, MOST).await?;
    let days = kept_for(tx).await?;
    let people = People {
        members: &members,
        keys: &keys,
    };
    let more = i64::try_from(found.len()).is_ok_and(|number| number > AT_ONCE);
    found.truncate(usize::try_from(AT_ONCE).unwrap_or_default());
    let last = found.last().filter(|_| more).map(|it| it.id.to_string());
    let earlier = last.map(|id| present::look_address(&shown.raw, &[("before", &id)]));
    let status = super::status_of(shown.error.as_ref());
    let title = format!("Who changed what · {}", office.property.name);
    let page = Page::new(request, Bundle::Console, title).status(status);
    page.respond(&AuditPage {
        head: office.head(false),
        notice: wish.news.as_deref().and_then(present::notice),
        error: shown.error,
        verdict: shown.verdict.as_ref().map(present::chain_verdict),
        look: present::look_form(&shown.raw, &people),
        entries: present::audit_rows(&found, &people, office.property.timezone),
        earlier,
        export: present::export_address(&shown.filter.unwrap_or_default()),
        check: present::look_address(&shown.raw, &[("check", "yes")]),
        days: days.get(),
        may_set: staff.may(Permission::WriteAuditLog),
    })
}

fn sentence(refused: &FieldErrors) -> String {
    let fields = refused.as_slice().iter();
    let said: Vec<_> = fields
        .map(|it| format!("“{}” {}.", it.field, it.reason))
        .collect();
    said.join(" ")
}
