//! What every refusal looks like, and the refusals that routes share. Those come from extractors, not from handlers, so
//! they are described in one place; a handler says which codes are its own.

use motel_web::ProblemBody;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{Content, ContentBuilder, OpenApi as Document, Ref, RefOr, ResponseBuilder};
use utoipa::{PartialSchema, ToSchema};

use super::staff::is_staff;
use super::{OAUTH, OPEN, SIGN_IN, operations};

const PROBLEM: &str = "application/problem+json";

/// Adds the shared refusals to every operation that does not describe them itself, and the body to those that it does.
pub(super) fn describe(document: &mut Document) {
    let name = ProblemBody::name().into_owned();
    let mut schemas = Vec::new();
    ProblemBody::schemas(&mut schemas);
    schemas.push((name.clone(), ProblemBody::schema()));
    let components = document.components.get_or_insert_default();
    components.schemas.extend(schemas);
    for (path, item) in &mut document.paths.paths {
        if path == OAUTH {
            continue;
        }
        let staff = is_staff(path);
        for (method, operation) in operations(item) {
            let open = OPEN.contains(&path.as_str()) || path == SIGN_IN && method != "get";
            for (status, meaning) in refusals(operation, staff && !open) {
                add(operation, status, meaning);
            }
            complete(operation, &name);
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
    if has_if_match(operation) {
        found.push(("412", "`version_mismatch`: it was changed meanwhile"));
    }
    if has(ParameterIn::Path) {
        found.push(("404", "There is no such thing"));
    }
    if staff {
        found.push(("401", "Nobody is signed in, and no key is given"));
        found.push(("403", "`forbidden`: the role or the key does not permit it"));
        found.push((
            "429",
            "`too_many_requests`: the key or the token is used too often",
        ));
    }
    found
}

fn has_if_match(operation: &Operation) -> bool {
    operation
        .parameters
        .iter()
        .flatten()
        .any(|one| matches!(one, RefOr::T(parameter) if parameter.name == "If-Match"))
}

fn add(operation: &mut Operation, status: &str, meaning: &str) {
    let responses = &mut operation.responses.responses;
    responses.entry(status.to_owned()).or_insert_with(|| {
        let response = ResponseBuilder::new().description(meaning);
        RefOr::T(response.build())
    });
}

/// Every refusal has the same body, so no handler has to say so.
fn complete(operation: &mut Operation, schema: &str) {
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && status.starts_with('4')
            && !response.content.values().any(has_schema)
        {
            let content = RefOr::T(problem(schema));
            response.content.insert(PROBLEM.to_owned(), content);
        }
    }
}

fn has_schema(content: &RefOr<Content>) -> bool {
    matches!(content, RefOr::T(content) if content.schema.is_some())
}

fn problem(schema: &str) -> Content {
    ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(schema)))
        .build()
}
