use secrecy::{ExposeSecret, SecretString};

/// Shorter ones are typing errors, and four shown characters would be too much of them; longer ones nobody gives out.
const LENGTH: std::ops::RangeInclusive<usize> = 16..=200;

/// No provider gives out a secret like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have {} to {} visible characters without spaces", LENGTH.start(), LENGTH.end())]
pub struct InvalidAuthToken;

/// Takes a secret as it was pasted; spaces around it are not meant.
pub(crate) fn secret_text(pasted: &SecretString) -> Result<SecretString, InvalidAuthToken> {
    let text = pasted.expose_secret().trim();
    if !LENGTH.contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(InvalidAuthToken);
    }
    Ok(text.into())
}
