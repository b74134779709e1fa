use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{ETAG, HeaderName, IF_MATCH};
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Problem;

/// The `ETag` header of a version, to be inserted into an answer: `"3"`.
pub fn etag(version: i32) -> (HeaderName, String) {
    (ETAG, format!("\"{version}\""))
}

/// The version the caller believes a thing to have: `If-Match: "3"`, as an `ETag` said it.
///
/// A header that is no such tag is a 422 for `If-Match`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub Option<i32>);

impl IfMatch {
    /// The version; 428 `if_match_required` without one.
    ///
    /// # Errors
    /// The header was not sent.
    pub fn require(self) -> Result<i32, Problem> {
        self.0.ok_or_else(Problem::if_match_required)
    }

    fn read(request: &HttpRequest) -> Result<Self, Problem> {
        let Some(header) = request.headers().get(IF_MATCH) else {
            return Ok(Self(None));
        };
        header
            .to_str()
            .ok()
            .and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"'))
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .map(|version| Self(Some(version)))
            .ok_or_else(|| Problem::invalid("If-Match", "is no ETag that was given out here"))
    }
}

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::read(request))
    }
}

/// `If-Match` for the OpenAPI document.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfMatchHeader {
    /// The `ETag` the thing had when it was read. Another one by now: 412 `version_mismatch`.
    #[serde(rename = "If-Match")]
    #[param(pattern = "^\"[0-9]{1,9}\"$", example = "\"3\"")]
    _if_match: Option<String>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use actix_web::test::TestRequest;

    use super::*;

    fn read(header: &str) -> Result<IfMatch, Problem> {
        let request = TestRequest::default().insert_header((IF_MATCH, header));
        IfMatch::read(&request.to_http_request())
    }

    #[test]
    fn a_tag_of_ours_is_read_back() {
        let (_, tag) = etag(17);
        assert_eq!(read(&tag).unwrap(), IfMatch(Some(17)));
        let without = TestRequest::default().to_http_request();
        let none = IfMatch::read(&without).unwrap();
        assert_eq!(none.require().unwrap_err().code, "if_match_required");
    }

    #[test]
    fn anything_else_is_refused() {
        for header in [
            "3",
            "W/\"3\"",
            "*",
            "\"3\", \"4\"",
            "\"\"",
            "\"-1\"",
            "\"99999999999\"",
        ] {
            assert_eq!(read(header).unwrap_err().status.as_u16(), 422, "{header}");
        }
    }
}
