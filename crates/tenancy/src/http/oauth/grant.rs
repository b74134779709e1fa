use std::collections::HashMap;

use secrecy::SecretString;

use super::OAuthError;
use crate::{Permission, Permissions};

/// What a client asks for, with what it says of itself in the body.
#[derive(Debug)]
pub(super) struct TokenRequest {
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<SecretString>,
    /// What the token is to be for; all that the key permits where nothing is said.
    pub(super) scope: Option<Permissions>,
}

impl TokenRequest {
    /// Reads the body of a form. A part that stands there twice is refused, an empty one counts as left out, and one nobody knows
    /// is ignored (RFC 6749, section 3.2).
    pub(super) fn parse(body: &[u8]) -> Result<Self, OAuthError> {
        let mut parts = HashMap::new();
        for (name, value) in form_urlencoded::parse(body) {
            if parts
                .insert(name.into_owned(), value.into_owned())
                .is_some()
            {
                return Err(OAuthError::Request("A parameter stands there twice."));
            }
        }
        let mut take = |name: &str| parts.remove(name).filter(|value| !value.is_empty());
        match take("grant_type").as_deref() {
            Some("client_credentials") => {}
            Some(_) => return Err(OAuthError::Grant),
            None => return Err(OAuthError::Request("grant_type is missing.")),
        }
        Ok(Self {
            client_id: take("client_id"),
            client_secret: take("client_secret").map(SecretString::from),
            scope: take("scope").map(|words| scope(&words)).transpose()?,
        })
    }
}

/// Permissions with one space between them.
fn scope(words: &str) -> Result<Permissions, OAuthError> {
    let known = words.split(' ').map(str::parse::<Permission>);
    known
        .collect::<Result<Permissions, _>>()
        .map_err(|_| OAuthError::Scope)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn refusal(body: &str) -> OAuthError {
        TokenRequest::parse(body.as_bytes()).unwrap_err()
    }

    #[test]
    fn what_is_asked_for_is_read() {
        let read = TokenRequest::parse(
            b"grant_type=client_credentials&scope=rooms%3Aread+rates%3Aread&client_id=x&client_secret=&resource=y",
        );
        let read = read.unwrap();
        let wanted = [Permission::ReadRooms, Permission::ReadRates];
        assert_eq!(read.scope, Some(wanted.into_iter().collect()));
        assert_eq!(read.client_id.as_deref(), Some("x"));
        assert!(read.client_secret.is_none(), "empty is left out");
        let all = TokenRequest::parse(b"grant_type=client_credentials&scope=").unwrap();
        assert_eq!(all.scope, None);
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        assert!(matches!(refusal(""), OAuthError::Request(_)));
        assert!(matches!(
            refusal("\u{0}=%FF&grant_type"),
            OAuthError::Request(_)
        ));
        let twice = "grant_type=client_credentials&grant_type=client_credentials";
        assert!(matches!(refusal(twice), OAuthError::Request(_)));
        for other in ["password", "CLIENT_CREDENTIALS", "refresh_token", " "] {
            assert_eq!(
                refusal(&format!("grant_type={other}")),
                OAuthError::Grant,
                "{other}"
            );
        }
        for scope in [
            "rooms:paint",
            "rooms:read%20%20rates:read",
            "ROOMS:READ",
            "*",
            "rooms:read,rates:read",
        ] {
            let body = format!("grant_type=client_credentials&scope={scope}");
            assert_eq!(refusal(&body), OAuthError::Scope, "{scope}");
        }
    }
}
