use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;

/// Sends the browser on by GET, so that a reload repeats nothing.
pub(super) fn see_other(to: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, to.as_ref()))
        .finish()
}
