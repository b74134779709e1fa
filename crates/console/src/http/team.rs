//! The team: who works here, and who is asked to.

use actix_web::{HttpRequest, HttpResponse, web};
use motel_db::Db;
use motel_kernel::{Email, StaffId};
use motel_tenancy::http::StaffPage;
use motel_tenancy::second_factor::{is_second_factor_required, require_second_factor};
use motel_tenancy::team::{self, InvitationId, MemberChange, NewInvitation};
use motel_tenancy::{RoleRef, StaffSession, TenancyError, may, queries, roles};
use motel_web::{Entry, Page, Problem};
use serde::Deserialize;

use super::booking::News;
use super::office::Key;
use super::see_other;
use crate::present;
use crate::view::TeamPage;

const PAGE: &str = "/console/team";

/// The most members that are shown.
const MOST: i64 = 200;

#[derive(Deserialize)]
pub(super) struct RawInvitation {
    email: String,
    role: String,
}

#[derive(Deserialize)]
pub(super) struct RawRole {
    role: String,
}

#[derive(Deserialize)]
pub(super) struct RawRequirement {
    required: bool,
}

/// What was typed into the form and why it was refused.
#[derive(Default)]
struct Refused {
    email: String,
    error: Option<String>,
}

/// Who works here.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadTeam>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    page(&request, &staff, &key, news.word(), Refused::default()).await
}

/// Invites somebody by a mail.
pub(super) async fn invite(
    request: HttpRequest,
    staff: StaffPage<may::WriteTeam>,
    key: Key,
    db: web::Data<Db>,
    raw: web::Form<RawInvitation>,
) -> Result<HttpResponse, Problem> {
    let error = match (Email::parse(&raw.email), raw.role.parse::<RoleRef>()) {
        (Err(invalid), _) => invalid.to_string(),
        (_, Err(_)) => "Please choose a role.".to_owned(),
        (Ok(email), Ok(role)) => match send(&staff, &key, &db, NewInvitation { email, role }).await
        {
            Ok(()) => return Ok(back("invited")),
            Err(TenancyError::EmailTaken) => {
                "This address can't be invited: it is in use already. Ask for another one."
                    .to_owned()
            }
            Err(TenancyError::Team(refusal)) => present::sentence(&refusal),
            Err(TenancyError::NotFound("role")) => "Please choose a role.".to_owned(),
            Err(error) => return Err(error.into()),
        },
    };
    let refused = Refused {
        email: raw.into_inner().email,
        error: Some(error),
    };
    page(&request, &staff, &key, None, refused).await
}

async fn send(
    staff: &StaffSession,
    key: &Key,
    db: &Db,
    new: NewInvitation,
) -> Result<(), TenancyError> {
    if team::is_taken_elsewhere(db, staff.tenant, &new.email).await? {
        return Err(TenancyError::EmailTaken);
    }
    let mut tx = db.tenant(staff.tenant).await?;
    team::invite(&mut tx, staff.staff_id, &new, key.now()).await?;
    Ok(tx.commit().await?)
}

/// Sends an invitation again, or takes it back.
pub(super) async fn invitation(
    staff: StaffPage<may::WriteTeam>,
    key: Key,
    db: web::Data<Db>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, action) = path.into_inner();
    let missing = |_| Problem::not_found("invitation");
    let id: InvitationId = id.parse().map_err(missing)?;
    let mut tx = db.tenant(staff.tenant).await.map_err(Problem::internal)?;
    let (by, now) = (staff.staff_id, key.now());
    let (done, news) = match action.as_str() {
        "resend" => (
            team::resend_invitation(&mut tx, by, id, now).await,
            "invited",
        ),
        "withdraw" => (
            team::withdraw_invitation(&mut tx, by, id, now).await,
            "withdrawn",
        ),
        _ => return Err(Problem::not_found("page")),
    };
    match done {
        Ok(_) => {
            tx.commit().await.map_err(Problem::internal)?;
            Ok(back(news))
        }
        Err(TenancyError::Team(refusal)) => Ok(back(refusal.code())),
        Err(error) => Err(error.into()),
    }
}

/// Says whether everybody of the team must have a second factor.
pub(super) async fn require(
    staff: StaffPage<may::WriteTeam>,
    db: web::Data<Db>,
    raw: web::Form<RawRequirement>,
) -> Result<HttpResponse, Problem> {
    let mut tx = db.tenant(staff.tenant).await.map_err(Problem::internal)?;
    match require_second_factor(&mut tx, staff.staff_id, raw.required).await {
        Ok(()) => {
            tx.commit().await.map_err(Problem::internal)?;
            Ok(back(match raw.required {
                true => "factor_required",
                false => "factor_not_required",
            }))
        }
        Err(TenancyError::Team(refusal)) => Ok(back(refusal.code())),
        Err(error) => Err(error.into()),
    }
}

/// Lets a member go, or come back; takes off the second factor that they lost.
pub(super) async fn access(
    staff: StaffPage<may::WriteTeam>,
    key: Key,
    db: web::Data<Db>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, action) = path.into_inner();
    let (change, news) = match action.as_str() {
        "activate" => (MemberChange::Activate, "activated"),
        "deactivate" => (MemberChange::Deactivate, "deactivated"),
        "take-off-second-factor" => (MemberChange::TakeOffSecondFactor, "factor_taken_off"),
        _ => return Err(Problem::not_found("page")),
    };
    set(&staff, &key, &db, &id, change, news).await
}

/// Gives a member another role.
pub(super) async fn role(
    staff: StaffPage<may::WriteTeam>,
    key: Key,
    db: web::Data<Db>,
    path: web::Path<String>,
    raw: web::Form<RawRole>,
) -> Result<HttpResponse, Problem> {
    let role: Result<RoleRef, _> = raw.role.parse();
    let role = role.map_err(|invalid| Problem::invalid("role", invalid))?;
    set(
        &staff,
        &key,
        &db,
        &path,
        MemberChange::Role(role),
        "role_set",
    )
    .await
}

async fn set(
    staff: &StaffSession,
    key: &Key,
    db: &Db,
    id: &str,
    change: MemberChange,
    news: &str,
) -> Result<HttpResponse, Problem> {
    let id: StaffId = id.parse().map_err(|_| Problem::not_found("member"))?;
    let mut tx = db.tenant(staff.tenant).await.map_err(Problem::internal)?;
    match team::change_member(&mut tx, staff.staff_id, id, change, key.now()).await {
        Ok(_) => {
            tx.commit().await.map_err(Problem::internal)?;
            Ok(back(news))
        }
        Err(TenancyError::Team(refusal)) => Ok(back(refusal.code())),
        Err(error) => Err(error.into()),
    }
}

async fn page(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    news: Option<&str>,
    refused: Refused,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(staff).await?;
    let members = team::members(&mut office.tx, None, MOST).await?;
    let presences = team::presences(&mut office.tx).await?;
    let invitations = team::unanswered_invitations(&mut office.tx).await?;
    let factor_required = is_second_factor_required(&mut office.tx).await?;
    let titles = roles::role_titles(&mut office.tx).await?;
    let team = present::Team {
        members: &members,
        presences: &presences,
        titles: &titles,
        reaches: &team::reaches(&mut office.tx).await?,
        properties: &queries::property_names(&mut office.tx).await?,
    };
    let zone = office.property.timezone;
    let status = super::status_of(refused.error.as_ref());
    let title = format!("Team · {}", office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&TeamPage {
        head: office.head(false),
        notice: news.and_then(present::notice),
        error: refused.error,
        email: refused.email,
        members: present::members(&team, staff.staff_id, zone),
        invitations: present::invitations(&invitations, &titles, key.now(), zone),
        heirs: present::heirs(&members, staff),
        roles: present::role_options(&titles),
        factor_required,
        is_owner: staff.role.is_owner(),
    })
}

fn back(news: &str) -> HttpResponse {
    see_other(&format!("{PAGE}?news={news}"))
}
