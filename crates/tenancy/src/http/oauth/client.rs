use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;

use super::OAuthError;

/// Who asks for a token, and how they prove it.
#[derive(Debug, Clone)]
pub(super) struct Credentials {
    pub(super) id: String,
    pub(super) secret: SecretString,
}

impl Credentials {
    /// Those of the header, or those of the body: a client uses one way, not both.
    pub(super) fn one_of(
        headers: &HeaderMap,
        id: Option<String>,
        secret: Option<SecretString>,
    ) -> Result<Self, OAuthError> {
        let mut sent = headers.get_all(AUTHORIZATION);
        match (sent.next(), sent.next(), id, secret) {
            (None, _, Some(id), Some(secret)) => Ok(Self { id, secret }),
            (None, _, _, _) => Err(OAuthError::Client),
            (Some(_), Some(_), _, _) | (Some(_), _, _, Some(_)) => Err(OAuthError::Request(
                "Send the client's secret in one place.",
            )),
            (Some(header), None, id, None) => {
                let basic = header.to_str().ok().and_then(basic);
                let basic = basic.ok_or(OAuthError::Client)?;
                // The id alone may stand in the body as well, as long as it is the same.
                let same = id.is_none_or(|id| id == basic.id);
                same.then_some(basic).ok_or(OAuthError::Client)
            }
        }
    }
}

/// `Basic`, and id and secret, each encoded as in a form (section 2.3.1).
fn basic(header: &str) -> Option<Credentials> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = STANDARD.decode(encoded.trim()).ok()?;
    let decoded = String::from_utf8(decoded).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some(Credentials {
        id: decode(id)?,
        secret: decode(secret)?.into(),
    })
}

fn decode(text: &str) -> Option<String> {
    let form = format!("value={text}");
    let mut pairs = form_urlencoded::parse(form.as_bytes());
    let (_, value) = pairs.next()?;
    // An `&` that is not encoded would hide what follows it.
    pairs.next().is_none().then(|| value.into_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use actix_web::http::header::HeaderValue;
    use secrecy::ExposeSecret;

    use super::*;

    fn headers(sent: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in sent {
            headers.append(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn encoded(text: &str) -> String {
        format!("Basic {}", STANDARD.encode(text))
    }

    #[test]
    fn a_client_shows_who_it_is_in_one_way() {
        let of = |sent: &[&str], id: Option<&str>, secret: Option<&str>| {
            let secret = secret.map(SecretString::from);
            Credentials::one_of(&headers(sent), id.map(str::to_owned), secret)
                .map(|it| (it.id, it.secret.expose_secret().to_owned()))
        };
        let known = ("a b".to_owned(), "se:cret".to_owned());
        let basic = encoded("a+b:se%3Acret");
        assert_eq!(of(&[&basic], None, None).unwrap(), known);
        assert_eq!(of(&[&basic], Some("a b"), None).unwrap(), known);
        assert_eq!(of(&[], Some("a b"), Some("se:cret")).unwrap(), known);
        let lower = basic.replacen("Basic", "bAsIc", 1);
        assert_eq!(of(&[&lower], None, None).unwrap(), known);
        for (sent, id, secret) in [
            (vec![], None, None),
            (vec![], Some("a b"), None),
            (vec!["Bearer x"], None, None),
            (vec!["Basic"], None, None),
            (vec!["Basic %%%"], None, None),
            (vec![basic.as_str()], Some("other"), None),
        ] {
            assert_eq!(of(&sent, id, secret), Err(OAuthError::Client), "{sent:?}");
        }
        let nobody = encoded("no colon");
        assert_eq!(of(&[&nobody], None, None), Err(OAuthError::Client));
        let twice = of(&[&basic, &basic], None, None).unwrap_err();
        assert!(matches!(twice, OAuthError::Request(_)));
        let both = of(&[&basic], Some("a b"), Some("se:cret")).unwrap_err();
        assert!(matches!(both, OAuthError::Request(_)));
    }
}
