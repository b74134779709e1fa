//! What is only tried answers 200 where it would have been created: `StaffWrite` sees to it, so no handler says so.

use utoipa::openapi::path::Operation;
use utoipa::openapi::{OpenApi as Document, RefOr};

use super::operations;

/// Adds, to every operation that can be tried and would answer 201, a 200 with the same body.
pub(super) fn describe(document: &mut Document) {
    for item in document.paths.paths.values_mut() {
        for (_, operation) in operations(item) {
            if can_be_tried(operation) {
                answer_tried(operation);
            }
        }
    }
}

fn can_be_tried(operation: &Operation) -> bool {
    operation
        .parameters
        .iter()
        .flatten()
        .any(|one| matches!(one, RefOr::T(parameter) if parameter.name == "dry_run"))
}

fn answer_tried(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    let Some(RefOr::T(created)) = responses.get("201") else {
        return;
    };
    let mut tried = created.clone();
    "What would have been answered, on a dry run".clone_into(&mut tried.description);
    responses.entry("200".to_owned()).or_insert(RefOr::T(tried));
}
