use std::future::{Ready, ready};
use std::ops::Deref;

use actix_session::SessionExt;
use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse};

use crate::StaffSession;

/// Where staff sign in.
pub const SIGN_IN_PATH: &str = "/console/sign-in";

/// A [`StaffSession`] for pages: a visitor who is not signed in is sent to [`SIGN_IN_PATH`] (303).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffPage(pub StaffSession);

impl Deref for StaffPage {
    type Target = StaffSession;

    fn deref(&self) -> &StaffSession {
        &self.0
    }
}

impl FromRequest for StaffPage {
    type Error = InternalError<&'static str>;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            StaffSession::of(&request.get_session())
                .map(Self)
                .ok_or_else(sign_in_first),
        )
    }
}

fn sign_in_first() -> InternalError<&'static str> {
    let answer = HttpResponse::SeeOther()
        .insert_header((LOCATION, SIGN_IN_PATH))
        .finish();
    InternalError::from_response("nobody is signed in", answer)
}
