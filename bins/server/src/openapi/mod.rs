//! The OpenAPI document of every public route, and a page to read it.

mod merged;
mod problems;
mod staff;
mod tried;

use actix_web::web;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa_swagger_ui::SwaggerUi;

use crate::app::HealthDoc;

/// Where the document is.
const PATH: &str = "/api/openapi.json";

/// Where staff sign in; who asks whether somebody is has to be.
const SIGN_IN: &str = "/api/v1/session";

/// Where programs exchange a key for a token. It refuses in the words of RFC 6749.
const OAUTH: &str = "/api/v1/oauth/token";

/// Routes for who is not signed in yet: a mailed link, a challenge, a password, a passkey or a key says who they are.
const OPEN: [&str; 14] = [
    OAUTH,
    "/api/v1/invitations/accept",
    "/api/v1/password-resets",
    "/api/v1/password-resets/complete",
    "/api/v1/session/passkey",
    "/api/v1/session/passkey/begin",
    "/api/v1/session/second-factor",
    "/api/v1/session/second-factor/passkey",
    "/api/v1/session/second-factor/passkey/begin",
    "/api/v1/session/tokens",
    "/api/v1/session/tokens/refresh",
    "/api/v1/session/tokens/second-factor",
    "/api/v1/sign-ups",
    "/api/v1/sign-ups/complete",
];

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
    for part in guest_parts() {
        document.merge(part);
    }
    for part in staff_parts() {
        // Nested into the document itself, a part would take the place of another one's methods on the same path.
        document.merge(Document::default().nest("/api/v1", part));
    }
    merged::describe(&mut document);
    staff::describe(&mut document);
    tried::describe(&mut document);
    problems::describe(&mut document);
    document
}

/// What guests call.
fn guest_parts() -> Vec<Document> {
    vec![
        HealthDoc::openapi(),
        motel_rates::http::ApiDoc::openapi(),
        motel_bookings::http::ApiDoc::openapi(),
        motel_appointments::http::ApiDoc::openapi(),
        motel_billing::http::ApiDoc::openapi(),
        motel_vouchers::http::ApiDoc::openapi(),
        motel_leads::http::ApiDoc::openapi(),
        motel_knowledge::http::ApiDoc::openapi(),
        motel_concierge::http::ApiDoc::openapi(),
        motel_voice::http::ApiDoc::openapi(),
    ]
}

/// What staff call, without the `/api/v1` before it.
fn staff_parts() -> Vec<Document> {
    vec![
        motel_tenancy::http::StaffApiDoc::openapi(),
        motel_mcp::http::StaffApiDoc::openapi(),
        motel_passkeys::http::StaffApiDoc::openapi(),
        motel_credentials::http::StaffApiDoc::openapi(),
        motel_prompts::http::StaffApiDoc::openapi(),
        motel_audit::http::StaffApiDoc::openapi(),
        motel_knowledge::http::StaffApiDoc::openapi(),
        motel_onboarding::http::StaffApiDoc::openapi(),
        motel_taxes::http::StaffApiDoc::openapi(),
        motel_inventory::http::StaffApiDoc::openapi(),
        motel_rates::http::StaffApiDoc::openapi(),
        motel_upsells::http::StaffApiDoc::openapi(),
        motel_flows::http::StaffApiDoc::openapi(),
        motel_billing::http::StaffApiDoc::openapi(),
        motel_invoices::http::StaffApiDoc::openapi(),
        motel_vouchers::http::StaffApiDoc::openapi(),
        motel_night_audit::http::StaffApiDoc::openapi(),
        motel_plans::http::StaffApiDoc::openapi(),
        motel_housekeeping::http::StaffApiDoc::openapi(),
        motel_bookings::http::StaffApiDoc::openapi(),
        motel_guests::http::StaffApiDoc::openapi(),
        motel_appointments::http::StaffApiDoc::openapi(),
        motel_concierge::http::StaffApiDoc::openapi(),
    ]
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use serde_json::Value;

    use super::*;

    fn responses() -> Vec<(String, Value)> {
        let document = serde_json::to_value(document()).unwrap();
        let paths = document["paths"].as_object().unwrap().clone();
        let mut found = Vec::new();
        for (path, item) in paths {
            for (method, operation) in item.as_object().unwrap() {
                found.push((format!("{method} {path}"), operation["responses"].clone()));
            }
        }
        found
    }

    /// Of two schemas of one name the document would keep the first, and describe the second wrongly.
    #[test]
    fn no_two_parts_mean_different_things_by_one_name() {
        let mut known = std::collections::BTreeMap::new();
        for part in guest_parts().into_iter().chain(staff_parts()) {
            let schemas = part.components.unwrap_or_default().schemas;
            for (name, schema) in schemas {
                let schema = serde_json::to_value(schema).unwrap();
                let first = known.entry(name.clone()).or_insert_with(|| schema.clone());
                assert_eq!(*first, schema, "{name}");
            }
        }
        assert!(known.len() > 100);
    }

    #[test]
    fn every_refusal_is_a_problem() {
        for (route, responses) in responses() {
            if route.ends_with(OAUTH) {
                continue;
            }
            for (status, response) in responses.as_object().unwrap() {
                let schema = &response["content"]["application/problem+json"]["schema"];
                assert!(
                    !status.starts_with('4') || schema["$ref"] == "#/components/schemas/Problem",
                    "{route}: {response}"
                );
            }
        }
    }

    #[test]
    fn what_would_be_created_is_shown_when_it_is_tried() {
        let mut tried = 0;
        for (route, responses) in responses() {
            let staff = route.contains("/api/v1/") && !route.contains("/public/");
            // A secret is shown once, so making one cannot be tried.
            let open = staff && !route.ends_with("/api-keys");
            if open && !responses["201"].is_null() {
                let (made, shown) = (&responses["201"]["content"], &responses["200"]["content"]);
                assert_eq!(made, shown, "{route}");
                tried += 1;
            }
        }
        assert!(tried >= 15, "only {tried}");
    }
}
