use std::future::{Ready, ready};
use std::ops::Deref;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use motel_kernel::Clock;
use motel_web::Problem;

/// The clock the application runs by: `web::Data<Arc<dyn Clock>>`, that is
/// `.app_data(web::Data::new(Arc::new(SystemClock) as Arc<dyn Clock>))`.
#[derive(Clone)]
pub struct CurrentClock(pub Arc<dyn Clock>);

impl Deref for CurrentClock {
    type Target = dyn Clock;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

impl FromRequest for CurrentClock {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(super::app_data(request).map(Self))
    }
}
