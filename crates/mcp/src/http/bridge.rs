//! Between the two versions of the types for HTTP: actix speaks the older one, the protocol's SDK the newer one.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use http_body_util::Full;
use motel_web::Problem;

/// The headers that mean something to the protocol. Nothing else of a request is passed on, least of all its key.
const PASSED_ON: [&str; 4] = [
    "accept",
    "content-type",
    "mcp-method",
    "mcp-protocol-version",
];

/// A message as the SDK reads it.
pub(super) fn asked(
    request: &HttpRequest,
    body: Bytes,
) -> Result<http::Request<Full<Bytes>>, Problem> {
    // For whom it is was decided before it came here; the SDK wants to see some host and compares it with nothing.
    let mut asked = http::Request::post("http://localhost/mcp");
    for name in PASSED_ON {
        for value in request.headers().get_all(name) {
            asked = asked.header(name, value.as_bytes());
        }
    }
    let asked = asked.body(Full::new(body));
    asked.map_err(|_| Problem::malformed("A header has no meaning."))
}

/// The SDK's answer as actix sends it.
pub(super) fn answered(answer: http::Response<Bytes>) -> Result<HttpResponse, Problem> {
    let (head, body) = answer.into_parts();
    let status = StatusCode::from_u16(head.status.as_u16()).map_err(Problem::internal)?;
    let mut response = HttpResponse::build(status);
    if let Some(kind) = head.headers.get(http::header::CONTENT_TYPE) {
        response.insert_header((CONTENT_TYPE, kind.as_bytes()));
    }
    Ok(response.body(body))
}
