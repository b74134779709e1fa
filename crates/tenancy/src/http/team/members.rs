use actix_web::{HttpResponse, get, patch, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::{PropertyId, StaffId};
use motel_web::{CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::sessions::member;
use crate::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use crate::team::{self, MemberChange, Presence, PresenceState};
use crate::{Reach, RoleRef, Staff, TenancyError, may};

/// What is to be different about a member, as it comes in: what is left out stays.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawMemberChange {
    /// What they are there for: `owner`, `manager`, `front_desk`, `housekeeping` or the id of a role of the business's own.
    #[serde(default)]
    role: Option<String>,
    /// Whether they may sign in. At `false` every session of theirs ends at once.
    #[serde(default)]
    active: Option<bool>,
    /// `false` takes the second factor off somebody who lost it: their sessions end, and they are told by mail.
    #[serde(default)]
    second_factor: Option<bool>,
}

/// The same, parsed: at least one thing.
#[derive(Debug, Serialize)]
pub(crate) struct MemberInput {
    role: Option<RoleRef>,
    active: Option<bool>,
    take_off_second_factor: bool,
}

impl Input for MemberInput {
    type Raw = RawMemberChange;

    fn parse(raw: RawMemberChange) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        if raw.role.is_none() && raw.active.is_none() && raw.second_factor.is_none() {
            errors.push(
                "body",
                "must change the role, whether the member is active, or take off the second factor",
            );
        }
        let role = match raw.role {
            Some(role) => errors.check("role", role.parse()),
            None => None,
        };
        if raw.second_factor == Some(true) {
            errors.push(
                "second_factor",
                "can only be taken off: members set it up themselves",
            );
        }
        errors.into_result().map(|()| Self {
            role,
            active: raw.active,
            take_off_second_factor: raw.second_factor.is_some(),
        })
    }
}

impl MemberInput {
    fn changes(&self) -> impl Iterator<Item = MemberChange> {
        let active = self.active.map(|active| match active {
            true => MemberChange::Activate,
            false => MemberChange::Deactivate,
        });
        let taken_off = self.take_off_second_factor;
        let taken_off = taken_off.then_some(MemberChange::TakeOffSecondFactor);
        let role = self.role.map(MemberChange::Role);
        role.into_iter().chain(active).chain(taken_off)
    }
}

/// A member of the team.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberView {
    /// Which member.
    #[schema(value_type = Uuid)]
    id: StaffId,
    /// How the console greets them.
    name: String,
    /// What they sign in with.
    email: String,
    /// What they are there for: a word, or the id of a role of the business's own.
    #[schema(value_type = String)]
    role: RoleRef,
    /// For which properties they work; `null` for the whole business.
    #[schema(required, value_type = Option<Vec<Uuid>>)]
    properties: Option<Vec<PropertyId>>,
    /// Whether they may sign in.
    active: bool,
    /// Whether they are there: `online`, `away` after two minutes without a sign of life, or `signed_out`.
    #[schema(value_type = String)]
    presence: PresenceState,
    /// When they were seen last, to the minute; null when not within 30 days.
    #[schema(required)]
    last_seen_at: Option<DateTime<Utc>>,
    /// Whether they show a second factor when they sign in.
    second_factor: bool,
}

impl MemberView {
    fn new(member: Staff, presence: Presence, reach: Reach) -> Self {
        Self {
            id: member.id,
            name: member.display_name,
            email: member.email.to_string(),
            role: member.role,
            properties: match reach {
                Reach::Everywhere => None,
                Reach::Within(some) => Some(some),
            },
            active: member.active,
            presence: presence.state,
            last_seen_at: presence.last_seen_at,
            second_factor: member.second_factor_at.is_some(),
        }
    }
}

/// Lists the team, who came first first; also those who may not sign in any more.
#[utoipa::path(
    tag = "team",
    operation_id = "list_team",
    params(CursorParams),
    responses((status = 200, description = "A page of members", body = CursorPage<MemberView>))
)]
#[get("/team")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadTeam>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<MemberView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let members = team::members(&mut tx, page.after()?, page.fetch()).await?;
    let presences = team::presences(&mut tx).await?;
    let reaches = team::reaches(&mut tx).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(members, &page, |member| member.id)?;
    let view = |member: Staff| {
        let presence = presences.of(member.id);
        let reach = reaches.of(&member);
        MemberView::new(member, presence, reach)
    };
    Ok(web::Json(page.map(view)))
}

/// Gives a member another role, or lets them go or come back. The last owner stays one.
#[utoipa::path(
    tag = "team",
    operation_id = "change_member",
    request_body = RawMemberChange,
    params(("id" = Uuid, Path, description = "Which member"), WriteParams),
    responses(
        (status = 200, description = "The member as they are now", body = MemberView),
        (status = 403, description = "`staff_only`, `beyond_role`"),
        (status = 409, description = "`last_owner`, `own_account`"),
    )
)]
#[patch("/team/{id}")]
pub(crate) async fn change(
    write: StaffWrite<may::WriteTeam>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<MemberInput>,
) -> Result<HttpResponse, Problem> {
    let by = member(&write)?;
    let id: StaffId = path.parse().map_err(|_| Problem::not_found("member"))?;
    let now = clock.now();
    let changed = async |tx: &mut TenantTx| {
        let mut changed = None;
        for change in input.changes() {
            changed = Some(team::change_member(tx, by, id, change, now).await?);
        }
        let changed = changed.ok_or_else(|| Problem::not_found("member"))?;
        Ok(Answer::ok(view(tx, changed).await?))
    };
    write.run(&db, &input, changed).await
}

/// The member as they are at this moment.
pub(super) async fn view(tx: &mut TenantTx, member: Staff) -> Result<MemberView, TenancyError> {
    let presence = team::presences(tx).await?.of(member.id);
    let reach = team::reaches(tx).await?.of(&member);
    Ok(MemberView::new(member, presence, reach))
}
