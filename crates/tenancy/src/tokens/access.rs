use std::sync::Arc;

use chrono::{DateTime, Utc};
use hkdf::Hkdf;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use super::Lifetime;
use super::claims::{Claims, Grant};
use crate::TenancyError;

/// What the key is derived for: nothing else that comes of the installation's secret is the same.
const PURPOSE: &[u8] = b"remotemotel access tokens 1";

/// How RFC 9068 calls this kind of token; another kind is none of ours, whoever signed it.
const KIND: &str = "at+jwt";

/// Longer than one with every permission there is.
const MOST_BYTES: usize = 4_096;

/// Makes access tokens and reads them: JSON Web Tokens, signed by HMAC-SHA-256 with a key of the installation. Cheap to clone.
#[derive(Clone)]
pub struct AccessTokens(Arc<Inner>);

struct Inner {
    sign: EncodingKey,
    check: DecodingKey,
    validation: Validation,
    issuer: String,
    lifetime: Lifetime,
}

/// A token just made.
#[derive(Debug, Clone)]
pub struct AccessToken {
    /// What to send as `Authorization: Bearer …`.
    pub word: SecretString,
    /// For how many seconds it works.
    pub seconds: i64,
}

impl AccessTokens {
    /// Tokens of the installation that answers at `public_url`, signed by what is derived from its secret. All nodes read each
    /// other's; with another secret or address all that were made before are worth nothing.
    pub fn new(secret: &SecretString, public_url: &str, lifetime: Lifetime) -> Self {
        let key = derived(secret.expose_secret().as_bytes());
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[public_url]);
        validation.set_audience(&[public_url]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
        // Those two by our own clock: see `Claims::is_in_time`.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        Self(Arc::new(Inner {
            sign: EncodingKey::from_secret(&key),
            check: DecodingKey::from_secret(&key),
            validation,
            issuer: public_url.to_owned(),
            lifetime,
        }))
    }

    /// Makes a token. It ends no later than `end`, where one is said.
    ///
    /// # Errors
    /// [`TenancyError::Unreadable`]: it could not be signed.
    pub fn issue(
        &self,
        grant: &Grant,
        end: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<AccessToken, TenancyError> {
        let usual = now + self.0.lifetime.delta();
        let end = end.map_or(usual, |end| end.min(usual));
        let claims = Claims::new(&self.0.issuer, grant, now, end);
        let header = Header {
            typ: Some(KIND.to_owned()),
            ..Header::new(Algorithm::HS256)
        };
        let word = encode(&header, &claims, &self.0.sign).map_err(TenancyError::unreadable)?;
        Ok(AccessToken {
            word: word.into(),
            seconds: (end - now).num_seconds(),
        })
    }

    /// What a token grants at a moment; `None` for whatever is not one of ours, or not of now. Whether its holder still is
    /// anybody has to be looked up.
    pub fn read(&self, text: &str, now: DateTime<Utc>) -> Option<Grant> {
        if text.len() > MOST_BYTES {
            return None;
        }
        let read = decode::<Claims>(text, &self.0.check, &self.0.validation).ok()?;
        let ours = read.header.typ.as_deref() == Some(KIND);
        (ours && read.claims.is_in_time(now)).then(|| read.claims.grant())?
    }
}

fn derived(secret: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    #[expect(clippy::expect_used, reason = "HKDF makes up to 255 times as much")]
    Hkdf::<Sha256>::new(None, secret)
        .expand(PURPOSE, &mut key)
        .expect("32 bytes are few");
    key
}

#[cfg(test)]
mod tests;
