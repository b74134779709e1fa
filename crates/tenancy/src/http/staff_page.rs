use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use futures::FutureExt;
use futures::future::LocalBoxFuture;

use super::session_of;
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
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let session = session_of(&request).await?;
            Ok(session.map(Self).ok_or_else(sign_in_first)?)
        }
        .boxed_local()
    }
}

fn sign_in_first() -> InternalError<&'static str> {
    let answer = HttpResponse::SeeOther()
        .insert_header((LOCATION, SIGN_IN_PATH))
        .finish();
    InternalError::from_response("nobody is signed in", answer)
}
