use diesel::result::{DatabaseErrorKind, Error as SqlError};

use crate::RatesError;

/// What a statement that broke a constraint means to the caller.
pub(super) fn refusal(error: SqlError, what: &'static str, code: &str) -> RatesError {
    match &error {
        SqlError::DatabaseError(DatabaseErrorKind::UniqueViolation, broken)
            if broken
                .constraint_name()
                .is_some_and(|name| name.ends_with("_code_is_unique")) =>
        {
            RatesError::CodeTaken {
                code: code.to_owned(),
            }
        }
        SqlError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, broken)
            if matches!(
                broken.constraint_name(),
                Some("rate_plans_parent" | "promo_uses_of_a_code")
            ) =>
        {
            RatesError::InUse { what }
        }
        _ => RatesError::Sql(error),
    }
}

/// That something has the version it was read with.
pub(super) fn same_version(expected: Option<i32>, current: i32) -> Result<(), RatesError> {
    match expected {
        Some(expected) if expected != current => Err(RatesError::Stale { current }),
        _ => Ok(()),
    }
}
