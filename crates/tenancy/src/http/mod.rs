//! What a request tells about its tenant and its visitor.

mod current_clock;
mod problem;
mod public_tenant;
mod staff_page;
mod staff_session;

pub use current_clock::CurrentClock;
pub use public_tenant::PublicTenant;
pub use staff_page::{SIGN_IN_PATH, StaffPage};

use actix_web::{HttpRequest, web};
use motel_web::Problem;

/// Something the application was set up with.
fn app_data<T: Clone + 'static>(request: &HttpRequest) -> Result<T, Problem> {
    request
        .app_data::<web::Data<T>>()
        .map(|data| T::clone(data))
        .ok_or_else(|| {
            Problem::internal(std::io::Error::other(format!(
                "the application was set up without {}",
                std::any::type_name::<T>()
            )))
        })
}
