use std::sync::Arc;

use actix_web::HttpRequest;
use motel_db::Db;
use motel_kernel::{Actor, ApiKeyId, Clock, SessionId, StaffId, SystemClock, TenantId};
use motel_web::Problem;

use super::Caller;
use super::caller::of_session;
use crate::tokens::{AccessTokens, Grant, Holder};
use crate::{Directory, KeyHolder, Permissions, Reach, StaffSession, commands, queries};

/// Who brings this word after `Bearer`: the holder of a key, or of an access token.
pub(super) async fn bearer(request: &HttpRequest, word: &str) -> Result<Option<Caller>, Problem> {
    if word.matches('.').count() == 2 {
        return by_token(request, word).await;
    }
    let directory: Directory = super::app_data(request)?;
    match directory.holder_of(word, SystemClock.now()).await? {
        Some(holder) => program(&directory, holder, holder.permissions).await,
        None => Ok(None),
    }
}

/// A token says for whom it was made; what they may do now is looked up, and it gives no more of that than it says.
async fn by_token(request: &HttpRequest, word: &str) -> Result<Option<Caller>, Problem> {
    let tokens: AccessTokens = super::app_data(request)?;
    let clock: Arc<dyn Clock> = super::app_data(request)?;
    let Some(grant) = tokens.read(word, clock.now()) else {
        return Ok(None);
    };
    match grant.holder {
        Holder::Key(key) => by_key(request, &grant, key).await,
        Holder::Staff(staff, session) => by_session(request, &grant, staff, session).await,
    }
}

async fn by_key(
    request: &HttpRequest,
    grant: &Grant,
    key: ApiKeyId,
) -> Result<Option<Caller>, Problem> {
    let directory: Directory = super::app_data(request)?;
    let holder = directory.holder_of_id(grant.tenant, key, SystemClock.now());
    match holder.await? {
        Some(holder) => {
            let permissions = holder.permissions.within(grant.permissions);
            program(&directory, holder, permissions).await
        }
        None => Ok(None),
    }
}

async fn program(
    directory: &Directory,
    holder: KeyHolder,
    permissions: Permissions,
) -> Result<Option<Caller>, Problem> {
    let place = directory.find_by_id(holder.tenant).await?;
    Ok(place.map(|place| Caller {
        tenant: holder.tenant,
        property: place.1.clone(),
        actor: Actor::ApiKey(holder.key),
        permissions,
        reach: Reach::Everywhere,
        session: None,
        state: place.0.standing.state,
        lacks_second_factor: false,
        assistant_only: holder.assistant_only,
    }))
}

async fn by_session(
    request: &HttpRequest,
    grant: &Grant,
    staff: StaffId,
    session: SessionId,
) -> Result<Option<Caller>, Problem> {
    let session = open(request, grant.tenant, session).await?;
    let Some(session) = session.filter(|session| session.staff_id == staff) else {
        return Ok(None);
    };
    let permissions = session.role.permissions.within(grant.permissions);
    of_session(request, session, permissions).await
}

async fn open(
    request: &HttpRequest,
    tenant: TenantId,
    id: SessionId,
) -> Result<Option<StaffSession>, Problem> {
    let db: Db = super::app_data(request)?;
    let mut tx = db.tenant(tenant).await.map_err(Problem::internal)?;
    let found = queries::session_by_id(&mut tx, id).await?;
    if let Some((session, true)) = &found {
        queries::note_use(&mut tx, session.id).await?;
    }
    tx.commit().await.map_err(Problem::internal)?;
    Ok(found.map(|(session, _)| session))
}

/// Signs out the member whose program calls.
pub(super) async fn end_session_of(request: &HttpRequest, caller: &Caller) -> Result<(), Problem> {
    let (Actor::Staff(staff), Some(session)) = (caller.actor, caller.session) else {
        return Ok(());
    };
    let db: Db = super::app_data(request)?;
    let mut tx = db.tenant(caller.tenant).await.map_err(Problem::internal)?;
    commands::end_session(&mut tx, staff, session).await?;
    tx.commit().await.map_err(Problem::internal)
}
