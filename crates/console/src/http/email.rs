//! Another e-mail address to sign in with.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use motel_db::Db;
use motel_kernel::Email;
use motel_passkeys::queries::passkeys_of;
use motel_seal::Keyring;
use motel_tenancy::http::{CurrentClock, StaffPage, session_of};
use motel_tenancy::second_factor::Proof;
use motel_tenancy::{AddressedToken, StaffSession, TenancyError, account, may};
use motel_web::{Entry, Page, Problem};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::account::unproven;
use super::office::Key;
use super::password::Linked;
use super::see_other;
use crate::view::{EmailPage, NewEmailPage};

#[derive(Deserialize)]
pub(super) struct RawEmail {
    email: String,
    password: SecretString,
    #[serde(default)]
    code: SecretString,
}

#[derive(Deserialize)]
pub(super) struct RawLink {
    link: SecretString,
}

/// The form of who is signed in.
pub(super) async fn form(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
) -> Result<HttpResponse, Problem> {
    show_form(&request, &staff, &key, String::new(), None).await
}

/// Has a link mailed to the new address. What is said does not tell whether somebody signs in with it already.
pub(super) async fn ask(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    raw: web::Form<RawEmail>,
) -> Result<HttpResponse, Problem> {
    let RawEmail {
        email: typed,
        password,
        code,
    } = raw.into_inner();
    let error = match Email::parse(&typed) {
        Err(invalid) => invalid.to_string(),
        Ok(email) => {
            let proof = Proof {
                password: &password,
                code: &code,
            };
            match account::ask_for_email(&db, &keys, &staff, proof, &email, key.now()).await {
                Ok(()) => return Ok(see_other("/console/account?news=email_asked")),
                Err(error) => unproven(error)?,
            }
        }
    };
    show_form(&request, &staff, &key, typed, Some(error)).await
}

/// The form behind the mailed link. Looking at it does not use it.
pub(super) async fn look(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    linked: web::Query<Linked>,
) -> Result<HttpResponse, Problem> {
    let word = linked.token().map(|(_, word)| word).unwrap_or_default();
    show_link(&request, &db, &clock, word, None).await
}

/// Puts the new address in force.
pub(super) async fn take(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    raw: web::Form<RawLink>,
) -> Result<HttpResponse, Problem> {
    let word = raw.link.expose_secret();
    let Some(token) = AddressedToken::parse(word) else {
        return show_link(&request, &db, &clock, word, None).await;
    };
    let session = session_of(&request).await?;
    let kept = session.as_ref().map(|session| session.id);
    match account::use_new_email(&db, &token, kept, clock.now()).await {
        Ok(()) if session.is_some() => Ok(see_other("/console/account?news=email_changed")),
        Ok(()) => Ok(see_other("/console/sign-in?news=email_changed")),
        Err(TenancyError::LinkGone) => show_link(&request, &db, &clock, word, None).await,
        Err(TenancyError::EmailTaken) => {
            // They own the address, so they may know.
            let taken = "You sign in with this address elsewhere by now. Ask for another one.";
            show_link(&request, &db, &clock, word, Some(taken.to_owned())).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn show_form(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    email: String,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(staff).await?;
    let member = account::own_account(&mut office.tx, staff.staff_id).await?;
    let passkeys = passkeys_of(&mut office.tx, staff.staff_id).await?;
    let status = super::status_of(error.as_ref());
    let title = format!("Your e-mail address · {}", office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&EmailPage {
        head: office.head(false),
        error,
        email,
        current: member.email.to_string(),
        second_factor: member.second_factor_at.is_some(),
        passkeys: !passkeys.is_empty(),
    })
}

async fn show_link(
    request: &HttpRequest,
    db: &Db,
    clock: &CurrentClock,
    word: &str,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let email = match AddressedToken::parse(word) {
        Some(token) => account::look_at_new_email(db, &token, clock.now()).await?,
        None => None,
    };
    let status = match (&email, &error) {
        (None, _) => StatusCode::GONE,
        (Some(_), Some(_)) => StatusCode::CONFLICT,
        (Some(_), None) => StatusCode::OK,
    };
    let link = email.map(|email| (word.to_owned(), email.to_string()));
    let page = Page::new(request, Entry::Console, "Your new e-mail address").status(status);
    page.respond(&NewEmailPage { link, error })
}
