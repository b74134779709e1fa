use std::marker::PhantomData;
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use motel_web::Problem;

use super::{Caller, Touches, WholeBusiness};
use crate::Needs;

/// Somebody who may do `P` calls a route of the staff interface: signed in, or a program with `Authorization: Bearer`, and after it
/// a key (`rmk_…`) or an access token. Where a cookie is sent as well the key or token counts.
///
/// `T` says what it touches: [`WholeBusiness`] unless the handler keeps to one property, and who is limited to some gets no further than to
/// handlers that do.
///
/// 401 `signed_out` for nobody, a wrong key or token, one that is over and a revoked one alike; 403 `forbidden` for who may not, and
/// `property_limited` for who is limited where the whole business is touched. A tenant's first property is meant, or the first that the caller works
/// for. Needs `web::Data<Directory>`, `web::Data<Db>`, `web::Data<AccessTokens>`, the clock and the session middleware.
///
/// There is no access that says nothing of what it needs:
///
/// ```compile_fail
/// async fn show(access: motel_tenancy::http::StaffAccess) {}
/// ```
#[derive(Debug, Clone)]
pub struct StaffAccess<P, T = WholeBusiness> {
    caller: Caller,
    needs: PhantomData<(P, T)>,
}

impl<P, T> Deref for StaffAccess<P, T> {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl<P: Needs, T: Touches> FromRequest for StaffAccess<P, T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            Ok(Self {
                caller: Caller::admitted::<P, T>(&request).await?,
                needs: PhantomData,
            })
        }
        .boxed_local()
    }
}
