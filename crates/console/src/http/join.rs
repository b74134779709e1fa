//! Accepting an invitation.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use motel_db::Db;
use motel_kernel::PersonName;
use motel_tenancy::http::CurrentClock;
use motel_tenancy::team::{NewMember, accept_invitation, look_at_invitation};
use motel_tenancy::{AddressedToken, TenancyError};
use motel_web::{Entry, Page, Problem};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::password::Linked;
use crate::view::{JoinForm, JoinPage};

#[derive(Deserialize)]
pub(super) struct RawJoin {
    link: SecretString,
    name: String,
    password: SecretString,
}

/// The form behind an invitation. Looking at it does not accept it.
pub(super) async fn form(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    linked: web::Query<Linked>,
) -> Result<HttpResponse, Problem> {
    let word = linked.token().map(|(_, word)| word).unwrap_or_default();
    show(&request, &db, &clock, word, String::new(), None).await
}

/// Makes the account.
pub(super) async fn accept(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    raw: web::Form<RawJoin>,
) -> Result<HttpResponse, Problem> {
    let RawJoin {
        link,
        name,
        password,
    } = raw.into_inner();
    let word = link.expose_secret();
    let error = match (AddressedToken::parse(word), PersonName::parse(&name)) {
        (None, _) => None,
        (Some(_), Err(invalid)) => Some(invalid.to_string()),
        (Some(token), Ok(name)) => {
            let new = NewMember { name, password };
            match accept_invitation(&db, &token, &new, clock.now()).await {
                Ok(_) => return Ok(super::see_other("/console/sign-in?news=joined")),
                Err(TenancyError::LinkGone) => None,
                Err(unfit @ TenancyError::UnfitPassword) => Some(unfit.to_string()),
                Err(TenancyError::EmailTaken) => Some(TAKEN.to_owned()),
                Err(error) => return Err(error.into()),
            }
        }
    };
    show(&request, &db, &clock, word, name, error).await
}

/// They own the address, so they may know.
const TAKEN: &str =
    "You already sign in with this address elsewhere. Ask to be invited by another one.";

async fn show(
    request: &HttpRequest,
    db: &Db,
    clock: &CurrentClock,
    word: &str,
    name: String,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let invitation = match AddressedToken::parse(word) {
        Some(token) => look_at_invitation(db, &token, clock.now()).await?,
        None => None,
    };
    let status = match (&invitation, &error) {
        (None, _) => StatusCode::GONE,
        (Some(_), Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        (Some(_), None) => StatusCode::OK,
    };
    let invitation = invitation.map(|look| JoinForm {
        link: word.to_owned(),
        business: look.business,
        email: look.email.to_string(),
        role: look.role.title,
        name,
    });
    let page = Page::new(request, Entry::Console, "Join the team").status(status);
    page.respond(&JoinPage { invitation, error })
}
