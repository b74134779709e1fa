use actix_web::{HttpResponse, delete, get, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::{Actor, SessionId, StaffId};
use motel_web::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answer, Caller, StaffAccess, StaffWrite, WriteParams};
use crate::commands::{end_session, end_sessions_of};
use crate::{OpenSession, may, queries};

/// Where somebody is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionsView {
    /// The last used first; a hundred at most.
    sessions: Vec<OpenSessionView>,
}

/// One device on which somebody is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenSessionView {
    /// Which session.
    #[schema(value_type = Uuid)]
    id: SessionId,
    /// Whether it is the one that asks.
    current: bool,
    /// What the browser says it is; may be empty.
    user_agent: String,
    /// The address it was opened from.
    #[schema(required)]
    address: Option<String>,
    /// Since when.
    created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    last_seen_at: DateTime<Utc>,
    /// When it ends at the latest.
    expires_at: DateTime<Utc>,
}

impl OpenSessionView {
    fn new(session: OpenSession, asking: Option<SessionId>) -> Self {
        Self {
            current: asking == Some(session.id),
            id: session.id,
            user_agent: session.user_agent,
            address: session.address,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            expires_at: session.expires_at,
        }
    }
}

/// Lists where the member who asks is signed in.
#[utoipa::path(
    tag = "session",
    operation_id = "list_sessions",
    responses(
        (status = 200, description = "Their sessions", body = SessionsView),
        (status = 403, description = "`staff_only`"),
    )
)]
#[get("/sessions")]
pub(crate) async fn list(
    access: StaffAccess<may::BeKnown>,
    db: web::Data<Db>,
) -> Result<web::Json<SessionsView>, Problem> {
    let staff = member(&access)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let sessions = queries::sessions_of(&mut tx, staff).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let sessions = sessions.into_iter();
    let sessions = sessions.map(|it| OpenSessionView::new(it, access.session));
    Ok(web::Json(SessionsView {
        sessions: sessions.collect(),
    }))
}

/// Signs the member who asks out on one device.
#[utoipa::path(
    tag = "session",
    operation_id = "end_session",
    params(("id" = Uuid, Path, description = "Which session"), WriteParams),
    responses(
        (status = 204, description = "It is over"),
        (status = 403, description = "`staff_only`"),
    )
)]
#[delete("/sessions/{id}")]
pub(crate) async fn end(
    write: StaffWrite<may::BeKnown>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let missing = || Problem::not_found("session");
    let staff = member(&write)?;
    let id: SessionId = path.parse().map_err(|_| missing())?;
    let ending = async |tx: &mut TenantTx| {
        let ended = end_session(tx, staff, id).await?;
        ended.then(Answer::no_content).ok_or_else(missing)
    };
    write.run(&db, &(), ending).await
}

/// Signs the member who asks out everywhere else.
#[utoipa::path(
    tag = "session",
    operation_id = "end_other_sessions",
    params(WriteParams),
    responses(
        (status = 204, description = "They are over"),
        (status = 403, description = "`staff_only`"),
    )
)]
#[delete("/sessions")]
pub(crate) async fn end_others(
    write: StaffWrite<may::BeKnown>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let staff = member(&write)?;
    let ending = async |tx: &mut TenantTx| {
        end_sessions_of(tx, staff, write.session).await?;
        Ok(Answer::no_content())
    };
    write.run(&db, &(), ending).await
}

/// Who asks, if it is somebody of the team.
pub(super) fn member(caller: &Caller) -> Result<StaffId, Problem> {
    match caller.actor {
        Actor::Staff(staff) => Ok(staff),
        _ => Err(Problem::forbidden(
            "staff_only",
            "Only somebody who is signed in may do this.",
        )),
    }
}
