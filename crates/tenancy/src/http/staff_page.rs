use std::marker::PhantomData;
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use futures::FutureExt;
use futures::future::LocalBoxFuture;

use motel_web::Problem;

use super::caller::{check_reach, check_standing, forbidden, second_factor_required};
use super::{Touches, WholeBusiness, session_of};
use crate::rules::Wish;
use crate::{Needs, StaffSession};

/// Where staff sign in.
pub const SIGN_IN_PATH: &str = "/console/sign-in";

/// Where they set up a second factor.
pub const SECOND_FACTOR_PATH: &str = "/console/second-factor";

/// A [`StaffSession`] of somebody who may do `P`, for pages: a visitor who is not signed in is sent to [`SIGN_IN_PATH`] (303),
/// one who has yet to set up the second factor that their business asks for to [`SECOND_FACTOR_PATH`]; one who may not see it gets a 403
/// `forbidden`, and one who is limited to some properties a 403 `property_limited` where `T` is the whole business.
#[derive(Debug, Clone)]
pub struct StaffPage<P, T = WholeBusiness> {
    session: StaffSession,
    needs: PhantomData<(P, T)>,
}

/// The same for what a page loads by itself: 401 `signed_out` or 403 `second_factor_required` instead of another page.
#[derive(Debug, Clone)]
pub struct StaffFragment<P, T = WholeBusiness> {
    session: StaffSession,
    needs: PhantomData<(P, T)>,
}

impl<P, T> Deref for StaffPage<P, T> {
    type Target = StaffSession;

    fn deref(&self) -> &StaffSession {
        &self.session
    }
}

impl<P, T> Deref for StaffFragment<P, T> {
    type Target = StaffSession;

    fn deref(&self) -> &StaffSession {
        &self.session
    }
}

impl<P: Needs, T: Touches> FromRequest for StaffPage<P, T> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let session = session_of(&request).await?;
            let session = session.ok_or_else(|| go_to(SIGN_IN_PATH))?;
            if session.lacks_second_factor && !P::BEFORE_SECOND_FACTOR {
                return Err(go_to(SECOND_FACTOR_PATH).into());
            }
            let needs = PhantomData;
            permit::<P, T>(&request, &session)?;
            Ok(Self { session, needs })
        }
        .boxed_local()
    }
}

impl<P: Needs, T: Touches> FromRequest for StaffFragment<P, T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let session = session_of(&request).await?;
            let session = session.ok_or_else(Problem::signed_out)?;
            if session.lacks_second_factor && !P::BEFORE_SECOND_FACTOR {
                return Err(second_factor_required());
            }
            let needs = PhantomData;
            permit::<P, T>(&request, &session)?;
            Ok(Self { session, needs })
        }
        .boxed_local()
    }
}

fn permit<P: Needs, T: Touches>(
    request: &HttpRequest,
    session: &StaffSession,
) -> Result<(), Problem> {
    match P::PERMISSION {
        Some(needed) if !session.may(needed) => return Err(forbidden(needed)),
        _ => {}
    }
    check_reach::<P, T>(&session.reach)?;
    let wish = Wish {
        needs: P::PERMISSION,
        looks: request.method().is_safe(),
        by_program: false,
    };
    check_standing(session.state, wish)
}

fn go_to(path: &'static str) -> InternalError<&'static str> {
    let answer = HttpResponse::SeeOther()
        .insert_header((LOCATION, path))
        .finish();
    InternalError::from_response("something is to be shown first", answer)
}
