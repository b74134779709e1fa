use std::marker::PhantomData;
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use motel_web::Problem;

use super::Caller;
use crate::Needs;

/// Somebody who may do `P` calls a route of the staff interface: signed in, or a program with `Authorization: Bearer`, and after it
/// a key (`rmk_…`) or an access token. Where a cookie is sent as well the key or token counts.
///
/// 401 `signed_out` for nobody, a wrong key or token, one that is over and a revoked one alike; 403 `forbidden` for who may not. A tenant's
/// first property is meant. Needs `web::Data<Directory>`, `web::Data<Db>`, `web::Data<AccessTokens>`, the clock and the session middleware.
///
/// There is no access that says nothing of what it needs:
///
/// ```compile_fail
/// async fn show(access: motel_tenancy::http::StaffAccess) {}
/// ```
#[derive(Debug, Clone)]
pub struct StaffAccess<P> {
    caller: Caller,
    needs: PhantomData<P>,
}

impl<P> Deref for StaffAccess<P> {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl<P: Needs> FromRequest for StaffAccess<P> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            Ok(Self {
                caller: Caller::admitted::<P>(&request).await?,
                needs: PhantomData,
            })
        }
        .boxed_local()
    }
}
