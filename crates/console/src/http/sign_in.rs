use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use motel_db::Db;
use motel_tenancy::http::{SIGN_IN_PATH, close_session, open_session, session_of};
use motel_web::{Entry, Page, Problem};
use secrecy::SecretString;
use serde::Deserialize;

use crate::view::SignInPage;

/// The form as it comes in.
#[derive(Deserialize)]
pub(super) struct RawSignIn {
    email: String,
    password: SecretString,
}

pub(super) async fn form(request: HttpRequest) -> Result<HttpResponse, Problem> {
    if session_of(&request).await?.is_some() {
        return Ok(see_other("/console"));
    }
    show(&request, String::new(), None, StatusCode::OK)
}

pub(super) async fn sign_in(
    request: HttpRequest,
    db: web::Data<Db>,
    raw: web::Form<RawSignIn>,
) -> Result<HttpResponse, Problem> {
    let RawSignIn { email, password } = raw.into_inner();
    match motel_tenancy::sign_in(&db, &email, &password).await? {
        Some(staff) => {
            open_session(&request, &staff).await?;
            Ok(see_other("/console"))
        }
        None => {
            let error = "E-mail and password do not belong together.";
            show(&request, email, Some(error), StatusCode::UNAUTHORIZED)
        }
    }
}

pub(super) async fn sign_out(request: HttpRequest) -> Result<HttpResponse, Problem> {
    close_session(&request).await?;
    Ok(see_other(SIGN_IN_PATH))
}

fn show(
    request: &HttpRequest,
    email: String,
    error: Option<&'static str>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let page = Page::new(request, Entry::Console, "Sign in").status(status);
    page.respond(&SignInPage { email, error })
}

fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, to))
        .finish()
}
