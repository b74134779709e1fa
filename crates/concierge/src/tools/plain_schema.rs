use serde_json::{Map, Value, json};

/// The schema of an input as one closed object, whatever it is put together of.
///
/// ```
/// use motel_concierge::tools::{plain_schema, registry};
///
/// for tool in registry() {
///     let schema = plain_schema(&tool.input_schema());
///     assert_eq!(schema["type"], "object");
/// }
/// ```
pub fn plain_schema(schema: &Value) -> Value {
    let (mut fields, mut needed) = (Map::new(), Vec::new());
    gather(schema, &mut fields, &mut needed);
    json!({
        "type": "object",
        "properties": fields,
        "required": needed,
        "additionalProperties": false,
    })
}

/// The fields of an object, and of those it is made of.
fn gather(schema: &Value, fields: &mut Map<String, Value>, needed: &mut Vec<Value>) {
    for part in schema["allOf"].as_array().into_iter().flatten() {
        gather(part, fields, needed);
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        fields.insert(name.clone(), field.clone());
    }
    needed.extend(schema["required"].as_array().into_iter().flatten().cloned());
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::tools::registry;

    #[test]
    fn what_is_needed_is_among_the_fields() {
        for tool in registry() {
            let schema = plain_schema(&tool.input_schema());
            let fields = schema["properties"].as_object().unwrap();
            assert!(!fields.is_empty(), "{}", tool.name);
            for name in schema["required"].as_array().unwrap() {
                assert!(fields.contains_key(name.as_str().unwrap()), "{name}");
            }
        }
        let room = registry().into_iter().find(|it| it.name == "book_room");
        let room = plain_schema(&room.unwrap().input_schema());
        for field in ["check_in", "adults", "room_type", "agreed_total"] {
            assert!(room["properties"][field].is_object(), "{field}");
        }
    }
}
