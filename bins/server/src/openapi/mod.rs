//! The OpenAPI document of every public route, and a page to read it.

mod problems;

use actix_web::web;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_swagger_ui::SwaggerUi;

use crate::app::HealthDoc;

/// Where the document is.
const PATH: &str = "/api/openapi.json";

#[derive(OpenApi)]
#[openapi(info(
    title = "RemoteMotel guest interface",
    description = "What guests, and programs on their behalf, call. The same routes answer for any business of the \
        installation under `/api/v1/public/{tenant}`. Errors are `application/problem+json` with a stable `code` and \
        the fields at fault.",
    license(name = "Apache-2.0")
))]
struct House;

/// Mounts the document and `/api/docs/`.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config.service(SwaggerUi::new("/api/docs/{_:.*}").url(PATH, document()));
}

/// The whole document, from the parts of each domain.
pub fn document() -> Document {
    let mut document = House::openapi();
    for part in [
        HealthDoc::openapi(),
        motel_rates::http::ApiDoc::openapi(),
        motel_bookings::http::ApiDoc::openapi(),
        motel_billing::http::ApiDoc::openapi(),
        motel_leads::http::ApiDoc::openapi(),
        motel_knowledge::http::ApiDoc::openapi(),
        motel_concierge::http::ApiDoc::openapi(),
        motel_voice::http::ApiDoc::openapi(),
    ] {
        document.merge(part);
    }
    problems::describe(&mut document);
    document
}
