use actix_web::{HttpRequest, HttpResponse, post, web};
use motel_db::Db;
use motel_kernel::{Email, PersonName, Phone};
use motel_tenancy::http::CurrentClock;
use motel_tenancy::{BusinessName, Directory, TenancyError, TenantKind};
use motel_web::{FieldErrors, Input, Problem, ValidJson, client_address};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::sign_up::{Asked, NewOwner, NewSignUp, SignUpWord, ask_to_sign_up, confirm_sign_up};

/// A business to be, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSignUp {
    /// What it calls itself.
    #[schema(min_length = 2, max_length = 80)]
    business: String,
    /// What its owner will sign in with.
    #[schema(max_length = 254)]
    email: String,
    /// `motel`, `private_dining` or `consulting`.
    kind: String,
}

/// The same, parsed.
pub(crate) struct SignUp(NewSignUp);

impl Input for SignUp {
    type Raw = RawSignUp;

    fn parse(raw: RawSignUp) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let business = errors.check("business", BusinessName::parse(&raw.business));
        let email = errors.check("email", Email::parse(&raw.email));
        let kind = raw.kind.parse::<TenantKind>();
        let kind = errors.check("kind", kind.map_err(|_| "is no kind of business"));
        match (business, email, kind) {
            (Some(business), Some(email), Some(kind)) => Ok(Self(NewSignUp {
                business,
                email,
                kind,
            })),
            _ => Err(errors),
        }
    }
}

/// Who founds it, as they come in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSignUpCompletion {
    /// The word in the mailed link.
    #[schema(value_type = String, max_length = 64)]
    link: SecretString,
    /// How the console greets them.
    #[schema(min_length = 2, max_length = 120)]
    name: String,
    /// The number guests call, with the country code.
    #[schema(max_length = 40)]
    phone: String,
    /// What they will sign in with, 10 to 200 characters.
    #[schema(value_type = String, format = "password", min_length = 10, max_length = 200)]
    password: SecretString,
}

/// The same, parsed.
pub(crate) struct Completion {
    link: SecretString,
    new: NewOwner,
}

impl Input for Completion {
    type Raw = RawSignUpCompletion;

    fn parse(raw: RawSignUpCompletion) -> Result<Self, FieldErrors> {
        let RawSignUpCompletion {
            link,
            name,
            phone,
            password,
        } = raw;
        let mut errors = FieldErrors::new();
        let name = errors.check("name", PersonName::parse(&name));
        let phone = errors.check("phone", Phone::parse(&phone));
        let new = name.zip(phone).map(|(name, phone)| NewOwner {
            name,
            phone,
            password,
        });
        new.map(|new| Self { link, new }).ok_or(errors)
    }
}

/// A business that was just founded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundedView {
    /// Its name in addresses.
    tenant: String,
}

/// Has a link mailed by which a business can be founded. The answer does not tell whether the address has an account.
#[utoipa::path(
    tag = "session",
    operation_id = "sign_up",
    request_body = RawSignUp,
    responses(
        (status = 202, description = "A mail goes to the address"),
        (status = 429, description = "`too_many_attempts`"),
        (status = 503, description = "`too_many_sign_ups`"),
    )
)]
#[post("/sign-ups")]
pub(crate) async fn ask(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(SignUp(new)): ValidJson<SignUp>,
) -> Result<HttpResponse, Problem> {
    let asked = ask_to_sign_up(&db, &new, client_address(&request), clock.now()).await?;
    match asked {
        Asked::Noted => Ok(HttpResponse::Accepted().finish()),
        Asked::TooMany { seconds } => Err(Problem::too_many_attempts(seconds)),
    }
}

/// Founds a business by a mailed link: there is an account of its owner then, to sign in with. A link works once, within 24 hours.
#[utoipa::path(
    tag = "session",
    operation_id = "complete_sign_up",
    request_body = RawSignUpCompletion,
    responses(
        (status = 200, description = "Founded", body = FoundedView),
        (status = 409, description = "`email_taken`"),
        (status = 410, description = "`link_gone`"),
    )
)]
#[post("/sign-ups/complete")]
pub(crate) async fn complete(
    db: web::Data<Db>,
    clock: CurrentClock,
    directory: web::Data<Directory>,
    ValidJson(Completion { link, new }): ValidJson<Completion>,
) -> Result<web::Json<FoundedView>, Problem> {
    let word = SignUpWord::parse(link.expose_secret()).ok_or(TenancyError::LinkGone)?;
    let (tx, founded) =
        confirm_sign_up(&db, &word, &new, directory.default_slug(), clock.now()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let tenant = founded.tenant.slug.to_string();
    Ok(web::Json(FoundedView { tenant }))
}
