//! `t=<unix seconds>,v1=<hex>`: HMAC-SHA256 over `<t>.<body>`, the scheme Stripe documents at
//! <https://docs.stripe.com/webhooks#verify-manually>. The sandbox signs the same way.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::WebhookError;

/// A signature older than this may be a replay.
pub const TOLERANCE_SECONDS: i64 = 300;

/// The longest header that is looked at: room for a dozen signatures while secrets are rolled.
const LONGEST_HEADER: usize = 1_024;

/// Signs a body as of a moment.
pub fn sign(secret: &SecretString, body: &[u8], at: DateTime<Utc>) -> String {
    let timestamp = at.timestamp();
    let tag = mac(secret, &timestamp.to_string(), body).finalize();
    format!("t={timestamp},v1={}", hex::encode(tag.into_bytes()))
}

/// Holds a signature header against a body. One fitting `v1` of several is enough.
///
/// # Errors
/// Every reason not to believe it but [`WebhookError::Unreadable`].
pub fn verify(
    secret: &SecretString,
    header: &str,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<(), WebhookError> {
    let signature = Signature::parse(header).ok_or(WebhookError::MalformedSignature)?;
    if !signature.fits(secret, body) {
        return Err(WebhookError::WrongSignature);
    }
    match now.timestamp().checked_sub(signature.seconds) {
        Some(age) if age.abs() <= TOLERANCE_SECONDS => Ok(()),
        age => Err(WebhookError::Stale {
            age_seconds: age.unwrap_or(i64::MAX),
        }),
    }
}

struct Signature<'a> {
    /// As written: it is part of what was signed.
    timestamp: &'a str,
    seconds: i64,
    tags: Vec<Vec<u8>>,
}

impl<'a> Signature<'a> {
    fn parse(header: &'a str) -> Option<Self> {
        if header.len() > LONGEST_HEADER {
            return None;
        }
        let fields = || header.split(',').filter_map(|field| field.split_once('='));
        let (_, timestamp) = fields().find(|(key, _)| key.trim() == "t")?;
        let tags = fields()
            .filter(|(key, _)| key.trim() == "v1")
            .filter_map(|(_, tag)| hex::decode(tag.trim()).ok());
        Some(Self {
            timestamp,
            seconds: timestamp.parse().ok()?,
            tags: tags.collect(),
        })
    }

    /// Compares in constant time.
    fn fits(&self, secret: &SecretString, body: &[u8]) -> bool {
        let mac = mac(secret, self.timestamp, body);
        self.tags
            .iter()
            .any(|tag| mac.clone().verify_slice(tag).is_ok())
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn mac(secret: &SecretString, timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
        .expect("a key of any length")
        .chain_update(timestamp)
        .chain_update(b".")
        .chain_update(body)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use proptest::prelude::*;

    use super::*;

    fn secret() -> SecretString {
        "whsec_example".to_owned().into()
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn five_minutes_are_fresh_and_a_second_more_is_not() {
        let header = sign(&secret(), b"{}", at(1_700_000_000));
        for (now, fresh) in [
            (1_700_000_000, true),
            (1_700_000_300, true),
            (1_700_000_301, false),
            (1_699_999_699, false),
        ] {
            let outcome = verify(&secret(), &header, b"{}", at(now));
            assert_eq!(outcome.is_ok(), fresh, "{now}: {outcome:?}");
        }
    }

    #[test]
    fn a_rolled_secret_leaves_two_signatures_and_either_will_do() {
        let good = sign(&secret(), b"{}", at(1_700_000_000));
        let tag = good.split_once("v1=").unwrap().1;
        let header = format!("t=1700000000,v1={},v1=zz,v1={tag}", "0".repeat(64));
        verify(&secret(), &header, b"{}", at(1_700_000_000)).unwrap();
    }

    #[test]
    fn what_is_no_signature_is_refused_without_panic() {
        let now = at(1_700_000_000);
        let endless = format!("t=1700000000,{}", "v1=00,".repeat(10_000));
        for header in [
            "",
            "bad",
            "t=",
            "t=x,v1=00",
            "v1=00",
            "t=1e9,v1=00",
            &endless,
        ] {
            let outcome = verify(&secret(), header, b"{}", now);
            assert!(
                matches!(outcome, Err(WebhookError::MalformedSignature)),
                "{header}: {outcome:?}"
            );
        }
        for header in ["t=1700000000", "t=1700000000,v0=00", "t=1700000000,v1="] {
            let outcome = verify(&secret(), header, b"{}", now);
            assert!(
                matches!(outcome, Err(WebhookError::WrongSignature)),
                "{header}: {outcome:?}"
            );
        }
        let far_past = format!("t={},v1=00", i64::MIN);
        assert!(verify(&secret(), &far_past, b"{}", now).is_err());
    }

    proptest! {
        #[test]
        fn a_signed_body_is_believed_and_one_flipped_bit_is_not(
            body in proptest::collection::vec(any::<u8>(), 1..200), place in any::<usize>(), bit in 0_u8..8,
        ) {
            let now = at(1_700_000_000);
            let header = sign(&secret(), &body, now);
            prop_assert!(verify(&secret(), &header, &body, now).is_ok());
            let mut tampered = body.clone();
            let place = place % body.len();
            tampered[place] ^= 1 << bit;
            prop_assert!(verify(&secret(), &header, &tampered, now).is_err());
            prop_assert!(verify(&"another".to_owned().into(), &header, &body, now).is_err());
        }

        #[test]
        fn reading_a_header_never_panics(header in "\\PC{0,80}") {
            let _ = verify(&secret(), &header, b"{}", at(1_700_000_000));
        }
    }
}
