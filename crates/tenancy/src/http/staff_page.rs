use std::marker::PhantomData;
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use futures::FutureExt;
use futures::future::LocalBoxFuture;

use motel_web::Problem;

use super::caller::{check_standing, forbidden};
use super::session_of;
use crate::rules::Wish;
use crate::{Needs, StaffSession};

/// Where staff sign in.
pub const SIGN_IN_PATH: &str = "/console/sign-in";

/// A [`StaffSession`] of somebody who may do `P`, for pages: a visitor who is not signed in is sent to [`SIGN_IN_PATH`] (303),
/// one who may not see it gets a 403 `forbidden`.
#[derive(Debug, Clone)]
pub struct StaffPage<P> {
    session: StaffSession,
    needs: PhantomData<P>,
}

/// The same for what a page loads by itself: 401 `signed_out` instead of another page.
#[derive(Debug, Clone)]
pub struct StaffFragment<P> {
    session: StaffSession,
    needs: PhantomData<P>,
}

impl<P> Deref for StaffPage<P> {
    type Target = StaffSession;

    fn deref(&self) -> &StaffSession {
        &self.session
    }
}

impl<P> Deref for StaffFragment<P> {
    type Target = StaffSession;

    fn deref(&self) -> &StaffSession {
        &self.session
    }
}

impl<P: Needs> FromRequest for StaffPage<P> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let session = session_of(&request).await?.ok_or_else(sign_in_first)?;
            let needs = PhantomData;
            permit::<P>(&request, &session)?;
            Ok(Self { session, needs })
        }
        .boxed_local()
    }
}

impl<P: Needs> FromRequest for StaffFragment<P> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let session = session_of(&request).await?;
            let session = session.ok_or_else(Problem::signed_out)?;
            let needs = PhantomData;
            permit::<P>(&request, &session)?;
            Ok(Self { session, needs })
        }
        .boxed_local()
    }
}

fn permit<P: Needs>(request: &HttpRequest, session: &StaffSession) -> Result<(), Problem> {
    match P::PERMISSION {
        Some(needed) if !session.may(needed) => return Err(forbidden(needed)),
        _ => {}
    }
    let wish = Wish {
        needs: P::PERMISSION,
        looks: request.method().is_safe(),
        by_program: false,
    };
    check_standing(session.state, wish)
}

fn sign_in_first() -> InternalError<&'static str> {
    let answer = HttpResponse::SeeOther()
        .insert_header((LOCATION, SIGN_IN_PATH))
        .finish();
    InternalError::from_response("nobody is signed in", answer)
}
