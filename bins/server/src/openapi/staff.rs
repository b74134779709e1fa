//! What all routes of the staff interface have in common: who is let in, and that no two share an operation id.

use std::collections::BTreeSet;

use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};

use super::operations;

/// Describes the two ways in, and asks for one of them on every staff route.
pub(super) fn describe(document: &mut Document) {
    let key = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A key of the business, `rmk_…`, or an access token"))
        .build();
    let session = ApiKeyValue::with_description("remotemotel", "The cookie that signing in sets");
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("key", SecurityScheme::Http(key));
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(session)));
    let mut ids = BTreeSet::new();
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            let open =
                super::OPEN.contains(&path.as_str()) || path == super::SIGN_IN && method != "get";
            if is_staff(path) && !open {
                let either = ["key", "session"].map(|way| SecurityRequirement::new(way, NO_SCOPES));
                operation.security = Some(either.to_vec());
            }
            let known = operation.operation_id.clone().unwrap_or_default();
            if known.is_empty() || !ids.insert(known) {
                let id = format!("{method} {path}");
                operation.operation_id = Some(id.clone());
                ids.insert(id);
            }
        }
    }
}

const NO_SCOPES: [&str; 0] = [];

/// Whether a path belongs to the staff interface.
pub(super) fn is_staff(path: &str) -> bool {
    path.starts_with("/api/v1/") && !path.starts_with("/api/v1/public/")
}
