use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, ResponseError};
use futures::FutureExt;
use tracing::Instrument;

use crate::security_headers::protect;
use crate::{Page, Problem, RequestId, Theme};

/// The outermost middleware: gives the request its id and its log span, makes an opaque 500 of a
/// panic and a problem of every bare error status, shows problems as a page to browsers, and lets HEAD be answered by
/// what answers GET.
///
/// # Errors
/// A panic of the inner service, as a finished answer.
pub async fn request_context<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let id = RequestId::new();
    let face = Face::of(&request);
    let span = tracing::info_span!("request", request_id = %id, method = %request.method(), path = request.path());
    request.extensions_mut().insert(id);
    if request.method() == Method::HEAD {
        // Whatever answers GET answers HEAD; the server leaves out the body.
        request.head_mut().method = Method::GET;
    }
    let work = async move {
        let started = Instant::now();
        let outcome = AssertUnwindSafe(next.call(request)).catch_unwind().await;
        let answer = match outcome {
            Ok(answer) => answer.map(|response| face.dress(response.map_into_boxed_body(), id)),
            Err(panic) => Err(face.panicked(panic.as_ref())),
        };
        let status = answer.as_ref().map_or_else(
            |error| error.as_response_error().status_code(),
            |a| a.status(),
        );
        tracing::info!(status = status.as_u16(), elapsed = ?started.elapsed(), "answered");
        answer
    };
    id.scope(work).instrument(span).await
}

/// In which form the caller wants to see problems.
#[derive(Clone, Copy)]
enum Face {
    Json,
    Html(Theme),
}

impl Face {
    fn of(request: &ServiceRequest) -> Self {
        let accept = request
            .headers()
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok());
        let browser = accept.is_some_and(|accept| accept.contains("text/html"));
        if browser && !request.path().starts_with("/api/") {
            Self::Html(Theme::of(request))
        } else {
            Self::Json
        }
    }

    fn dress(self, response: ServiceResponse, id: RequestId) -> ServiceResponse {
        let mut response = match problem_of(&response) {
            Some((problem, known)) if !known || matches!(self, Self::Html(_)) => {
                let before = response.headers().clone();
                let mut response = response.into_response(self.show(&problem));
                keep(&before, response.headers_mut());
                response
            }
            _ => response,
        };
        if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
            response
                .headers_mut()
                .insert(HeaderName::from_static("x-request-id"), value);
        }
        response
    }

    fn show(self, problem: &Problem) -> HttpResponse {
        match self {
            Self::Html(theme) => {
                Page::of_problem(problem, theme).unwrap_or_else(|fault| fault.error_response())
            }
            Self::Json => problem.error_response(),
        }
    }

    fn panicked(self, panic: &(dyn Any + Send)) -> Error {
        let words = panic
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        tracing::error!(
            panic = words.unwrap_or("of an unknown kind"),
            "a handler panicked"
        );
        let problem = Problem::opaque();
        let mut response = self.show(&problem);
        protect(response.headers_mut());
        InternalError::from_response(problem, response).into()
    }
}

/// What an answer was given on its way here goes along with another body: what protects it, cookies, which methods there are. Only
/// what told of the former body does not.
fn keep(before: &HeaderMap, headers: &mut HeaderMap) {
    let of_the_body = [
        header::CONTENT_TYPE,
        header::CONTENT_LENGTH,
        header::CONTENT_ENCODING,
        header::TRANSFER_ENCODING,
    ];
    let known: Vec<HeaderName> = headers.keys().cloned().collect();
    for (name, value) in before {
        if !of_the_body.contains(name) && !known.contains(name) {
            headers.append(name.clone(), value.clone());
        }
    }
}

/// The problem an answer carries, and whether its body already says so. Bare error statuses come
/// from actix itself: a method or a path nobody serves.
fn problem_of(response: &ServiceResponse) -> Option<(Problem, bool)> {
    if let Some(problem) = response.response().extensions().get::<Problem>() {
        return Some((problem.clone(), true));
    }
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    let bare = matches!(
        response.response().body().size(),
        BodySize::None | BodySize::Sized(0)
    );
    (failed && bare).then(|| (bare_problem(status), false))
}

fn bare_problem(status: StatusCode) -> Problem {
    match status {
        StatusCode::NOT_FOUND => Problem::not_found("page"),
        StatusCode::METHOD_NOT_ALLOWED => Problem::new(
            status,
            "method_not_allowed",
            "This address does not answer that method.",
        ),
        _ => Problem::new(
            status,
            "refused",
            status
                .canonical_reason()
                .unwrap_or("The request was refused."),
        ),
    }
}
