use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, PRAGMA};
use actix_web::{HttpRequest, HttpResponse, post, web};
use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_seal::Keyring;
use motel_web::{FieldErrors, Input, Problem, ValidJson, client_address};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::CurrentClock;
use super::second_factor::{RawSecondFactor, SecondFactor, needed, shown};
use super::session::{Credentials, RawCredentials, wrong_credentials};
use super::staff_session::device;
use crate::commands::{Admission, Visitor, admit};
use crate::tokens::{
    AccessToken, AccessTokens, Grant, Holder, RefreshToken, Rotation, open_family, rotate, words,
};
use crate::{Staff, StaffSession, TenancyError, queries};

/// What a program of a member goes on with.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokensView {
    /// Send it as `Authorization: Bearer …`. It works for a quarter of an hour, unless the installation says otherwise.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// For how many seconds the access token works.
    expires_in: i64,
    /// Good once, for the next pair. Whoever comes with it a second time ends the session.
    refresh_token: String,
    /// What the access token is for: permissions with spaces between them.
    scope: String,
}

/// The refresh token, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRefresh {
    /// `rmr_…`
    #[schema(value_type = String, max_length = 100)]
    refresh_token: SecretString,
}

/// The same; a text that is no token is one that is not good any more.
pub(crate) struct Refresh(Option<RefreshToken>);

impl Input for Refresh {
    type Raw = RawRefresh;

    fn parse(raw: RawRefresh) -> Result<Self, FieldErrors> {
        Ok(Self(RefreshToken::parse(raw.refresh_token.expose_secret())))
    }
}

/// Signs a program of a member in: an access token, and a refresh token for the next pair. Both end with the session that is opened
/// for them, as `/sessions` shows it.
#[utoipa::path(
    tag = "session",
    operation_id = "open_tokens",
    request_body = RawCredentials,
    responses(
        (status = 200, description = "Signed in", body = TokensView),
        (status = 401, description = "`wrong_credentials`; `second_factor_needed` with a `challenge`, to be answered within five minutes"),
        (status = 429, description = "`too_many_attempts`"),
        (status = 503, description = "`sign_in_busy`"),
    )
)]
#[post("/session/tokens")]
pub(crate) async fn open(
    request: HttpRequest,
    db: web::Data<Db>,
    tokens: web::Data<AccessTokens>,
    clock: CurrentClock,
    ValidJson(given): ValidJson<Credentials>,
) -> Result<HttpResponse, Problem> {
    let visitor = Visitor {
        email: given.email(),
        password: given.password(),
        address: client_address(&request),
    };
    let staff = match admit(&db, visitor, clock.now()).await? {
        Admission::Admitted(staff) => staff,
        Admission::HalfAdmitted(half) => return Err(needed(&db, &half, clock.now()).await?),
        Admission::Refused => return Err(wrong_credentials()),
        Admission::TooMany { seconds } => return Err(Problem::too_many_attempts(seconds)),
    };
    enter(&request, &db, &tokens, &staff, clock.now()).await
}

/// Completes a sign-in of a program that asked for a second factor.
#[utoipa::path(
    tag = "session",
    operation_id = "show_second_factor_for_tokens",
    request_body = RawSecondFactor,
    responses(
        (status = 200, description = "Signed in", body = TokensView),
        (status = 401, description = "`wrong_code`; `challenge_over`: sign in anew"),
        (status = 429, description = "`too_many_attempts`"),
    )
)]
#[post("/session/tokens/second-factor")]
pub(crate) async fn second_factor(
    request: HttpRequest,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    tokens: web::Data<AccessTokens>,
    clock: CurrentClock,
    ValidJson(given): ValidJson<SecondFactor>,
) -> Result<HttpResponse, Problem> {
    let staff = shown(&request, &db, &keys, &given, clock.now()).await?;
    enter(&request, &db, &tokens, &staff, clock.now()).await
}

async fn enter(
    request: &HttpRequest,
    db: &Db,
    tokens: &AccessTokens,
    staff: &Staff,
    now: DateTime<Utc>,
) -> Result<HttpResponse, Problem> {
    let (session, refresh) = begin(request, db, staff).await?;
    let grant = grant(&session);
    let token = tokens.issue(&grant, None, now)?;
    Ok(answer(&grant, &token, &refresh))
}

async fn begin(
    request: &HttpRequest,
    db: &Db,
    staff: &Staff,
) -> Result<(StaffSession, SecretString), Problem> {
    let mut tx = db
        .tenant(staff.tenant_id)
        .await
        .map_err(Problem::internal)?;
    let opened = open_family(&mut tx, staff, &device(request)).await;
    let opened = opened.map_err(|error| match error {
        // Changed since the password was compared.
        TenancyError::NotFound(_) => Problem::signed_out(),
        other => other.into(),
    })?;
    let session = queries::session_by_id(&mut tx, opened.session).await?;
    let (session, _) = session.ok_or_else(Problem::signed_out)?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok((session, opened.refresh))
}

/// Exchanges a refresh token for the next pair. Each is good once: of two requests at once one gets it. Whoever comes with it later
/// has a copy, or somebody else has, so the session ends for both.
#[utoipa::path(
    tag = "session",
    operation_id = "refresh_tokens",
    request_body = RawRefresh,
    responses(
        (status = 200, description = "The next pair", body = TokensView),
        (status = 401, description = "`refresh_refused`: it is no token, was used, or its session is over"),
    )
)]
#[post("/session/tokens/refresh")]
pub(crate) async fn renew(
    db: web::Data<Db>,
    tokens: web::Data<AccessTokens>,
    clock: CurrentClock,
    ValidJson(Refresh(token)): ValidJson<Refresh>,
) -> Result<HttpResponse, Problem> {
    let token = token.ok_or_else(refused)?;
    let mut tx = db.tenant(token.tenant()).await.map_err(Problem::internal)?;
    let rotation = rotate(&mut tx, &token).await?;
    tx.commit().await.map_err(Problem::internal)?;
    match rotation {
        Rotation::Renewed(session, refresh) => {
            let grant = grant(&session);
            let token = tokens.issue(&grant, None, clock.now())?;
            Ok(answer(&grant, &token, &refresh))
        }
        Rotation::Replayed(session) => {
            let (tenant, staff, session) = (session.tenant, session.staff_id, session.id);
            tracing::warn!(%tenant, %staff, %session, "a refresh token came back: its session is ended");
            Err(refused())
        }
        Rotation::Refused => Err(refused()),
    }
}

/// All that their role permits, as long as the session is open.
fn grant(session: &StaffSession) -> Grant {
    Grant {
        tenant: session.tenant,
        holder: Holder::Staff(session.staff_id, session.id),
        permissions: session.role.permissions,
    }
}

fn answer(grant: &Grant, token: &AccessToken, refresh: &SecretString) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((PRAGMA, "no-cache"))
        .json(TokensView {
            access_token: token.word.expose_secret().to_owned(),
            token_type: "Bearer",
            expires_in: token.seconds,
            refresh_token: refresh.expose_secret().to_owned(),
            scope: words(grant.permissions),
        })
}

fn refused() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "refresh_refused",
        "This token is not good any more. Please sign in again.",
    )
}
