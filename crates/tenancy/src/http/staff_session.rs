use std::future::{Ready, ready};

use actix_session::{Session, SessionExt, SessionInsertError};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use motel_web::Problem;

use crate::StaffSession;

/// Where in the cookie session it stands.
const KEY: &str = "staff";

impl StaffSession {
    /// Signs the visitor in.
    ///
    /// # Errors
    /// The session could not be written.
    pub fn open(&self, session: &Session) -> Result<(), SessionInsertError> {
        session.renew();
        session.insert(KEY, self)
    }

    /// Signs the visitor out, whoever it is.
    pub fn close(session: &Session) {
        session.purge();
    }

    /// Who is signed in, if anybody. What an older version left in a cookie counts as nobody.
    pub fn of(session: &Session) -> Option<Self> {
        session.get(KEY).ok().flatten()
    }
}

/// For APIs: 401 `signed_out` unless somebody of the staff is signed in. Pages use [`super::StaffPage`].
impl FromRequest for StaffSession {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(&request.get_session()).ok_or_else(Problem::signed_out))
    }
}
