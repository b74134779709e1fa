use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, web};
use motel_db::Db;
use motel_tenancy::commands::{Admission, Visitor, admit};
use motel_tenancy::http::{
    CurrentClock, SIGN_IN_PATH, ask_for_code, close_session, open_session, session_of,
};
use motel_tenancy::{Permission, StaffSession};
use motel_web::{Entry, Page, Problem, client_address};
use secrecy::SecretString;
use serde::Deserialize;

use super::booking::News;
use super::installation::Installation;
use super::passkeys::are_there;
use super::see_other;
use crate::present;
use crate::view::SignInPage;

/// The form as it comes in.
#[derive(Deserialize)]
pub(super) struct RawSignIn {
    email: String,
    password: SecretString,
}

pub(super) async fn form(
    request: HttpRequest,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    if let Some(session) = session_of(&request).await? {
        return Ok(see_other(home_of(&session)));
    }
    let page = SignInPage {
        email: String::new(),
        notice: news.word().and_then(present::notice),
        error: None,
        sign_up: is_open_to_strangers(&request),
        passkeys: are_there(&request),
    };
    Page::new(&request, Entry::Console, "Sign in").respond(&page)
}

pub(super) async fn sign_in(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    raw: web::Form<RawSignIn>,
) -> Result<HttpResponse, Problem> {
    let RawSignIn { email, password } = raw.into_inner();
    let visitor = Visitor {
        email: &email,
        password: &password,
        address: client_address(&request),
    };
    match admit(&db, visitor, clock.now()).await? {
        Admission::Admitted(staff) => {
            open_session(&request, &staff).await?;
            Ok(see_other(first_page(&request).await?))
        }
        Admission::HalfAdmitted(half) => match ask_for_code(&request, &half, &clock).await? {
            Some(staff) => {
                open_session(&request, &staff).await?;
                Ok(see_other(first_page(&request).await?))
            }
            None => Ok(see_other(super::code::PAGE)),
        },
        Admission::Refused => refuse(&request, email, &wrong_credentials()),
        Admission::TooMany { seconds } => {
            refuse(&request, email, &Problem::too_many_attempts(seconds))
        }
    }
}

/// The first page of who has just signed in.
pub(super) async fn first_page(request: &HttpRequest) -> Result<&'static str, Problem> {
    let session = session_of(request).await?;
    Ok(session.as_ref().map_or(SIGN_IN_PATH, home_of))
}

/// The first page of somebody: the desk's day, if they may see it.
fn home_of(staff: &StaffSession) -> &'static str {
    match staff.may(Permission::ReadReservations) && !staff.reach.is_limited() {
        true => "/console",
        false => "/console/sessions",
    }
}

pub(super) async fn sign_out(request: HttpRequest) -> Result<HttpResponse, Problem> {
    close_session(&request).await?;
    Ok(see_other(SIGN_IN_PATH))
}

fn wrong_credentials() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "wrong_credentials",
        "E-mail and password do not belong together.",
    )
}

fn is_open_to_strangers(request: &HttpRequest) -> bool {
    let installation = request.app_data::<web::Data<Installation>>();
    installation.is_some_and(|installation| installation.sign_up)
}

/// The form again, with what is wrong.
fn refuse(request: &HttpRequest, email: String, why: &Problem) -> Result<HttpResponse, Problem> {
    let page = Page::new(request, Entry::Console, "Sign in").status(why.status);
    let mut answer = page.respond(&SignInPage {
        email,
        notice: None,
        error: Some(why.detail.clone()),
        sign_up: is_open_to_strangers(request),
        passkeys: are_there(request),
    })?;
    if let Some(seconds) = why.retry_after {
        let seconds = HeaderValue::from(seconds);
        answer.headers_mut().insert(RETRY_AFTER, seconds);
    }
    Ok(answer)
}
