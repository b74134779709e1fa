use actix_web::{HttpResponse, delete, get, post, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::Email;
use motel_web::{CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::sessions::member;
use crate::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use crate::team::{self, Invitation, InvitationId, InvitationState, NewInvitation};
use crate::{RoleRef, TenancyError, may};

/// Somebody to be invited, as they come in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawInvitation {
    /// Where the invitation goes, and what they will sign in with.
    #[schema(max_length = 254)]
    email: String,
    /// What they will be there for: `owner`, `manager`, `front_desk`, `housekeeping` or the id of a role of the business's own.
    role: String,
}

/// The same, parsed.
pub(crate) struct InvitationInput(NewInvitation);

impl Input for InvitationInput {
    type Raw = RawInvitation;

    fn parse(raw: RawInvitation) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let email = errors.check("email", Email::parse(&raw.email));
        let role = errors.check("role", raw.role.parse());
        let new = email.zip(role);
        new.map(|(email, role)| Self(NewInvitation { email, role }))
            .ok_or(errors)
    }
}

/// Somebody was asked to join.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationView {
    /// Which.
    #[schema(value_type = Uuid)]
    id: InvitationId,
    /// Where it went.
    email: String,
    /// What they will be there for.
    #[schema(value_type = String)]
    role: RoleRef,
    /// `open`, `expired`, `accepted` or `withdrawn`.
    #[schema(value_type = String)]
    state: InvitationState,
    /// When it was mailed last.
    sent_at: DateTime<Utc>,
    /// Until when it can be accepted.
    expires_at: DateTime<Utc>,
}

impl InvitationView {
    fn new(invitation: Invitation, now: DateTime<Utc>) -> Self {
        Self {
            id: invitation.id,
            state: invitation.state(now),
            email: invitation.email.to_string(),
            role: invitation.role,
            sent_at: invitation.sent_at,
            expires_at: invitation.expires_at,
        }
    }
}

/// Lists invitations, the newest first; also those that are over.
#[utoipa::path(
    tag = "team",
    operation_id = "list_invitations",
    params(CursorParams),
    responses((status = 200, description = "A page of invitations", body = CursorPage<InvitationView>))
)]
#[get("/invitations")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadTeam>,
    page: CursorQuery,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<web::Json<CursorPage<InvitationView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = team::invitations(&mut tx, page.after()?, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let now = clock.now();
    let page = CursorPage::cut(found, &page, |invitation| invitation.id)?;
    Ok(web::Json(page.map(|found| InvitationView::new(found, now))))
}

/// Invites somebody into the team by a mail; the link in it can be used for seven days.
#[utoipa::path(
    tag = "team",
    operation_id = "invite",
    request_body = RawInvitation,
    params(WriteParams),
    responses(
        (status = 201, description = "Invited", body = InvitationView),
        (status = 403, description = "`staff_only`, `beyond_role`"),
        (status = 409, description = "`already_member`, `already_invited`, `too_many_invitations`, `email_taken`"),
    )
)]
#[post("/invitations")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteTeam>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(InvitationInput(new)): ValidJson<InvitationInput>,
) -> Result<HttpResponse, Problem> {
    let by = member(&write)?;
    let taken = team::is_taken_elsewhere(&db, write.tenant, &new.email).await?;
    let now = clock.now();
    let asked = (new.email.as_str(), new.role);
    let invited = async |tx: &mut TenantTx| {
        if taken {
            return Err(TenancyError::EmailTaken.into());
        }
        let invitation = team::invite(tx, by, &new, now).await?;
        Ok(Answer::created(InvitationView::new(invitation, now)))
    };
    write.run(&db, &asked, invited).await
}

/// Sends an invitation again, for another seven days; the link mailed before works no more.
#[utoipa::path(
    tag = "team",
    operation_id = "resend_invitation",
    params(("id" = Uuid, Path, description = "Which invitation"), WriteParams),
    responses(
        (status = 200, description = "Sent again", body = InvitationView),
        (status = 403, description = "`staff_only`, `beyond_role`"),
        (status = 409, description = "`invitation_over`"),
    )
)]
#[post("/invitations/{id}/actions/resend")]
pub(crate) async fn resend(
    write: StaffWrite<may::WriteTeam>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let (by, id, now) = (member(&write)?, invitation(&path)?, clock.now());
    let sent = async |tx: &mut TenantTx| {
        let invitation = team::resend_invitation(tx, by, id, now).await?;
        Ok(Answer::ok(InvitationView::new(invitation, now)))
    };
    write.run(&db, &(), sent).await
}

/// Takes an invitation back: its link works no more.
#[utoipa::path(
    tag = "team",
    operation_id = "withdraw_invitation",
    params(("id" = Uuid, Path, description = "Which invitation"), WriteParams),
    responses(
        (status = 204, description = "Taken back"),
        (status = 403, description = "`staff_only`, `beyond_role`"),
        (status = 409, description = "`invitation_over`"),
    )
)]
#[delete("/invitations/{id}")]
pub(crate) async fn withdraw(
    write: StaffWrite<may::WriteTeam>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let (by, id, now) = (member(&write)?, invitation(&path)?, clock.now());
    let withdrawn = async |tx: &mut TenantTx| {
        team::withdraw_invitation(tx, by, id, now).await?;
        Ok(Answer::no_content())
    };
    write.run(&db, &(), withdrawn).await
}

fn invitation(path: &str) -> Result<InvitationId, Problem> {
    path.parse().map_err(|_| Problem::not_found("invitation"))
}
