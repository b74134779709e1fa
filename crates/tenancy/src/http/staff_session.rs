use actix_session::SessionExt;
use actix_web::http::header::USER_AGENT;
use actix_web::{HttpMessage, HttpRequest};
use motel_db::{Acting, Db, TenantTx};
use motel_kernel::{Actor, SessionId, TenantId};
use motel_web::{Problem, client_address};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use crate::rules::TokenDigest;
use crate::{Device, Staff, StaffSession, TenancyError, commands, queries};

/// Where in the cookie it stands.
const KEY: &str = "staff";

/// What the cookie holds: whose database rows to look at, and what proves the session. Nothing else is believed.
#[derive(Serialize, Deserialize)]
struct Pass {
    tenant: TenantId,
    token: String,
}

/// Whose session a request was found to bring, kept with it so that it is looked up once.
#[derive(Clone)]
struct Found(Option<StaffSession>);

/// Signs a member in whose credentials were right. Whatever session the browser brought is over: the new one has a token that
/// nobody can have known before. Needs `web::Data<Db>` and the session middleware.
///
/// # Errors
/// 401 `signed_out` when their password was changed meanwhile; an internal problem: the database failed, or the cookie could not be written.
pub async fn open_session(request: &HttpRequest, staff: &Staff) -> Result<SessionId, Problem> {
    let db: Db = super::app_data(request)?;
    let tx = db
        .tenant(staff.tenant_id)
        .await
        .map_err(Problem::internal)?;
    open_session_in(request, tx, staff).await
}

/// The same in a transaction that made, or changed, who it is, and which this commits: there is no account without its session,
/// nor the other way round.
///
/// # Errors
/// As for [`open_session`].
pub async fn open_session_in(
    request: &HttpRequest,
    mut tx: TenantTx,
    staff: &Staff,
) -> Result<SessionId, Problem> {
    let opened = commands::open_session(&mut tx, staff, &device(request)).await;
    let opened = opened.map_err(|error| match error {
        // Changed since the password was compared.
        TenancyError::NotFound(_) => Problem::signed_out(),
        other => other.into(),
    })?;
    tx.commit().await.map_err(Problem::internal)?;
    end_current(request).await?;
    Acting::note(Actor::Staff(staff.id));
    super::half_open::forget(request);
    let pass = Pass {
        tenant: staff.tenant_id,
        token: opened.token.expose_secret().to_owned(),
    };
    let cookie = request.get_session();
    cookie.renew();
    cookie.insert(KEY, pass).map_err(Problem::internal)?;
    Ok(opened.id)
}

/// Signs out whoever is signed in, here and in the database: a copy of the cookie is worth nothing any more.
///
/// # Errors
/// An internal problem: the database failed.
pub async fn close_session(request: &HttpRequest) -> Result<(), Problem> {
    end_current(request).await?;
    request.get_session().purge();
    Ok(())
}

pub(super) async fn end_current(request: &HttpRequest) -> Result<(), Problem> {
    if let Some(staff) = session_of(request).await? {
        let db: Db = super::app_data(request)?;
        let mut tx = db.tenant(staff.tenant).await.map_err(Problem::internal)?;
        commands::end_session(&mut tx, staff.staff_id, staff.id).await?;
        tx.commit().await.map_err(Problem::internal)?;
    }
    request.extensions_mut().remove::<Found>();
    request.get_session().remove(KEY);
    Ok(())
}

/// Who is signed in, if anybody: the session in the cookie is looked up, each time. What an older version left in a cookie
/// counts as nobody.
///
/// # Errors
/// An internal problem: the database failed.
pub async fn session_of(request: &HttpRequest) -> Result<Option<StaffSession>, Problem> {
    if let Some(Found(session)) = request.extensions().get::<Found>() {
        return Ok(session.clone());
    }
    let session = look_up(request).await?;
    if let Some(session) = &session {
        Acting::note(Actor::Staff(session.staff_id));
    }
    request.extensions_mut().insert(Found(session.clone()));
    Ok(session)
}

async fn look_up(request: &HttpRequest) -> Result<Option<StaffSession>, Problem> {
    let cookie = request.get_session();
    let Some(pass) = cookie.get::<Pass>(KEY).ok().flatten() else {
        return Ok(None);
    };
    let Some(digest) = TokenDigest::of(&pass.token) else {
        return Ok(None);
    };
    let db: Db = super::app_data(request)?;
    let mut tx = db.tenant(pass.tenant).await.map_err(Problem::internal)?;
    let found = queries::session_of(&mut tx, &digest).await?;
    if let Some((session, true)) = &found {
        queries::note_use(&mut tx, session.id).await?;
        // The browser keeps the cookie for as long again.
        cookie.insert(KEY, &pass).map_err(Problem::internal)?;
        tx.commit().await.map_err(Problem::internal)?;
    }
    // Else nothing was written, and nobody has to wait for the end of it.
    Ok(found.map(|(session, _)| session))
}

/// What a request tells of the device it comes from.
pub(super) fn device(request: &HttpRequest) -> Device {
    let browser = request.headers().get(USER_AGENT);
    let browser = browser.and_then(|value| value.to_str().ok());
    let address = client_address(request);
    Device::new(browser.unwrap_or_default(), Some(address))
}
