use std::error::Error;
use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{FieldErrors, RequestId};

/// One input field that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// The field's name as the caller wrote it; nested fields are joined by dots (`guest.email`).
    pub field: String,
    /// One plain sentence for a person.
    pub reason: String,
}

/// An error answer: `application/problem+json` as RFC 9457 describes it.
///
/// For browsers that ask for HTML, [`crate::request_context`] shows the same facts as a page.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The HTTP status, 4xx or 5xx.
    pub status: StatusCode,
    /// A stable word for programs, such as `sold_out`.
    pub code: &'static str,
    /// A short name of the kind of problem.
    pub title: &'static str,
    /// One sentence about this occurrence.
    pub detail: String,
    /// The fields at fault, when there are any.
    pub errors: Vec<FieldError>,
    /// The request during which the problem arose.
    pub request_id: Option<RequestId>,
    /// After how many seconds the caller may try again, where that is known: `Retry-After`.
    pub retry_after: Option<u32>,
    /// What has to be answered before the caller gets what was asked for.
    pub challenge: Option<Box<SecretString>>,
}

/// The JSON a [`Problem`] is written as.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody<'a> {
    /// Always `about:blank`: `code` tells the kinds apart.
    #[serde(rename = "type")]
    kind: &'a str,
    /// A short name of the kind of problem.
    title: &'a str,
    /// The HTTP status again.
    status: u16,
    /// One sentence about this occurrence.
    detail: &'a str,
    /// A stable word for programs.
    code: &'a str,
    /// The fields at fault.
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    errors: &'a [FieldError],
    /// Quote this when asking for help.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    request_id: Option<RequestId>,
    /// What has to be answered first: a second factor.
    #[serde(skip_serializing_if = "Option::is_none")]
    challenge: Option<&'a str>,
}

impl Problem {
    /// A problem of any status; the title is the status's own name.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            title: status.canonical_reason().unwrap_or("Problem"),
            detail: detail.into(),
            errors: Vec::new(),
            request_id: RequestId::current(),
            retry_after: None,
            challenge: None,
        }
    }

    /// 400 `malformed`: the request could not be read at all.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", detail)
    }

    /// 422 `invalid_input` for one field.
    pub fn invalid(field: impl Into<String>, reason: impl fmt::Display) -> Self {
        FieldErrors::of(field, reason).into()
    }

    /// 401 `signed_out`: the caller must sign in first.
    pub fn signed_out() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "signed_out",
            "Please sign in first.",
        )
    }

    /// 403 with the given code.
    pub fn forbidden(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, detail)
    }

    /// 404 `not_found`; `what` is a noun such as "booking".
    pub fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            format!("There is no such {what}."),
        )
    }

    /// 409 with the given code: the request is fine, the state of things is against it.
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// 412 `version_mismatch`: somebody else changed the thing since the caller read it.
    pub fn version_mismatch() -> Self {
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "version_mismatch",
            "It was changed in the meantime. Read it again and decide anew.",
        )
    }

    /// 428 `if_match_required`: a write that must say which version it means did not.
    pub fn if_match_required() -> Self {
        Self::new(
            StatusCode::PRECONDITION_REQUIRED,
            "if_match_required",
            "Send the ETag of what you read as If-Match.",
        )
    }

    /// 503 with the given code: a part this request needs is switched off or away.
    pub fn unavailable(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, detail)
    }

    /// 429 `too_many_attempts`: the caller tried too often and may try again after so many seconds.
    pub fn too_many_attempts(seconds: u32) -> Self {
        let minutes = seconds.div_ceil(60);
        let unit = if minutes == 1 { "minute" } else { "minutes" };
        let detail = format!("Too many attempts. Please try again in {minutes} {unit}.");
        Self {
            retry_after: Some(seconds),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", detail)
        }
    }

    /// 429 `too_many_requests`: the caller asks too often and may ask again after so many seconds.
    pub fn too_many_requests(seconds: u32) -> Self {
        let detail = format!("Too many requests. Please try again in {seconds} s.");
        Self {
            retry_after: Some(seconds),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", detail)
        }
    }

    /// 500 `internal`: logs the error with all its causes, tells the caller nothing but the request id.
    pub fn internal(error: impl Error) -> Self {
        let problem = Self::opaque();
        tracing::error!(
            request_id = problem.request_id.map(tracing::field::display),
            error = chain(&error),
            "unknown fault"
        );
        problem
    }

    pub(crate) fn opaque() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong on our side. It has been noted.",
        )
    }

    /// Adds one refused field.
    #[must_use]
    pub fn with_error(mut self, field: impl Into<String>, reason: impl fmt::Display) -> Self {
        self.errors.push(FieldError {
            field: field.into(),
            reason: reason.to_string(),
        });
        self
    }

    /// Adds what has to be answered first.
    #[must_use]
    pub fn with_challenge(mut self, challenge: SecretString) -> Self {
        self.challenge = Some(Box::new(challenge));
        self
    }

    fn body(&self) -> ProblemBody<'_> {
        ProblemBody {
            kind: "about:blank",
            title: self.title,
            status: self.status.as_u16(),
            detail: &self.detail,
            code: self.code,
            errors: &self.errors,
            request_id: self.request_id,
            challenge: self.challenge.as_ref().map(|word| word.expose_secret()),
        }
    }
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ({}): {}",
            self.status.as_u16(),
            self.code,
            self.detail
        )
    }
}

impl Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponseBuilder::new(self.status);
        response.content_type("application/problem+json");
        if let Some(id) = self.request_id {
            response.insert_header(("x-request-id", id.to_string()));
        }
        if let Some(seconds) = self.retry_after {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        let mut response = match serde_json::to_vec(&self.body()) {
            Ok(body) => response.body(body),
            Err(_) => response.finish(),
        };
        response.extensions_mut().insert(self.clone());
        response
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use actix_web::body::to_bytes;

    async fn json(problem: Problem) -> serde_json::Value {
        let body = to_bytes(problem.error_response().into_body())
            .await
            .unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    #[actix_web::test]
    async fn the_body_follows_rfc_9457() {
        let body = json(Problem::invalid("guest.email", "is not an e-mail address")).await;
        assert_eq!(body["type"], "about:blank");
        assert_eq!(body["status"], 422);
        assert_eq!(body["code"], "invalid_input");
        assert_eq!(body["errors"][0]["field"], "guest.email");
        assert_eq!(body["errors"][0]["reason"], "is not an e-mail address");
    }

    #[actix_web::test]
    async fn an_internal_problem_does_not_tell_its_cause() {
        let secret = std::io::Error::other("password=hunter2");
        let body = json(Problem::internal(secret)).await.to_string();
        assert!(!body.contains("hunter2"));
    }

    #[test]
    fn the_chain_names_every_cause() {
        let outer = serde_json::Error::io(std::io::Error::other("disk full"));
        assert!(chain(&outer).contains("disk full"));
    }
}
