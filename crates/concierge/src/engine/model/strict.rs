use motel_llm::chat::ToolSpec;
use serde_json::{Map, Value, json};

use super::wanted::is_offered;
use crate::tools::registry;

/// What of the tools' inputs is the house's to say: what was read back at which total, and what a party is besides its numbers.
const NOT_THE_MODELS: &[&str] = &["agreed_total", "read_back", "party"];

/// The tools of the registry that a model may ask for where rooms or services are sold, as it is told of them.
pub(super) fn specs(rooms: bool, services: bool) -> Vec<ToolSpec> {
    let tools = registry();
    let offered = tools
        .iter()
        .filter(|tool| is_offered(tool.name, rooms, services));
    let specs = offered.map(|tool| ToolSpec {
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
    say_plainly(&mut fields, &mut needed);
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

/// What a model says otherwise than a program: a place in two plain fields, a moment on the clock of the house.
fn say_plainly(fields: &mut Map<String, Value>, needed: &mut Vec<String>) {
    if fields.remove("destination").is_some() {
        fields.insert(
            "miles".to_owned(),
            json!({ "type": "integer", "description": MILES }),
        );
        fields.insert(
            "postcode".to_owned(),
            json!({ "type": "string", "description": POSTCODE }),
        );
    }
    if fields.remove("starts_at").is_some() {
        fields.insert(
            "day".to_owned(),
            json!({ "type": "string", "description": DAY }),
        );
        fields.insert(
            "time".to_owned(),
            json!({ "type": "string", "description": TIME }),
        );
        needed.extend(["day".to_owned(), "time".to_owned()]);
    }
}

const MILES: &str =
    "For a service that comes to the guest: how many miles away, a begun one counted whole.";
const POSTCODE: &str = "For a service that comes to the guest and asks for it: the postcode there.";
const DAY: &str = "The day, on the calendar of the house. As YYYY-MM-DD.";
const TIME: &str =
    "When it begins, on the clock of the house: one of the open times. As HH:MM of 24 hours.";

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
        for spec in specs(true, true) {
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
    fn a_house_is_told_of_what_it_sells() {
        let names = |rooms, services| -> Vec<String> {
            let specs = specs(rooms, services);
            specs.into_iter().map(|spec| spec.name).collect()
        };
        assert_eq!(names(true, true).len(), registry().len());
        assert!(!names(true, false).concat().contains("appointment"));
        assert!(!names(false, true).concat().contains("room"));
        assert_eq!(names(false, false).len(), 3);
    }

    #[test]
    fn an_appointment_is_told_on_the_clock_of_the_house() {
        let specs = specs(false, true);
        let book = specs.iter().find(|spec| spec.name == "book_appointment");
        let fields = &book.unwrap().parameters["properties"];
        assert!(fields["starts_at"].is_null() && fields["destination"].is_null());
        assert_eq!(fields["time"]["type"], "string");
        assert_eq!(fields["miles"]["type"], json!(["integer", "null"]));
        assert!(!book.unwrap().parameters.to_string().contains("total"));
    }

    #[test]
    fn amounts_are_not_the_models_to_name_and_a_telephone_may_be_missing() {
        let specs = specs(true, true);
        let book = specs.iter().find(|spec| spec.name == "book_room").unwrap();
        let fields = &book.parameters["properties"];
        assert!(fields["check_in"].is_object() && fields["adults"].is_object());
        assert_eq!(fields["phone"]["type"], json!(["string", "null"]));
        assert_eq!(fields["full_name"]["type"], "string");
        assert!(!book.parameters.to_string().contains("total"));
    }
}
