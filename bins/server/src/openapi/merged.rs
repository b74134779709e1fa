//! Structures that serde flattens into another. They are described as `allOf`, and a part that takes no unknown fields
//! would refuse those of its neighbours; one object with the fields of all parts says what is really sent.

use std::collections::BTreeMap;

use utoipa::openapi::schema::{AllOf, ArrayItems};
use utoipa::openapi::{Object, OpenApi as Document, RefOr, Schema};

type Schemas = BTreeMap<String, RefOr<Schema>>;

/// Replaces every schema that is put together of objects by one object.
pub(super) fn describe(document: &mut Document) {
    let Some(components) = &mut document.components else {
        return;
    };
    let known = components.schemas.clone();
    for schema in components.schemas.values_mut() {
        merge(schema, &known);
    }
}

/// Also within: a page of things repeats what each of them is.
fn merge(schema: &mut RefOr<Schema>, known: &Schemas) {
    let RefOr::T(meant) = schema else {
        return;
    };
    match meant {
        Schema::AllOf(parts) => {
            if let Some(whole) = whole(parts, known) {
                *meant = Schema::Object(whole);
            }
        }
        Schema::Object(object) => {
            for property in object.properties.values_mut() {
                merge(property, known);
            }
        }
        Schema::Array(array) => {
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                merge(items, known);
            }
        }
        Schema::OneOf(choice) => {
            for item in &mut choice.items {
                merge(item, known);
            }
        }
        _ => {}
    }
}

/// All fields of all parts, if every part is an object.
fn whole(parts: &AllOf, known: &Schemas) -> Option<Object> {
    let mut whole = Object::new();
    whole.description.clone_from(&parts.description);
    for part in &parts.items {
        let part = object(part, known)?;
        whole.properties.extend(part.properties);
        whole.required.extend(part.required);
    }
    Some(whole)
}

fn object(schema: &RefOr<Schema>, known: &Schemas) -> Option<Object> {
    match schema {
        RefOr::Ref(reference) => {
            let name = reference.ref_location.rsplit('/').next()?;
            object(known.get(name)?, known)
        }
        RefOr::T(Schema::Object(object)) => Some(object.clone()),
        RefOr::T(Schema::AllOf(parts)) => whole(parts, known),
        RefOr::T(_) => None,
    }
}
