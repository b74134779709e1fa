use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, PRAGMA, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use motel_web::{Problem, RequestId};

use super::OAuthErrorView;
use crate::TenancyError;

/// Why no token was given, in the words of RFC 6749, section 5.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OAuthError {
    /// Something is missing, stands there twice, or cannot be read.
    Request(&'static str),
    /// The client is not known, or its secret is not right.
    Client,
    /// Another grant than the one there is.
    Grant,
    /// The scope means nothing here, or is more than the key permits.
    Scope,
    /// Too many failures; when to come again.
    TooMany(u32),
    /// Our fault; it is in the log.
    Server,
}

impl OAuthError {
    fn word(self) -> &'static str {
        match self {
            Self::Request(_) => "invalid_request",
            Self::Client => "invalid_client",
            Self::Grant => "unsupported_grant_type",
            Self::Scope => "invalid_scope",
            // Two words of section 4.1.2.1: this one lists none for them.
            Self::TooMany(_) => "temporarily_unavailable",
            Self::Server => "server_error",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Request(sentence) => sentence,
            Self::Client => "The client is not known, or its secret is not right.",
            Self::Grant => "The only grant is client_credentials.",
            Self::Scope => "The scope is unknown, or more than the key permits.",
            Self::TooMany(_) => "Too many attempts. Please try again later.",
            Self::Server => "Something went wrong on our side. It has been noted.",
        }
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.word(), self.sentence())
    }
}

impl From<TenancyError> for OAuthError {
    /// Noted in the log as every fault is.
    fn from(error: TenancyError) -> Self {
        let _ = Problem::internal(error);
        Self::Server
    }
}

impl ResponseError for OAuthError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Request(_) | Self::Grant | Self::Scope => StatusCode::BAD_REQUEST,
            Self::Client => StatusCode::UNAUTHORIZED,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Server => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponseBuilder::new(self.status_code());
        response
            .insert_header((CACHE_CONTROL, "no-store"))
            .insert_header((PRAGMA, "no-cache"));
        if let Some(id) = RequestId::current() {
            response.insert_header(("x-request-id", id.to_string()));
        }
        match self {
            Self::Client => {
                response.insert_header((WWW_AUTHENTICATE, "Basic realm=\"RemoteMotel\""));
            }
            Self::TooMany(seconds) => {
                response.insert_header((RETRY_AFTER, seconds.to_string()));
            }
            _ => {}
        }
        response.json(OAuthErrorView {
            error: self.word(),
            error_description: self.sentence(),
        })
    }
}
