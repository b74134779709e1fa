use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_ENCODING, HeaderMap};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError};

use crate::Problem;

/// Middleware that refuses packed bodies: 415 `wrong_content_type`. A little that is packed can be endless unpacked, some extractors of
/// actix unpack a piece before they look how much it is, and no body here is worth packing.
///
/// # Errors
/// Passes on what the inner service raises.
pub async fn refuse_packed<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    if is_packed(request.headers()) {
        let answer = request.into_response(packed().error_response());
        return Ok(answer.map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

fn is_packed(headers: &HeaderMap) -> bool {
    let plain = |encoding: &[u8]| encoding.eq_ignore_ascii_case(b"identity");
    headers
        .get_all(CONTENT_ENCODING)
        .any(|encoding| !plain(encoding.as_bytes()))
}

fn packed() -> Problem {
    Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "wrong_content_type",
        "Send the body as it is, without a content encoding.",
    )
}
