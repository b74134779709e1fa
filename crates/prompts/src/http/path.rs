use motel_web::Problem;

use crate::{PromptKind, VersionNumber};

/// The kind that a path names.
///
/// # Errors
/// 404 when there is none of this name.
pub fn kind(word: &str) -> Result<PromptKind, Problem> {
    word.parse().map_err(|_| Problem::not_found("prompt"))
}

/// The kind and the number that a path names.
///
/// # Errors
/// 404 when they are none.
pub fn version_at(
    (word, number): &(String, String),
) -> Result<(PromptKind, VersionNumber), Problem> {
    let number = number.parse();
    let number = number.map_err(|_| Problem::not_found("version"))?;
    Ok((kind(word)?, number))
}
