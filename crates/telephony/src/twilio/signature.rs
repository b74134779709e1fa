//! `X-Twilio-Signature`: proof that a request comes from whoever knows the account's auth token.
//!
//! Base64(HMAC-SHA1(auth token, S)). For a form, S is the whole URL with its query, then every field in byte order of
//! its name, name and value without a separator; a field given several times counts once for each different value, in
//! order. For another body S is the URL alone, whose query parameter `bodySHA256` then vouches for the body.
//! Source: Twilio's "Security" guide for webhooks and the validators of its published libraries.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// What a request carried besides its URL.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// The fields of a form, decoded, in any order.
    Form(&'a [(String, String)]),
    /// Any other body, byte for byte. The URL must carry `bodySHA256`.
    Raw(&'a [u8]),
}

/// The signature does not belong to this request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the request is not signed with the account's auth token")]
pub struct WrongSignature;

/// The signature of a request to exactly this `url`, as Twilio would send it.
pub fn sign(auth_token: &SecretString, url: &str, content: Content<'_>) -> String {
    BASE64_STANDARD.encode(mac(auth_token, url, content).finalize().into_bytes())
}

/// Checks the signature of a request to `url`, which must be built from the configured public address: headers that
/// a proxy adds can be forged.
///
/// Twilio's signer is not consistent about ports, so the URL counts both with its port (the scheme's own one when it
/// has none) and without. Signatures are compared in constant time.
///
/// # Errors
/// [`WrongSignature`].
pub fn verify(
    auth_token: &SecretString,
    url: &str,
    content: Content<'_>,
    signature: &str,
) -> Result<(), WrongSignature> {
    let claimed = BASE64_STANDARD
        .decode(signature)
        .map_err(|_| WrongSignature)?;
    if let Content::Raw(body) = content
        && !vouches_for(url, body)
    {
        return Err(WrongSignature);
    }
    let signed_as = |url: &str| mac(auth_token, url, content).verify_slice(&claimed).is_ok();
    // Both are always computed: which spelling matched is nobody's business.
    if signed_as(&with_port(url)) | signed_as(&without_port(url)) {
        Ok(())
    } else {
        Err(WrongSignature)
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn mac(auth_token: &SecretString, url: &str, content: Content<'_>) -> Hmac<Sha1> {
    let key = auth_token.expose_secret().as_bytes();
    let mut mac = Hmac::<Sha1>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(url.as_bytes());
    if let Content::Form(fields) = content {
        for (name, value) in in_signing_order(fields) {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
    }
    mac
}

fn in_signing_order(fields: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    let mut values_by_name = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (name, value) in fields {
        values_by_name.entry(name).or_default().insert(value);
    }
    values_by_name
        .into_iter()
        .flat_map(|(name, values)| values.into_iter().map(move |value| (name, value)))
}

/// Whether the URL, which is signed, names the hash of this body.
fn vouches_for(url: &str, body: &[u8]) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let named = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "bodySHA256");
    named.is_some_and(|(_, hash)| hash == hex::encode(Sha256::digest(body)))
}

fn with_port(url: &str) -> Cow<'_, str> {
    let Some(parts) = UrlParts::of(url) else {
        return Cow::Borrowed(url);
    };
    match (parts.port, parts.scheme) {
        (None, "https") => Cow::Owned(format!("https://{}:443{}", parts.host, parts.rest)),
        (None, "http") => Cow::Owned(format!("http://{}:80{}", parts.host, parts.rest)),
        _ => Cow::Borrowed(url),
    }
}

fn without_port(url: &str) -> Cow<'_, str> {
    match UrlParts::of(url) {
        Some(UrlParts {
            scheme,
            host,
            port: Some(_),
            rest,
        }) => Cow::Owned(format!("{scheme}://{host}{rest}")),
        _ => Cow::Borrowed(url),
    }
}

/// `scheme://host:port/rest`, where `host` keeps what may stand before an `@`.
struct UrlParts<'a> {
    scheme: &'a str,
    host: &'a str,
    port: Option<&'a str>,
    rest: &'a str,
}

impl<'a> UrlParts<'a> {
    fn of(url: &'a str) -> Option<Self> {
        let (scheme, after) = url.split_once("://")?;
        let (authority, rest) = after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len()));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => {
                (host, Some(port))
            }
            _ => (authority, None),
        };
        Some(Self {
            scheme,
            host,
            port,
            rest,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";

    fn token() -> SecretString {
        "12345".into()
    }

    fn published() -> Vec<(String, String)> {
        let fields = [
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("To", "+18005551212"),
        ];
        fields
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec()
    }

    #[test]
    fn the_published_vector_holds_in_any_order_of_fields() {
        let mut fields = published();
        fields.reverse();
        let signature = sign(&token(), URL, Content::Form(&fields));
        assert_eq!(signature, "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        assert_eq!(
            verify(&token(), URL, Content::Form(&fields), &signature),
            Ok(())
        );
    }

    #[test]
    fn anything_changed_is_refused() {
        let fields = published();
        let signature = sign(&token(), URL, Content::Form(&fields));
        let refused = |url: &str, fields: &[(String, String)], signature: &str| {
            verify(&token(), url, Content::Form(fields), signature) == Err(WrongSignature)
        };
        assert!(refused(
            "https://mycompany.com/myapp.php?foo=1&bar=3",
            &fields,
            &signature
        ));
        assert!(refused(
            "http://mycompany.com/myapp.php?foo=1&bar=2",
            &fields,
            &signature
        ));
        assert!(refused(URL, fields.split_last().unwrap().1, &signature));
        assert!(refused(URL, &fields, ""));
        assert!(refused(URL, &fields, "not base64!"));
        assert!(refused(URL, &fields, signature.trim_end_matches('=')));
        assert!(verify(&"12346".into(), URL, Content::Form(&fields), &signature).is_err());
    }

    #[test]
    fn a_field_given_twice_counts_once_for_each_value() {
        let field = |value: &str| ("Digits".to_owned(), value.to_owned());
        let once = sign(
            &token(),
            URL,
            Content::Form(&[field("1234"), field("5678")]),
        );
        let again = sign(
            &token(),
            URL,
            Content::Form(&[field("5678"), field("1234"), field("1234")]),
        );
        assert_eq!(once, again);
    }

    #[test]
    fn a_raw_body_needs_its_hash_in_the_signed_url() {
        let body = br#"{"property": "value", "boolean": true}"#;
        let unvouched = sign(&token(), URL, Content::Raw(body));
        assert!(verify(&token(), URL, Content::Raw(body), &unvouched).is_err());

        let vouched = format!("{URL}&bodySHA256={}", hex::encode(Sha256::digest(body)));
        let signature = sign(&token(), &vouched, Content::Raw(body));
        assert_eq!(signature, "a9nBmqA0ju/hNViExpshrM61xv4=");
        assert!(verify(&token(), &vouched, Content::Raw(body), &signature).is_ok());
        assert!(verify(&token(), &vouched, Content::Raw(b"{}"), &signature).is_err());
    }

    #[test]
    fn ports_are_found_where_they_are() {
        assert_eq!(
            with_port("https://a.b/c:9?d=:1"),
            "https://a.b:443/c:9?d=:1"
        );
        assert_eq!(
            without_port("https://user:12@a.b:443?x"),
            "https://user:12@a.b?x"
        );
        assert_eq!(with_port("http://[::1]/x"), "http://[::1]:80/x");
        assert_eq!(without_port("wss://a.b:8443/x"), "wss://a.b/x");
        assert_eq!(with_port("nonsense"), "nonsense");
    }

    proptest! {
        #[test]
        fn what_is_signed_verifies_with_and_without_the_port(path in "[a-z/]{0,12}", name in "\\PC{0,8}", value in "\\PC{0,20}") {
            let fields = [(name, value)];
            let bare = format!("https://motel.example/{path}");
            let full = format!("https://motel.example:443/{path}");
            for (signed, received) in [(&bare, &full), (&full, &bare), (&bare, &bare)] {
                let signature = sign(&token(), signed, Content::Form(&fields));
                prop_assert_eq!(verify(&token(), received, Content::Form(&fields), &signature), Ok(()));
            }
        }

        #[test]
        fn no_text_is_a_signature_by_chance(text in "\\PC{0,40}", url in "\\PC{0,40}") {
            prop_assert_eq!(verify(&token(), &url, Content::Form(&[]), &text), Err(WrongSignature));
        }
    }
}
