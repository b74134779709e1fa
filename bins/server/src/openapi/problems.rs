//! The refusals every route shares. They come from extractors, not from handlers, so they are described in one place.

use motel_web::ProblemBody;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{ContentBuilder, OpenApi as Document, Ref, RefOr, ResponseBuilder};
use utoipa::{PartialSchema, ToSchema};

use super::staff::is_staff;
use super::{SIGN_IN, operations};

/// Adds the shared refusals to every operation that does not describe them itself.
pub(super) fn describe(document: &mut Document) {
    let name = ProblemBody::name().into_owned();
    let mut schemas = Vec::new();
    ProblemBody::schemas(&mut schemas);
    schemas.push((name.clone(), ProblemBody::schema()));
    let components = document.components.get_or_insert_default();
    components.schemas.extend(schemas);
    for (path, item) in &mut document.paths.paths {
        let staff = is_staff(path);
        for (method, operation) in operations(item) {
            let open = path == SIGN_IN && method != "get";
            for (status, meaning) in refusals(operation, staff && !open) {
                add(operation, status, meaning, &name);
            }
        }
    }
}

fn refusals(operation: &Operation, staff: bool) -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    let has = |place: ParameterIn| {
        operation
            .parameters
            .iter()
            .flatten()
            .any(|one| matches!(one, RefOr::T(parameter) if parameter.parameter_in == place))
    };
    if operation.request_body.is_some() {
        found.push(("400", "The body can't be read"));
        found.push(("413", "The body is too large"));
        found.push(("415", "The body is of another type"));
    }
    if operation.request_body.is_some() || has(ParameterIn::Query) || has(ParameterIn::Header) {
        found.push(("422", "A field is not right"));
    }
    if has(ParameterIn::Path) {
        found.push(("404", "There is no such thing"));
    }
    if staff {
        found.push(("401", "Nobody is signed in, and no key is given"));
    }
    found
}

fn add(operation: &mut Operation, status: &str, meaning: &str, schema: &str) {
    let responses = &mut operation.responses.responses;
    if responses.contains_key(status) {
        return;
    }
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(schema)))
        .build();
    let response = ResponseBuilder::new()
        .description(meaning)
        .content("application/problem+json", content)
        .build();
    responses.insert(status.to_owned(), RefOr::T(response));
}
