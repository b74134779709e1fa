use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderMap;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, ResponseError};

use crate::{Origins, Problem};

/// Middleware that refuses requests which change something and which another site made a browser
/// send (cross-site request forgery): 403 `cross_site`.
///
/// Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in `Origin`. A request
/// with neither does not come from a page, so no visitor's cookie can be misused by it: webhooks
/// and programs pass. So do pages of the sites in `web::Data<Origins>`, where they may call, which is nowhere that a cookie counts.
///
/// # Errors
/// Passes on what the inner service raises.
pub async fn same_origin<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if request.method().is_safe() || is_own(request.headers()) || is_invited(&request) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let problem = Problem::forbidden("cross_site", "This form was sent from another site.");
    Ok(request
        .into_response(problem.error_response())
        .map_into_right_body())
}

fn is_invited(request: &ServiceRequest) -> bool {
    let origins = request.app_data::<Data<Origins>>();
    origins.is_some_and(|origins| origins.invite(request))
}

fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match headers.get("origin").map(|origin| origin.to_str()) {
        None => true,
        Some(Ok(origin)) => origin
            .split_once("://")
            .map(|(_, host)| host)
            .is_some_and(|host| Some(host) == text("host")),
        Some(Err(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        is_own(&headers)
    }

    #[test]
    fn a_page_of_ours_passes() {
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[
            ("origin", "http://127.0.0.1:8080"),
            ("host", "127.0.0.1:8080")
        ]));
    }

    #[test]
    fn a_program_without_origin_passes() {
        assert!(own(&[("host", "motel.example")]));
    }

    #[test]
    fn another_site_is_refused() {
        assert!(!own(&[("sec-fetch-site", "cross-site")]));
        assert!(!own(&[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://a.motel.example")
        ]));
        assert!(!own(&[
            ("origin", "https://evil.example"),
            ("host", "motel.example")
        ]));
        assert!(!own(&[("origin", "null"), ("host", "motel.example")]));
        assert!(!own(&[
            ("origin", "https://motel.example.evil.example"),
            ("host", "motel.example")
        ]));
    }
}
