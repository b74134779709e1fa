//! What a request tells about its tenant and its visitor.

mod answer;
mod current_clock;
mod problem;
mod public_tenant;
mod staff_access;
mod staff_page;
mod staff_session;
mod staff_write;

pub use answer::Answer;
pub use current_clock::CurrentClock;
pub use public_tenant::PublicTenant;
pub use staff_access::StaffAccess;
pub use staff_page::{SIGN_IN_PATH, StaffPage};
pub use staff_write::StaffWrite;

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
