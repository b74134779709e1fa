//! The staff interface to taxes and fees.

mod charge;
mod fee_body;
mod fees;
mod tax_body;
mod taxes;

use actix_web::web;
use motel_web::Problem;

pub use charge::{AgeBandBody, ChargeBody, PerBody};
pub use fee_body::{FeeBody, FeeView, OccasionBody};
pub use tax_body::{RoundingBody, TaxBody, TaxView};

use crate::TaxesError;

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    taxes::list,
    taxes::show,
    taxes::create,
    taxes::replace,
    taxes::delete,
    fees::list,
    fees::show,
    fees::create,
    fees::replace,
    fees::delete
))]
pub struct StaffApiDoc;

/// Mounts `/taxes` and `/fees`, in a scope for staff. Needs `web::Data<Db>`, the directory and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(taxes::list)
        .service(taxes::show)
        .service(taxes::create)
        .service(taxes::replace)
        .service(taxes::delete)
        .service(fees::list)
        .service(fees::show)
        .service(fees::create)
        .service(fees::replace)
        .service(fees::delete);
}

impl From<TaxesError> for Problem {
    fn from(error: TaxesError) -> Self {
        let code = error.code();
        match &error {
            TaxesError::NotFound { what } => Self::not_found(what),
            TaxesError::Stale { .. } => Self::version_mismatch(),
            TaxesError::Unfit(_) | TaxesError::Overlapping => {
                Self::conflict(code, sentence(&error))
            }
            TaxesError::Sql(_) => Self::internal(error),
        }
    }
}

/// A clause as a sentence of its own.
fn sentence(error: &TaxesError) -> String {
    let clause = error.to_string();
    let mut letters = clause.chars();
    let first = letters.next().map(char::to_uppercase);
    let first: String = first.into_iter().flatten().collect();
    format!("{first}{}.", letters.as_str())
}
