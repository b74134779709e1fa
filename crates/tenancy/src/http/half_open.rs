//! A sign-in by pages that waits for a code: the browser's cookie holds the word of the challenge, and no session.

use actix_session::SessionExt;
use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_seal::Keyring;
use motel_web::{Problem, SessionSettings, client_address};
use secrecy::{ExposeSecret, SecretString};

use super::CurrentClock;
use super::staff_session::{device, end_current};
use crate::second_factor::{
    Answered, HalfAdmitted, admit_remembered, answer_challenge, open_challenge, remember_device,
};
use crate::{AddressedToken, Staff, TenancyError};

/// Where in the cookie it stands.
const KEY: &str = "half_open";

/// Goes on with somebody whose password was right: answers who it is where their device is remembered. Where it is not a code has to
/// be shown by [`show_code`], and whatever session the browser brought is over.
///
/// # Errors
/// An internal problem: the database failed, or the cookie could not be written.
pub async fn ask_for_code(
    request: &HttpRequest,
    half: &HalfAdmitted,
    clock: &CurrentClock,
) -> Result<Option<Staff>, Problem> {
    let (db, now): (Db, _) = (super::app_data(request)?, clock.now());
    if let Some(word) = remembered(request)?
        && let Some(member) = admit_remembered(&db, half, &word, now).await?
    {
        return Ok(Some(member));
    }
    end_current(request).await?;
    let word = open_challenge(&db, half, now).await?;
    let cookie = request.get_session();
    cookie.renew();
    let word = word.expose_secret();
    cookie.insert(KEY, word).map_err(Problem::internal)?;
    Ok(None)
}

/// Whether the browser waits for a code. Whether that is over shows when one is shown.
pub fn waits_for_code(request: &HttpRequest) -> bool {
    waiting_for(request).is_some()
}

/// Takes the code that the browser waits for.
///
/// # Errors
/// An internal problem: the database failed, or the second factor's key cannot be opened.
pub async fn show_code(
    request: &HttpRequest,
    code: &SecretString,
    clock: &CurrentClock,
) -> Result<Answered, Problem> {
    let Some(word) = waiting_for(request) else {
        return Ok(Answered::Over);
    };
    let (db, keys): (Db, Keyring) = (super::app_data(request)?, super::app_data(request)?);
    let address = client_address(request);
    let answered = answer_challenge(&db, &keys, &word, code, address, clock.now()).await?;
    if answered == Answered::Over {
        forget(request);
    }
    Ok(answered)
}

/// Remembers the browser of a member who has just shown a code: the cookie by which it is known. `HttpOnly` and for this very host,
/// like the session's.
///
/// # Errors
/// An internal problem: the database failed.
pub async fn remember_browser(
    request: &HttpRequest,
    member: &Staff,
    now: DateTime<Utc>,
) -> Result<Option<Cookie<'static>>, Problem> {
    let db: Db = super::app_data(request)?;
    let settings: SessionSettings = super::app_data(request)?;
    let word = match remember_device(&db, member, &device(request), now).await {
        Ok(word) => word,
        // Their password was changed this very moment: then nothing is remembered.
        Err(TenancyError::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let cookie = Cookie::build(name(&settings), word.expose_secret().to_owned())
        .path("/")
        .http_only(true)
        .secure(settings.secure)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(30));
    Ok(Some(cookie.finish()))
}

/// With this prefix browsers take the cookie from this very host only, and by https only.
fn name(settings: &SessionSettings) -> &'static str {
    match settings.secure {
        true => "__Host-remotemotel-device",
        false => "remotemotel-device",
    }
}

fn remembered(request: &HttpRequest) -> Result<Option<AddressedToken>, Problem> {
    let settings: SessionSettings = super::app_data(request)?;
    let cookie = request.cookie(name(&settings));
    Ok(cookie.and_then(|cookie| AddressedToken::parse(cookie.value())))
}

/// The word of the challenge that the browser waits with, to be answered by something else than a code.
pub fn waiting_for(request: &HttpRequest) -> Option<AddressedToken> {
    let word = request.get_session().get::<String>(KEY).ok().flatten()?;
    AddressedToken::parse(&word)
}

/// Forgets what the browser waits for.
pub(super) fn forget(request: &HttpRequest) {
    request.get_session().remove(KEY);
}
