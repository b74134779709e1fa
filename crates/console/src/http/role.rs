//! Roles of the business's own, each on a page: made, often as a copy of another one, changed, and removed.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use motel_tenancy::http::{StaffPage, parse_role};
use motel_tenancy::{
    NewRole, Permission, Permissions, RoleId, RoleRef, StaffSession, TenancyError, may, roles,
};
use motel_web::{Entry, FieldErrors, Page, Problem};
use serde::Deserialize;

use super::booking::News;
use super::office::{Key, Office};
use super::see_other;
use crate::present;
use crate::view::RolePage;

#[derive(Deserialize)]
pub(super) struct Copied {
    #[serde(default)]
    from: String,
}

#[derive(Deserialize)]
pub(super) struct RawRemoval {
    #[serde(default)]
    successor: String,
}

/// What a form shows.
struct Filled {
    id: Option<RoleId>,
    version: i32,
    name: String,
    purpose: String,
    permitted: Permissions,
}

/// A form for a role to be, which permits what another one does.
pub(super) async fn new(
    request: HttpRequest,
    staff: StaffPage<may::WriteTeam>,
    key: Key,
    copied: web::Query<Copied>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(&staff).await?;
    let permitted = match copied.from.parse::<RoleRef>() {
        Ok(from) => roles::held_role(&mut office.tx, from).await?.permissions,
        Err(_) => Permissions::default(),
    };
    let filled = Filled {
        id: None,
        version: 0,
        name: String::new(),
        purpose: String::new(),
        permitted: permitted.within(staff.role.permissions),
    };
    page(&request, &staff, office, filled, (None, Vec::new())).await
}

/// Makes it.
pub(super) async fn make(
    request: HttpRequest,
    staff: StaffPage<may::WriteTeam>,
    key: Key,
    raw: web::Form<BTreeMap<String, String>>,
) -> Result<HttpResponse, Problem> {
    let refused = match parse(&raw) {
        Err(errors) => sentences(&errors),
        Ok(role) => {
            let mut office = key.open(&staff).await?;
            let made = roles::make_role(&mut office.tx, staff.staff_id, &role, key.now()).await;
            match made {
                Ok(_) => return done(office, "role_made").await,
                Err(error) => vec![refusal(error)?],
            }
        }
    };
    let filled = Filled::typed(None, &raw);
    let office = key.open(&staff).await?;
    page(&request, &staff, office, filled, (None, refused)).await
}

/// One of them.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::WriteTeam>,
    key: Key,
    path: web::Path<String>,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    let id = role_id(&path)?;
    let mut office = key.open(&staff).await?;
    let role = roles::own_role(&mut office.tx, id).await?;
    let filled = Filled {
        id: Some(id),
        version: role.version,
        permitted: role.permissions(),
        name: role.name,
        purpose: role.purpose,
    };
    page(&request, &staff, office, filled, (news.word(), Vec::new())).await
}

/// Changes it.
pub(super) async fn change(
    request: HttpRequest,
    staff: StaffPage<may::WriteTeam>,
    key: Key,
    path: web::Path<String>,
    raw: web::Form<BTreeMap<String, String>>,
) -> Result<HttpResponse, Problem> {
    let id = role_id(&path)?;
    let filled = Filled::typed(Some(id), &raw);
    let refused = match parse(&raw) {
        Err(errors) => sentences(&errors),
        Ok(role) => {
            let by = staff.staff_id;
            let mut office = key.open(&staff).await?;
            let tx = &mut office.tx;
            match roles::change_role(tx, by, id, filled.version, &role).await {
                Ok(_) => return done(office, "role_changed").await,
                Err(error) => vec![refusal(error)?],
            }
        }
    };
    let office = key.open(&staff).await?;
    page(&request, &staff, office, filled, (None, refused)).await
}

/// Removes it. Who has it gets another one.
pub(super) async fn remove(
    staff: StaffPage<may::WriteTeam>,
    key: Key,
    path: web::Path<String>,
    raw: web::Form<RawRemoval>,
) -> Result<HttpResponse, Problem> {
    let id = role_id(&path)?;
    let successor: Option<RoleRef> = match raw.successor.as_str() {
        "" => None,
        word => Some(
            word.parse()
                .map_err(|it| Problem::invalid("successor", it))?,
        ),
    };
    let mut office = key.open(&staff).await?;
    match roles::remove_role(&mut office.tx, staff.staff_id, id, successor, key.now()).await {
        Ok(()) => done(office, "role_removed").await,
        Err(TenancyError::Team(refusal)) => {
            let code = refusal.code();
            Ok(see_other(&format!("/console/roles/{id}?news={code}")))
        }
        Err(error) => Err(error.into()),
    }
}

impl Filled {
    /// As it was typed, to be mended.
    fn typed(id: Option<RoleId>, raw: &BTreeMap<String, String>) -> Self {
        let text = |name: &str| raw.get(name).cloned().unwrap_or_default();
        let ticked = Permission::ALL.iter().copied();
        Self {
            id,
            version: text("version").parse().unwrap_or_default(),
            name: text("name"),
            purpose: text("purpose"),
            permitted: ticked.filter(|it| raw.contains_key(it.as_str())).collect(),
        }
    }
}

/// Each permission that is ticked is a field of its name.
fn parse(raw: &BTreeMap<String, String>) -> Result<NewRole, FieldErrors> {
    let filled = Filled::typed(None, raw);
    let words = filled.permitted.iter().map(|it| it.as_str().to_owned());
    let words: Vec<String> = words.collect();
    parse_role(&filled.name, &filled.purpose, &words)
}

fn sentences(errors: &FieldErrors) -> Vec<String> {
    let sentence = |field: &str, reason: &str| match field {
        "permissions" => "Tick at least one thing that the role permits.".to_owned(),
        "name" => format!("The name {reason}."),
        _ => format!("The sentence {reason}."),
    };
    let errors = errors.as_slice().iter();
    errors.map(|it| sentence(&it.field, &it.reason)).collect()
}

/// Why it was not done, in words; anything but a refusal is a fault.
fn refusal(error: TenancyError) -> Result<String, Problem> {
    match error {
        TenancyError::Team(refusal) => Ok(present::sentence(&refusal)),
        other => Err(other.into()),
    }
}

async fn done(office: Office, news: &str) -> Result<HttpResponse, Problem> {
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(see_other(&format!("/console/roles?news={news}")))
}

async fn page(
    request: &HttpRequest,
    staff: &StaffSession,
    mut office: Office,
    filled: Filled,
    (news, errors): (Option<&str>, Vec<String>),
) -> Result<HttpResponse, Problem> {
    let own = roles::own_roles(&mut office.tx).await?;
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let title = match &filled.id {
        Some(_) => format!("Role · {}", office.property.name),
        None => format!("A role of your own · {}", office.property.name),
    };
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&RolePage {
        head: office.head(false),
        notice: news.and_then(present::notice),
        errors,
        id: filled.id.map(|id| id.to_string()),
        version: filled.version,
        name: filled.name,
        purpose: filled.purpose,
        choices: present::choices(filled.permitted, staff.role.permissions),
        successors: present::successors(&present::all_roles(&own), filled.id),
    })
}

fn role_id(path: &str) -> Result<RoleId, Problem> {
    path.parse().map_err(|_| Problem::not_found("role"))
}
