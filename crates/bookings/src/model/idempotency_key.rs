/// The caller's own name for one request, so that repeating it books once: 1 to 255 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

/// The text cannot be an idempotency key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an Idempotency-Key has 1 to 255 visible ASCII characters")]
pub struct InvalidIdempotencyKey;

impl IdempotencyKey {
    /// Reads a key.
    pub fn parse(text: &str) -> Result<Self, InvalidIdempotencyKey> {
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        ((1..=255).contains(&text.len()) && visible)
            .then(|| Self(text.to_owned()))
            .ok_or(InvalidIdempotencyKey)
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_endless_and_invisible_keys_are_refused() {
        assert!(IdempotencyKey::parse("order-17").is_ok());
        for text in ["", "a b", "caf\u{e9}", "line\nbreak"] {
            assert_eq!(
                IdempotencyKey::parse(text),
                Err(InvalidIdempotencyKey),
                "{text:?}"
            );
        }
        assert!(IdempotencyKey::parse(&"x".repeat(256)).is_err());
    }
}
