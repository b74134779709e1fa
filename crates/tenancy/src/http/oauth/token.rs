use actix_web::http::header::{CACHE_CONTROL, PRAGMA};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, post, web};
use motel_db::Db;
use motel_web::{BODY_LIMIT, ProblemBody, client_address};
use secrecy::ExposeSecret;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Credentials, OAuthError, TokenRequest};
use crate::commands::{Client, ClientAdmission, admit_client};
use crate::http::CurrentClock;
use crate::tokens::{AccessTokens, Grant, Holder, words};
use crate::{Directory, KeyHolder};

/// A token for a program.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClientTokenView {
    /// Send it as `Authorization: Bearer …`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// For how many seconds it works.
    expires_in: i64,
    /// What it is for: permissions with spaces between them.
    scope: String,
}

/// Why there is no token, in the words of RFC 6749.
#[derive(Debug, Serialize, ToSchema)]
pub struct OAuthErrorView {
    /// A stable word for programs.
    pub(super) error: &'static str,
    /// A sentence for people.
    pub(super) error_description: &'static str,
}

/// What is asked for, for the OpenAPI document: the body of a form.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "read by hand: what is refused has words of its own here"
)]
pub(crate) struct RawTokenRequest {
    /// `client_credentials`.
    grant_type: String,
    /// Permissions with spaces between them; all that the key permits where nothing is said.
    scope: Option<String>,
    /// The id of a key, unless it is sent by HTTP Basic.
    client_id: Option<String>,
    /// The key, unless it is sent by HTTP Basic.
    #[schema(format = "password")]
    client_secret: Option<String>,
}

/// Gives a program an access token for its key (OAuth 2.1, client credentials): the client's id is the key's id, its secret the key.
/// The token gives no more than the key does when it is used, and is worth nothing once the key is revoked.
#[utoipa::path(
    tag = "session",
    operation_id = "client_token",
    request_body(content = RawTokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "A token", body = ClientTokenView),
        (status = 400, description = "`invalid_request`, `unsupported_grant_type`, `invalid_scope`", body = OAuthErrorView),
        (status = 401, description = "`invalid_client`", body = OAuthErrorView),
        (
            status = 429,
            description = "`temporarily_unavailable`: too many failures; or `too_many_requests`, as everywhere",
            content((OAuthErrorView = "application/json"), (ProblemBody = "application/problem+json"))
        ),
    )
)]
#[post("/oauth/token")]
pub(crate) async fn give(
    request: HttpRequest,
    body: web::Payload,
    db: web::Data<Db>,
    directory: web::Data<Directory>,
    tokens: web::Data<AccessTokens>,
    clock: CurrentClock,
) -> Result<HttpResponse, OAuthError> {
    let wanted = read(&request, body).await?;
    let TokenRequest {
        client_id,
        client_secret,
        scope,
    } = wanted;
    let credentials = Credentials::one_of(request.headers(), client_id, client_secret)?;
    let client = Client {
        id: &credentials.id,
        secret: &credentials.secret,
        address: client_address(&request),
    };
    let holder = match admit_client(&db, &directory, client, clock.now()).await? {
        ClientAdmission::Admitted(holder) => holder,
        ClientAdmission::Refused => return Err(OAuthError::Client),
        ClientAdmission::TooMany { seconds } => return Err(OAuthError::TooMany(seconds)),
    };
    let permissions = scope.unwrap_or(holder.permissions);
    if !holder.permissions.includes(permissions) {
        return Err(OAuthError::Scope);
    }
    let KeyHolder {
        tenant,
        key,
        expires_at,
        ..
    } = holder;
    let grant = Grant {
        tenant,
        holder: Holder::Key(key),
        permissions,
    };
    let token = tokens.issue(&grant, expires_at, clock.now())?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((PRAGMA, "no-cache"))
        .json(ClientTokenView {
            access_token: token.word.expose_secret().to_owned(),
            token_type: "Bearer",
            expires_in: token.seconds,
            scope: words(permissions),
        }))
}

async fn read(request: &HttpRequest, body: web::Payload) -> Result<TokenRequest, OAuthError> {
    let form = "application/x-www-form-urlencoded";
    if !request.content_type().eq_ignore_ascii_case(form) {
        return Err(OAuthError::Request(
            "Send application/x-www-form-urlencoded.",
        ));
    }
    let unreadable = OAuthError::Request("The body could not be read.");
    let body = body.to_bytes_limited(BODY_LIMIT).await;
    let body = body.map_err(|_| unreadable)?.map_err(|_| unreadable)?;
    TokenRequest::parse(&body)
}
