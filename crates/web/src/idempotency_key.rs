use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Problem;

const LONGEST: usize = 255;

/// The caller's own name for one write, so that repeating it does it once: 1 to 255 visible ASCII characters in the
/// header `Idempotency-Key`. Anything else in that header is a 422.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(Option<String>);

impl IdempotencyKey {
    /// The key, if one was sent.
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }

    fn read(request: &HttpRequest) -> Result<Self, Problem> {
        let Some(header) = request.headers().get("Idempotency-Key") else {
            return Ok(Self(None));
        };
        let text = header.to_str().unwrap_or_default();
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        if (1..=LONGEST).contains(&text.len()) && visible {
            return Ok(Self(Some(text.to_owned())));
        }
        let reason = format!("must have 1 to {LONGEST} visible ASCII characters");
        Err(Problem::invalid("Idempotency-Key", reason))
    }
}

impl FromRequest for IdempotencyKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::read(request))
    }
}

/// `Idempotency-Key` for the OpenAPI document.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IdempotencyKeyHeader {
    /// Your own name for this request. Repeating it within 24 hours answers the same again, with the header
    /// `Idempotent-Replayed: true`, and does nothing twice.
    #[serde(rename = "Idempotency-Key")]
    #[param(min_length = 1, max_length = 255, pattern = "^[!-~]{1,255}$")]
    _key: Option<String>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use actix_web::test::TestRequest;

    use super::*;

    fn read(key: &str) -> Result<IdempotencyKey, Problem> {
        let request = TestRequest::default().insert_header(("Idempotency-Key", key));
        IdempotencyKey::read(&request.to_http_request())
    }

    #[test]
    fn a_key_is_visible_and_short() {
        assert_eq!(read("order-17").unwrap().as_deref(), Some("order-17"));
        assert!(read(&"x".repeat(255)).is_ok());
        for key in ["", "a b", &"x".repeat(256)] {
            assert_eq!(read(key).unwrap_err().status.as_u16(), 422, "{key}");
        }
        let without = TestRequest::default().to_http_request();
        assert_eq!(IdempotencyKey::read(&without).unwrap().as_deref(), None);
    }
}
