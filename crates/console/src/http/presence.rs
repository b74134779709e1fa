use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use motel_tenancy::http::StaffFragment;
use motel_tenancy::may;

/// `GET /console/presence`: a sign of life of somebody who works with a page. That they called is noted with their session, as it is of
/// every call; there is nothing else to do.
pub(super) async fn beat(_: StaffFragment<may::BeKnown>) -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((CACHE_CONTROL, "no-store"))
        .finish()
}
