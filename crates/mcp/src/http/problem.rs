use motel_web::Problem;

use crate::McpError;

impl From<McpError> for Problem {
    fn from(error: McpError) -> Self {
        match error {
            McpError::NoKey => Self::not_found("key"),
            McpError::NoVisit => Self::not_found("session"),
            McpError::Stale => Self::version_mismatch(),
            fault => Self::internal(fault),
        }
    }
}
