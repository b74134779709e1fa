use motel_web::Problem;

use crate::PromptsError;

impl From<PromptsError> for Problem {
    fn from(error: PromptsError) -> Self {
        let code = error.code();
        match error {
            PromptsError::NotFound => Self::not_found("version"),
            PromptsError::Template(fault) => Self::invalid("text", fault),
            PromptsError::NothingBefore => {
                Self::conflict(code, "No version was active before the one that is.")
            }
            PromptsError::Stale => Self::version_mismatch(),
            PromptsError::TooMany => Self::conflict(
                code,
                "There are as many versions of this prompt as there can be.",
            ),
            PromptsError::Db(_) => Self::internal(error),
        }
    }
}
