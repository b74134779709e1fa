//! The OpenAPI document of every public route, and a page to read it.

mod problems;
mod staff;

use actix_web::web;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa_swagger_ui::SwaggerUi;

use crate::app::HealthDoc;

/// Where the document is.
const PATH: &str = "/api/openapi.json";

/// The one staff route that needs no signing in, except to ask who is signed in.
const SIGN_IN: &str = "/api/v1/session";

#[derive(OpenApi)]
#[openapi(info(
    title = "RemoteMotel",
    description = "What guests, and programs on their behalf, call stands at the root; the same routes answer for any \
        business of the installation under `/api/v1/public/{tenant}`. What staff, and programs with a key of the \
        business, call stands under `/api/v1`. Errors are `application/problem+json` with a stable `code` and the \
        fields at fault.",
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
        motel_appointments::http::ApiDoc::openapi(),
        motel_billing::http::ApiDoc::openapi(),
        motel_leads::http::ApiDoc::openapi(),
        motel_knowledge::http::ApiDoc::openapi(),
        motel_concierge::http::ApiDoc::openapi(),
        motel_voice::http::ApiDoc::openapi(),
    ] {
        document.merge(part);
    }
    for part in [
        motel_tenancy::http::StaffApiDoc::openapi(),
        motel_taxes::http::StaffApiDoc::openapi(),
        motel_inventory::http::StaffApiDoc::openapi(),
        motel_rates::http::StaffApiDoc::openapi(),
        motel_billing::http::StaffApiDoc::openapi(),
        motel_night_audit::http::StaffApiDoc::openapi(),
        motel_housekeeping::http::StaffApiDoc::openapi(),
        motel_bookings::http::StaffApiDoc::openapi(),
        motel_appointments::http::StaffApiDoc::openapi(),
    ] {
        document = document.nest("/api/v1", part);
    }
    staff::describe(&mut document);
    problems::describe(&mut document);
    document
}

/// The operations of a path, each with its method.
fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    [
        ("get", &mut item.get),
        ("put", &mut item.put),
        ("post", &mut item.post),
        ("delete", &mut item.delete),
        ("patch", &mut item.patch),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}
