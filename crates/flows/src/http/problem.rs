use motel_web::Problem;

use crate::FlowError;

impl From<FlowError> for Problem {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::NotFound => Self::not_found("version of this flow"),
            FlowError::TooMany { most } => Self::conflict(
                error.code(),
                format!("At most {most} versions of a flow are kept."),
            ),
            FlowError::Busy => Self::version_mismatch(),
            FlowError::Sql(_) => Self::internal(error),
        }
    }
}
