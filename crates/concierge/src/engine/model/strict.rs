use motel_llm::chat::ToolSpec;
use serde_json::{Map, Value, json};

use super::wanted::is_known;
use crate::tools::registry;

/// What of the tools' inputs is the house's to say: what was read back at which total, and what a party is besides its numbers.
const NOT_THE_MODELS: &[&str] = &["agreed_total", "read_back", "party"];

/// The tools of the registry that a model may ask for, as it is told of them.
pub(super) fn specs() -> Vec<ToolSpec> {
    let tools = registry();
    let known = tools.iter().filter(|tool| is_known(tool.name));
    let specs = known.map(|tool| ToolSpec {
        name: tool.name.to_owned(),
        description: tool.description.to_owned(),
        parameters: strict(&tool.input_schema()),
    });
    specs.collect()
}

/// A schema in the strict form: one closed object, each field required. What may be left out may be null instead.
fn strict(schema: &Value) -> Value {
    let mut fields = Map::new();
    let mut needed = Vec::new();
    gather(schema, &mut fields, &mut needed);
    fields.retain(|name, _| !NOT_THE_MODELS.contains(&name.as_str()));
    for (name, field) in &mut fields {
        if !needed.iter().any(|it| it == name) {
            allow_null(field);
        }
    }
    let required: Vec<&String> = fields.keys().collect();
    json!({
        "type": "object",
        "required": required,
        "properties": fields,
        "additionalProperties": false,
    })
}

/// The fields of an object, and of those it is made of.
fn gather(schema: &Value, fields: &mut Map<String, Value>, needed: &mut Vec<String>) {
    for part in schema["allOf"].as_array().into_iter().flatten() {
        gather(part, fields, needed);
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        fields.insert(name.clone(), plain(field));
    }
    let required = schema["required"].as_array().into_iter().flatten();
    needed.extend(required.filter_map(|name| name.as_str().map(str::to_owned)));
}

/// A field without what the strict form does not know: bounds are checked when the input is read.
fn plain(field: &Value) -> Value {
    let mut kept = Map::new();
    for key in ["type", "description", "enum"] {
        if let Some(value) = field.get(key) {
            kept.insert(key.to_owned(), value.clone());
        }
    }
    if field["format"] == "date" {
        let words = kept
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let words = format!("{words} As YYYY-MM-DD.").trim().to_owned();
        kept.insert("description".to_owned(), json!(words));
    }
    Value::Object(kept)
}

fn allow_null(field: &mut Value) {
    if let Some(Value::String(kind)) = field.get("type") {
        let kind = json!([kind, "null"]);
        if let Some(fields) = field.as_object_mut() {
            fields.insert("type".to_owned(), kind);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn every_tool_is_told_in_the_strict_form() {
        for spec in specs() {
            let schema = &spec.parameters;
            assert_eq!(schema["type"], "object", "{}", spec.name);
            assert_eq!(schema["additionalProperties"], false);
            let fields = schema["properties"].as_object().unwrap();
            assert!(!fields.is_empty(), "{}", spec.name);
            assert_eq!(schema["required"].as_array().unwrap().len(), fields.len());
            for (name, field) in fields {
                assert!(!field["type"].is_null(), "{}: {name}: {field}", spec.name);
                assert!(!NOT_THE_MODELS.contains(&name.as_str()));
            }
        }
    }

    #[test]
    fn amounts_are_not_the_models_to_name_and_a_telephone_may_be_missing() {
        let specs = specs();
        let book = specs.iter().find(|spec| spec.name == "book_room").unwrap();
        let fields = &book.parameters["properties"];
        assert!(fields["check_in"].is_object() && fields["adults"].is_object());
        assert_eq!(fields["phone"]["type"], json!(["string", "null"]));
        assert_eq!(fields["full_name"]["type"], "string");
        assert!(!book.parameters.to_string().contains("total"));
    }
}
