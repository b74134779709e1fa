use actix_web::{HttpResponse, post, web};
use motel_db::Db;
use motel_kernel::PersonName;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::CurrentClock;
use crate::team::{NewMember, accept_invitation};
use crate::{AddressedToken, TenancyError};

/// Who joins, as they come in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawJoin {
    /// The word in the mailed link.
    #[schema(value_type = String, max_length = 96)]
    link: SecretString,
    /// How the console greets them.
    #[schema(min_length = 2, max_length = 120)]
    name: String,
    /// What they will sign in with, 10 to 200 characters.
    #[schema(value_type = String, format = "password", min_length = 10, max_length = 200)]
    password: SecretString,
}

/// The same, parsed.
pub(crate) struct Join {
    link: SecretString,
    new: NewMember,
}

impl Input for Join {
    type Raw = RawJoin;

    fn parse(raw: RawJoin) -> Result<Self, FieldErrors> {
        let RawJoin {
            link,
            name,
            password,
        } = raw;
        let mut errors = FieldErrors::new();
        let name = errors.check("name", PersonName::parse(&name));
        let new = name.map(|name| NewMember { name, password });
        new.map(|new| Self { link, new }).ok_or(errors)
    }
}

/// Takes up an invitation by its mailed link: there is an account then, to sign in with.
#[utoipa::path(
    tag = "team",
    operation_id = "accept_invitation",
    request_body = RawJoin,
    responses(
        (status = 204, description = "Joined"),
        (status = 409, description = "`email_taken`"),
        (status = 410, description = "`link_gone`"),
    )
)]
#[post("/invitations/accept")]
pub(crate) async fn accept(
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(Join { link, new }): ValidJson<Join>,
) -> Result<HttpResponse, Problem> {
    let token = AddressedToken::parse(link.expose_secret()).ok_or(TenancyError::LinkGone)?;
    accept_invitation(&db, &token, &new, clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}
