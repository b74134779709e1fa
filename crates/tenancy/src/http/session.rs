use actix_web::http::StatusCode;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use motel_db::Db;
use motel_kernel::PropertyId;
use motel_seal::Keyring;
use motel_web::{FieldErrors, Input, Problem, ValidJson, client_address};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::bearer::end_session_of;
use super::meant::property_of;
use super::second_factor::{RawSecondFactor, SecondFactor, needed, shown};
use super::{Caller, CurrentClock, StaffAccess, close_session, open_session, session_of};
use crate::commands::{Admission, Visitor, admit};
use crate::{Directory, Permission, Permissions, Property, Staff, Tenant, may};

/// E-mail address and password, as they come in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCredentials {
    /// What the member signs in with.
    #[schema(max_length = 254)]
    email: String,
    /// Their password.
    #[schema(value_type = String, format = "password", max_length = 200)]
    password: SecretString,
}

/// The same; whether they are right is not a question of their form.
pub(crate) struct Credentials(RawCredentials);

impl Credentials {
    /// What the member signs in with.
    pub(super) fn email(&self) -> &str {
        &self.0.email
    }

    /// Their password.
    pub(super) fn password(&self) -> &SecretString {
        &self.0.password
    }
}

impl Input for Credentials {
    type Raw = RawCredentials;

    fn parse(raw: RawCredentials) -> Result<Self, FieldErrors> {
        Ok(Self(raw))
    }
}

/// On whose behalf requests are made.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    /// `staff:<uuid>` or `api_key:<uuid>`.
    actor: String,
    /// The business's name in addresses.
    tenant: String,
    /// Whether it is there to play with: its clock can be moved.
    sandbox: bool,
    /// The location that is meant.
    #[schema(value_type = Uuid)]
    property_id: PropertyId,
    /// What guests call it.
    property_name: String,
    /// An IANA name.
    timezone: String,
    /// ISO 4217: what every amount is in.
    currency: String,
    /// What they may do: `folios:refund`.
    permissions: Vec<&'static str>,
}

impl SessionView {
    fn new(
        actor: &motel_kernel::Actor,
        permissions: Permissions,
        tenant: &Tenant,
        property: &Property,
    ) -> Self {
        Self {
            actor: actor.to_string(),
            tenant: tenant.slug.to_string(),
            sandbox: tenant.sandbox,
            property_id: property.id,
            property_name: property.name.clone(),
            timezone: property.timezone.name().to_owned(),
            currency: property.currency.to_string(),
            permissions: permissions.iter().map(Permission::as_str).collect(),
        }
    }
}

/// Signs a member of the staff in: the answer sets the session cookie.
#[utoipa::path(
    tag = "session",
    operation_id = "sign_in",
    request_body = RawCredentials,
    responses(
        (status = 200, description = "Signed in", body = SessionView),
        (status = 401, description = "`wrong_credentials`; `second_factor_needed` with a `challenge`, to be answered within five minutes"),
        (status = 429, description = "`too_many_attempts`"),
        (status = 503, description = "`sign_in_busy`"),
    )
)]
#[post("/session")]
pub(crate) async fn sign_in(
    request: HttpRequest,
    db: web::Data<Db>,
    directory: web::Data<Directory>,
    clock: CurrentClock,
    ValidJson(Credentials(given)): ValidJson<Credentials>,
) -> Result<web::Json<SessionView>, Problem> {
    let visitor = Visitor {
        email: &given.email,
        password: &given.password,
        address: client_address(&request),
    };
    let staff = match admit(&db, visitor, clock.now()).await? {
        Admission::Admitted(staff) => staff,
        Admission::HalfAdmitted(half) => {
            return Err(needed(&db, &half, clock.now()).await?);
        }
        Admission::Refused => return Err(wrong_credentials()),
        Admission::TooMany { seconds } => return Err(Problem::too_many_attempts(seconds)),
    };
    enter(&request, &directory, &staff).await
}

/// Completes a sign-in that asked for a second factor: the answer sets the session cookie.
#[utoipa::path(
    tag = "session",
    operation_id = "show_second_factor",
    request_body = RawSecondFactor,
    responses(
        (status = 200, description = "Signed in", body = SessionView),
        (status = 401, description = "`wrong_code`; `challenge_over`: sign in anew"),
        (status = 429, description = "`too_many_attempts`"),
    )
)]
#[post("/session/second-factor")]
pub(crate) async fn second_factor(
    request: HttpRequest,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    directory: web::Data<Directory>,
    clock: CurrentClock,
    ValidJson(given): ValidJson<SecondFactor>,
) -> Result<web::Json<SessionView>, Problem> {
    let staff = shown(&request, &db, &keys, &given, clock.now()).await?;
    enter(&request, &directory, &staff).await
}

/// Opens the session of a member who proved who they are, and tells them on whose behalf they ask from now on.
///
/// # Errors
/// As for [`open_session`].
pub async fn enter(
    request: &HttpRequest,
    directory: &Directory,
    staff: &Staff,
) -> Result<web::Json<SessionView>, Problem> {
    let place = directory.find_by_id(staff.tenant_id).await?;
    let place = place.ok_or_else(|| Problem::not_found("property"))?;
    open_session(request, staff).await?;
    let session = session_of(request).await?;
    let session = session.ok_or_else(Problem::signed_out)?;
    let property = property_of(request, &session).await?;
    let property = property.ok_or_else(Problem::signed_out)?;
    let actor = motel_kernel::Actor::Staff(staff.id);
    let permissions = session.role.permissions;
    Ok(web::Json(SessionView::new(
        &actor,
        permissions,
        &place.0,
        &property,
    )))
}

/// Tells on whose behalf this request was made.
#[utoipa::path(
    tag = "session",
    operation_id = "session",
    responses((status = 200, description = "Who it is", body = SessionView))
)]
#[get("/session")]
pub(crate) async fn show(
    access: StaffAccess<may::BeKnown>,
    directory: web::Data<Directory>,
) -> Result<web::Json<SessionView>, Problem> {
    let place = directory.find_by_id(access.tenant).await?;
    let place = place.ok_or_else(|| Problem::not_found("property"))?;
    Ok(web::Json(SessionView::new(
        &access.actor,
        access.permissions,
        &place.0,
        &access.property,
    )))
}

/// Signs out whoever is signed in, by the cookie, an access token, or both.
#[utoipa::path(
    tag = "session",
    operation_id = "sign_out",
    responses((status = 204, description = "Nobody is signed in any more"))
)]
#[delete("/session")]
pub(crate) async fn sign_out(request: HttpRequest) -> Result<HttpResponse, Problem> {
    if request.headers().contains_key(AUTHORIZATION)
        && let Some(caller) = Caller::of(&request).await?
    {
        end_session_of(&request, &caller).await?;
    }
    // The cookie's as well, whatever else was sent: afterwards nobody is signed in here.
    close_session(&request).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// 401 `wrong_credentials`.
pub(super) fn wrong_credentials() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "wrong_credentials",
        "E-mail and password do not belong together.",
    )
}
