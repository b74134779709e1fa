//! Signing in with a second factor: the code, after the password.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, web};
use motel_tenancy::Staff;
use motel_tenancy::http::{
    CurrentClock, SIGN_IN_PATH, open_session, remember_browser, show_code, waits_for_code,
};
use motel_tenancy::second_factor::Answered;
use motel_web::{Entry, Page, Problem};
use secrecy::SecretString;
use serde::Deserialize;

use super::passkeys::are_there;
use super::see_other;
use super::sign_in::first_page;
use crate::view::CodePage;

pub(super) const PAGE: &str = "/console/sign-in/code";

#[derive(Deserialize)]
pub(super) struct RawCode {
    #[serde(default)]
    code: SecretString,
    /// A box that is ticked, or nothing.
    remember: Option<String>,
}

/// The form; for who has shown no password there is none.
pub(super) async fn form(request: HttpRequest) -> Result<HttpResponse, Problem> {
    match waits_for_code(&request) {
        true => page(&request, None),
        false => Ok(see_other(SIGN_IN_PATH)),
    }
}

/// Takes the code.
pub(super) async fn show(
    request: HttpRequest,
    clock: CurrentClock,
    raw: web::Form<RawCode>,
) -> Result<HttpResponse, Problem> {
    match show_code(&request, &raw.code, &clock).await? {
        Answered::Admitted(staff) => enter(&request, &staff, raw.remember.is_some(), &clock).await,
        Answered::Over => Ok(see_other("/console/sign-in?news=code_over")),
        Answered::Refused => {
            let wrong = "This code is not right, or was used before.";
            let wrong = Problem::new(StatusCode::UNAUTHORIZED, "wrong_code", wrong);
            page(&request, Some(&wrong))
        }
        Answered::TooMany { seconds } => page(&request, Some(&Problem::too_many_attempts(seconds))),
    }
}

async fn enter(
    request: &HttpRequest,
    staff: &Staff,
    remember: bool,
    clock: &CurrentClock,
) -> Result<HttpResponse, Problem> {
    open_session(request, staff).await?;
    let mut answer = see_other(first_page(request).await?);
    if remember && let Some(cookie) = remember_browser(request, staff, clock.now()).await? {
        answer.add_cookie(&cookie).map_err(Problem::internal)?;
    }
    Ok(answer)
}

fn page(request: &HttpRequest, why: Option<&Problem>) -> Result<HttpResponse, Problem> {
    let status = why.map_or(StatusCode::OK, |why| why.status);
    let page = Page::new(request, Entry::Console, "Your second factor").status(status);
    let mut answer = page.respond(&CodePage {
        error: why.map(|why| why.detail.clone()),
        passkeys: are_there(request),
    })?;
    if let Some(seconds) = why.and_then(|why| why.retry_after) {
        let seconds = HeaderValue::from(seconds);
        answer.headers_mut().insert(RETRY_AFTER, seconds);
    }
    Ok(answer)
}
