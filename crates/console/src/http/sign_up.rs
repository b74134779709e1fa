//! Signing a business up.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, web};
use motel_db::Db;
use motel_kernel::{Email, PersonName, Phone};
use motel_onboarding::OnboardingError;
use motel_onboarding::sign_up::{
    Asked, NewOwner, NewSignUp, SignUpWord, ask_to_sign_up, confirm_sign_up, look_at_sign_up,
};
use motel_tenancy::http::{CurrentClock, open_session_in};
use motel_tenancy::{BusinessName, Directory, TenancyError, TenantKind};
use motel_web::{Entry, Page, Problem, client_address};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::see_other;
use crate::present::{self, SETUP_PATH};
use crate::view::{ConfirmForm, ConfirmSignUpPage, SignUpPage};

#[derive(Deserialize)]
struct RawSignUp {
    business: String,
    email: String,
    #[serde(default)]
    kind: String,
}

/// The word in a mailed link, out of the address.
#[derive(Deserialize)]
struct Linked {
    link: Option<SecretString>,
}

#[derive(Deserialize)]
struct RawConfirm {
    link: SecretString,
    name: String,
    phone: String,
    password: SecretString,
}

/// What was typed, and why it was refused.
#[derive(Default)]
struct Typed {
    name: String,
    phone: String,
    errors: Vec<String>,
}

/// Mounts the pages of who is no staff yet, where strangers may sign up. Needs what [`configure`](super::configure) needs.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/sign-up").get(form).post(ask))
        .service(web::resource("/sign-up/confirm").get(choose).post(confirm));
}

async fn form(request: HttpRequest) -> Result<HttpResponse, Problem> {
    show_form(&request, StatusCode::OK, None, Vec::new())
}

/// Takes the question; the answer does not tell whether the address has an account.
async fn ask(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    raw: web::Form<RawSignUp>,
) -> Result<HttpResponse, Problem> {
    let new = match read(&raw) {
        Ok(new) => new,
        Err(errors) => {
            let refused = StatusCode::UNPROCESSABLE_ENTITY;
            return show_form(&request, refused, Some(&raw), errors);
        }
    };
    let asked = ask_to_sign_up(&db, &new, client_address(&request), clock.now()).await?;
    if let Asked::TooMany { seconds } = asked {
        let problem = Problem::too_many_attempts(seconds);
        let mut page = show_form(&request, problem.status, Some(&raw), vec![problem.detail])?;
        let headers = page.headers_mut();
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        return Ok(page);
    }
    let page = Page::new(&request, Entry::Console, "Look into your mail");
    page.respond(&SignUpPage {
        business: String::new(),
        email: String::new(),
        kinds: Vec::new(),
        errors: Vec::new(),
        asked: true,
    })
}

fn read(raw: &RawSignUp) -> Result<NewSignUp, Vec<String>> {
    let mut errors = Vec::new();
    let business = BusinessName::parse(&raw.business)
        .map_err(|invalid| errors.push(present::sentence(&invalid)))
        .ok();
    let email = Email::parse(&raw.email)
        .map_err(|invalid| errors.push(present::sentence(&invalid)))
        .ok();
    let kind = raw.kind.parse::<TenantKind>();
    let kind = kind
        .map_err(|_| errors.push("Please choose what you offer.".to_owned()))
        .ok();
    match (business, email, kind) {
        (Some(business), Some(email), Some(kind)) => Ok(NewSignUp {
            business,
            email,
            kind,
        }),
        _ => Err(errors),
    }
}

fn show_form(
    request: &HttpRequest,
    status: StatusCode,
    typed: Option<&RawSignUp>,
    errors: Vec<String>,
) -> Result<HttpResponse, Problem> {
    let text = |of: fn(&RawSignUp) -> &String| typed.map(of).cloned().unwrap_or_default();
    let page = Page::new(request, Entry::Console, "Sign your business up").status(status);
    page.respond(&SignUpPage {
        business: text(|raw| &raw.business),
        email: text(|raw| &raw.email),
        kinds: present::kinds(&text(|raw| &raw.kind)),
        errors,
        asked: false,
    })
}

/// The form behind the mailed link. Looking at it does not use the link.
async fn choose(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    linked: web::Query<Linked>,
) -> Result<HttpResponse, Problem> {
    let word = linked.link.as_ref().map(ExposeSecret::expose_secret);
    let word = word.unwrap_or_default();
    show_choice(&request, &db, &clock, word, Typed::default()).await
}

/// Founds the business and signs its owner in, both in one transaction.
async fn confirm(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    directory: web::Data<Directory>,
    raw: web::Form<RawConfirm>,
) -> Result<HttpResponse, Problem> {
    let RawConfirm {
        link,
        name,
        phone,
        password,
    } = raw.into_inner();
    let word = link.expose_secret();
    let errors = match (SignUpWord::parse(word), owner(&name, &phone, password)) {
        (None, _) => Vec::new(),
        (Some(_), Err(errors)) => errors,
        (Some(sign_up), Ok(new)) => {
            match confirm_sign_up(&db, &sign_up, &new, directory.default_slug(), clock.now()).await
            {
                Ok((tx, founded)) => {
                    open_session_in(&request, tx, &founded.owner).await?;
                    return Ok(see_other(&format!("{SETUP_PATH}?news=welcome")));
                }
                Err(error) => refusal(error)?,
            }
        }
    };
    let typed = Typed {
        name,
        phone,
        errors,
    };
    show_choice(&request, &db, &clock, word, typed).await
}

fn owner(name: &str, phone: &str, password: SecretString) -> Result<NewOwner, Vec<String>> {
    let mut errors = Vec::new();
    let name = PersonName::parse(name)
        .map_err(|invalid| errors.push(present::sentence(&invalid)))
        .ok();
    let phone = Phone::parse(phone)
        .map_err(|invalid| errors.push(present::sentence(&invalid)))
        .ok();
    let new = name.zip(phone).map(|(name, phone)| NewOwner {
        name,
        phone,
        password,
    });
    new.ok_or(errors)
}

/// What they did not get right, as they read it; a link that is good for nothing shows by itself.
fn refusal(error: OnboardingError) -> Result<Vec<String>, Problem> {
    match error {
        OnboardingError::Tenancy(TenancyError::LinkGone) => Ok(Vec::new()),
        OnboardingError::Tenancy(unfit @ TenancyError::UnfitPassword) => {
            Ok(vec![present::sentence(&unfit)])
        }
        // They own the address, so they may know.
        OnboardingError::Tenancy(TenancyError::EmailTaken) => Ok(vec![
            "You sign in with this address already. Sign up with another one.".to_owned(),
        ]),
        error => Err(error.into()),
    }
}

async fn show_choice(
    request: &HttpRequest,
    db: &Db,
    clock: &CurrentClock,
    word: &str,
    typed: Typed,
) -> Result<HttpResponse, Problem> {
    let sign_up = match SignUpWord::parse(word) {
        Some(sign_up) => look_at_sign_up(db, &sign_up, clock.now()).await?,
        None => None,
    };
    let status = match (&sign_up, typed.errors.is_empty()) {
        (None, _) => StatusCode::GONE,
        (Some(_), false) => StatusCode::UNPROCESSABLE_ENTITY,
        (Some(_), true) => StatusCode::OK,
    };
    let sign_up = sign_up.map(|look| ConfirmForm {
        link: word.to_owned(),
        business: look.business,
        email: look.email.to_string(),
        name: typed.name,
        phone: typed.phone,
    });
    let page = Page::new(request, Entry::Console, "Open your front desk").status(status);
    let errors = typed.errors;
    page.respond(&ConfirmSignUpPage { sign_up, errors })
}
