//! Forgotten, new and changed passwords.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use motel_db::Db;
use motel_kernel::Email;
use motel_seal::Keyring;
use motel_tenancy::http::{CurrentClock, StaffPage, ask_for_password};
use motel_tenancy::passwords::{change_password, may_reset, reset_password};
use motel_tenancy::second_factor::Proof;
use motel_tenancy::{AddressedToken, StaffSession, TenancyError, account, may};
use motel_web::{Entry, Page, Problem};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::account::unproven;
use super::office::Key;
use crate::view::{ForgotPasswordPage, NewPasswordPage, PasswordPage};

/// The word in a mailed link, out of the address.
#[derive(Deserialize)]
pub(super) struct Linked {
    link: Option<SecretString>,
}

impl Linked {
    /// The token and its word, unless it is no token at all.
    pub(super) fn token(&self) -> Option<(AddressedToken, &str)> {
        let word = self.link.as_ref()?.expose_secret();
        Some((AddressedToken::parse(word)?, word))
    }
}

#[derive(Deserialize)]
pub(super) struct RawForgotten {
    email: String,
}

#[derive(Deserialize)]
pub(super) struct RawNewPassword {
    link: SecretString,
    password: SecretString,
}

#[derive(Deserialize)]
pub(super) struct RawChange {
    old_password: SecretString,
    #[serde(default)]
    code: SecretString,
    new_password: SecretString,
}

/// Asks which account it is about.
pub(super) async fn forgotten(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let page = ForgotPasswordPage {
        email: String::new(),
        error: None,
        asked: false,
    };
    Page::new(&request, Entry::Console, "Forgot your password?").respond(&page)
}

/// Takes the question; the answer does not tell whether there is such an account.
pub(super) async fn ask(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    raw: web::Form<RawForgotten>,
) -> Result<HttpResponse, Problem> {
    let page = Page::new(&request, Entry::Console, "Forgot your password?");
    let email = match Email::parse(&raw.email) {
        Ok(email) => email,
        Err(invalid) => {
            let again = ForgotPasswordPage {
                email: raw.into_inner().email,
                error: Some(invalid.to_string()),
                asked: false,
            };
            let page = page.status(StatusCode::UNPROCESSABLE_ENTITY);
            return page.respond(&again);
        }
    };
    ask_for_password(&db, &request, &email, &clock).await?;
    page.respond(&ForgotPasswordPage {
        email: String::new(),
        error: None,
        asked: true,
    })
}

/// The form behind a mailed link. Looking at it does not use the link.
pub(super) async fn choose(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    linked: web::Query<Linked>,
) -> Result<HttpResponse, Problem> {
    let link = match linked.token() {
        Some((token, word)) if may_reset(&db, &token, clock.now()).await? => Some(word.to_owned()),
        _ => None,
    };
    show_choice(&request, link, None)
}

/// Gives the member a new password.
pub(super) async fn reset(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    raw: web::Form<RawNewPassword>,
) -> Result<HttpResponse, Problem> {
    let word = raw.link.expose_secret();
    let Some(token) = AddressedToken::parse(word) else {
        return show_choice(&request, None, None);
    };
    match reset_password(&db, &token, &raw.password, clock.now()).await {
        Ok(()) => Ok(super::see_other("/console/sign-in?news=new_password")),
        Err(TenancyError::LinkGone) => show_choice(&request, None, None),
        Err(unfit @ TenancyError::UnfitPassword) => {
            show_choice(&request, Some(word.to_owned()), Some(unfit.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form of who is signed in.
pub(super) async fn form(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
) -> Result<HttpResponse, Problem> {
    show_change(&request, &staff, &key, None, false).await
}

/// Changes the password of who is signed in and knows the old one.
pub(super) async fn change(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    clock: CurrentClock,
    raw: web::Form<RawChange>,
) -> Result<HttpResponse, Problem> {
    let proof = Proof {
        password: &raw.old_password,
        code: &raw.code,
    };
    let error =
        match change_password(&db, &keys, &staff, proof, &raw.new_password, clock.now()).await {
            Ok(()) => None,
            Err(unfit @ TenancyError::UnfitPassword) => Some(unfit.to_string()),
            Err(error) => Some(unproven(error)?),
        };
    let changed = error.is_none();
    show_change(&request, &staff, &key, error, changed).await
}

fn show_choice(
    request: &HttpRequest,
    link: Option<String>,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let status = match (&link, &error) {
        (None, _) => StatusCode::GONE,
        (Some(_), Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        (Some(_), None) => StatusCode::OK,
    };
    let page = Page::new(request, Entry::Console, "Choose a new password").status(status);
    page.respond(&NewPasswordPage { link, error })
}

async fn show_change(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    error: Option<String>,
    changed: bool,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(staff).await?;
    let member = account::own_account(&mut office.tx, staff.staff_id).await?;
    let status = super::status_of(error.as_ref());
    let title = format!("Your password · {}", office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&PasswordPage {
        head: office.head(false),
        error,
        changed,
        second_factor: member.second_factor_at.is_some(),
    })
}
