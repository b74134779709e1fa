use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;

use actix_web::http::StatusCode;
use motel_kernel::hide_card_numbers;

use crate::{FieldError, Problem};

/// Collects what is wrong with an input, so that the caller hears of every field at once.
///
/// ```
/// use motel_web::FieldErrors;
///
/// let mut errors = FieldErrors::new();
/// let adults = errors.check("adults", "two".parse::<u8>());
/// let name = errors.text("full_name", " Ada ", 1..=200);
/// assert_eq!(adults, None);
/// assert_eq!(name.as_deref(), Some("Ada"));
/// assert!(errors.into_result().is_err());
/// ```
#[derive(Clone, Debug, Default)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// No error yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One error from the start.
    pub fn of(field: impl Into<String>, reason: impl fmt::Display) -> Self {
        let mut errors = Self::new();
        errors.push(field, reason);
        errors
    }

    /// Notes that `field` is refused because of `reason`.
    pub fn push(&mut self, field: impl Into<String>, reason: impl fmt::Display) {
        self.0.push(FieldError {
            field: field.into(),
            reason: reason.to_string(),
        });
    }

    /// The parsed value, or a note of why there is none.
    pub fn check<T, E: fmt::Display>(&mut self, field: &str, parsed: Result<T, E>) -> Option<T> {
        parsed.map_err(|reason| self.push(field, reason)).ok()
    }

    /// The value of a field that must be there.
    pub fn require<T>(&mut self, field: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.push(field, "is missing");
        }
        value
    }

    /// Trimmed text whose number of characters lies in `length`, without control characters
    /// other than line breaks and tabs (PostgreSQL cannot store U+0000), nor the number of a payment card.
    pub fn text(
        &mut self,
        field: &str,
        raw: &str,
        length: RangeInclusive<usize>,
    ) -> Option<String> {
        let text = raw.trim();
        let (least, most) = (*length.start(), *length.end());
        if text.is_empty() && least > 0 {
            self.push(field, "must not be empty");
        } else if !length.contains(&text.chars().count()) {
            self.push(
                field,
                format_args!("must have {least} to {most} characters"),
            );
        } else if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        {
            self.push(field, "contains control characters");
        } else if matches!(hide_card_numbers(text), Cow::Owned(_)) {
            self.push(field, "must not hold the number of a payment card");
        } else {
            return Some(text.to_owned());
        }
        None
    }

    /// Whether nothing was refused.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The refused fields in the order they were noted.
    pub fn as_slice(&self) -> &[FieldError] {
        &self.0
    }

    /// The errors as `Err` when there is at least one.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl From<FieldErrors> for Problem {
    fn from(errors: FieldErrors) -> Self {
        let detail = match errors.0.as_slice() {
            [FieldError { field, reason }] => format!("{field}: {}.", reason.trim_end_matches('.')),
            _ => "Some fields are not right.".to_owned(),
        };
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_input", detail);
        problem.title = "Invalid input";
        problem.errors = errors.0;
        problem
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn every_bad_field_is_named() {
        let mut errors = FieldErrors::new();
        errors.check("adults", "x".parse::<u8>());
        errors.require::<u8>("check_in", None);
        errors.text("notes", "a\0b", 0..=10);
        errors.text("name", "", 1..=3);
        errors.text("name", "abcd", 1..=3);
        let problem = Problem::from(errors);
        let fields: Vec<_> = problem.errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["adults", "check_in", "notes", "name", "name"]);
        assert_eq!(problem.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    #[test]
    fn a_single_error_is_the_detail() {
        assert_eq!(
            Problem::invalid("email", "is missing").detail,
            "email: is missing."
        );
    }

    #[test]
    fn text_counts_characters_not_bytes() {
        assert_eq!(
            FieldErrors::new().text("name", "Zoë", 1..=3).as_deref(),
            Some("Zoë")
        );
    }
}
