use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, LOCATION};
use motel_web::{Problem, etag};
use serde::Serialize;

use crate::answers::KeptAnswer;

/// What a write of the staff interface answers, before it is decided whether the write is kept or was only tried.
#[derive(Debug, Clone)]
pub struct Answer<T> {
    status: StatusCode,
    body: Option<T>,
    version: Option<i32>,
    location: Option<String>,
}

impl<T: Serialize> Answer<T> {
    /// 200.
    pub fn ok(body: T) -> Self {
        Self::with(StatusCode::OK, Some(body))
    }

    /// 201; say where the new thing is by [`Answer::location`].
    pub fn created(body: T) -> Self {
        Self::with(StatusCode::CREATED, Some(body))
    }

    fn with(status: StatusCode, body: Option<T>) -> Self {
        Self {
            status,
            body,
            version: None,
            location: None,
        }
    }

    /// The version of the thing as it is now: the `ETag`.
    #[must_use]
    pub fn version(mut self, version: i32) -> Self {
        self.version = Some(version);
        self
    }

    /// The path at which the new thing can be read.
    #[must_use]
    pub fn location(mut self, path: impl Into<String>) -> Self {
        self.location = Some(path.into());
        self
    }

    pub(super) fn made(&self) -> Result<KeptAnswer, Problem> {
        let body = self.body.as_ref().map(serde_json::to_string).transpose();
        Ok(KeptAnswer {
            status: i16::try_from(self.status.as_u16()).ok(),
            version: self.version,
            location: self.location.clone(),
            body: body.map_err(Problem::internal)?,
        })
    }
}

impl Answer<()> {
    /// 204: it is gone.
    pub fn no_content() -> Self {
        Self::with(StatusCode::NO_CONTENT, None)
    }
}

impl KeptAnswer {
    /// Sends it.
    pub(super) fn respond(self) -> HttpResponse {
        let known = self
            .status
            .and_then(|status| u16::try_from(status).ok())
            .and_then(|status| StatusCode::from_u16(status).ok());
        let status = known.unwrap_or(StatusCode::OK);
        self.respond_as(status)
    }

    /// Sends what would have been answered: 200, since nothing was created, or 204 without a body.
    pub(super) fn respond_tried(mut self) -> HttpResponse {
        // What is kept nowhere has no place either.
        self.location = None;
        let status = match self.body {
            Some(_) => StatusCode::OK,
            None => StatusCode::NO_CONTENT,
        };
        self.respond_as(status)
    }

    fn respond_as(self, status: StatusCode) -> HttpResponse {
        let mut response = HttpResponse::build(status);
        if let Some(version) = self.version {
            response.insert_header(etag(version));
        }
        if let Some(location) = self.location {
            response.insert_header((LOCATION, location));
        }
        match self.body {
            Some(body) => response
                .insert_header((CONTENT_TYPE, "application/json"))
                .body(body),
            None => response.finish(),
        }
    }
}
