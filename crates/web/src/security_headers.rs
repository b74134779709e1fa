use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;

/// Scripts, styles, fonts and pictures come from this server only; nothing is inline. A form may
/// lead to Stripe and PayPal because browsers hold `form-action` against the redirect after a payment form.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; \
    base-uri 'none'; frame-ancestors 'none'; form-action 'self' https://checkout.stripe.com \
    https://www.paypal.com https://www.sandbox.paypal.com";

const HEADERS: [(&str, &str); 6] = [
    // What may be kept says so itself.
    ("cache-control", "no-store"),
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), payment=()",
    ),
];

/// Middleware that adds the protective headers an answer does not set itself.
///
/// # Errors
/// Passes on what the inner service raises.
pub async fn security_headers<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut response = next.call(request).await?;
    protect(response.headers_mut());
    Ok(response)
}

pub(crate) fn protect(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        if !headers.contains_key(name) {
            headers.insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
    }
}
