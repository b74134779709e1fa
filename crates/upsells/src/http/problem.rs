use motel_web::Problem;

use crate::UpsellError;

impl From<UpsellError> for Problem {
    fn from(error: UpsellError) -> Self {
        let field = match &error {
            UpsellError::NotFound => return Self::not_found("rule"),
            UpsellError::Stale { .. } => return Self::version_mismatch(),
            UpsellError::TooMany { .. } | UpsellError::PriceChanged => {
                let detail = sentence(&error.to_string());
                return Self::conflict(error.code(), detail);
            }
            UpsellError::UnknownPackage { .. } | UpsellError::TakesOff { .. } => "offer",
            UpsellError::UnknownRoomType { field, .. } => *field,
            UpsellError::UnknownSeason { .. } => "conditions.season",
            UpsellError::NotAll => "rules",
            UpsellError::Booking(_)
            | UpsellError::Rates(_)
            | UpsellError::Inventory(_)
            | UpsellError::Sql(_) => return Self::internal(error),
        };
        Self::invalid(field, error)
    }
}

/// A clause as a sentence of its own.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(char::to_uppercase);
    let first: String = first.into_iter().flatten().collect();
    format!("{first}{}.", letters.as_str())
}
