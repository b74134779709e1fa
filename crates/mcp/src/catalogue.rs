//! The tools as assistants are offered them: by which permission, and what they do to the house.

use motel_concierge::tools::{Sold, plain_schema, registry};
use motel_kernel::PropertyId;
use motel_tenancy::Permission;
use serde_json::{Map, Value, json};

/// The argument by which something is only tried out.
pub(crate) const DRY_RUN: &str = "dry_run";
/// The argument that says which property is meant.
pub(crate) const PROPERTY: &str = "property";

/// The argument that says whom a call is about; asking for a person has it from the house.
pub(crate) const EMAIL: &str = "email";

/// What a tool does to the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It looks and changes nothing.
    Looks,
    /// It books, which counts for the key's ceilings; the same call again books nothing more.
    Books,
    /// It adds something else; the same call again adds nothing more.
    Adds,
    /// It takes something back.
    TakesBack,
    /// It asks for a person.
    AsksForPerson,
}

/// A tool as it is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    /// What the registry calls it.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What a key needs to call it: the same as for its route. Nothing for what any stranger may do.
    pub needs: Option<Permission>,
    /// What it does.
    pub way: Way,
    /// What its guest proves by code and e-mail address, if they have to.
    pub proves: Option<Sold>,
}

const fn tool(
    name: &'static str,
    title: &'static str,
    needs: Option<Permission>,
    way: Way,
    proves: Option<Sold>,
) -> Offered {
    Offered {
        name,
        title,
        needs,
        way,
        proves,
    }
}

/// All of them, in the order of the registry.
pub const OFFERED: [Offered; 14] = {
    use Permission as P;
    use Way::{Adds, AsksForPerson, Books, Looks, TakesBack};
    let (stay, slot) = (Some(Sold::Stay), Some(Sold::Appointment));
    [
        tool(
            "search_availability",
            "Search rooms",
            Some(P::ReadRates),
            Looks,
            None,
        ),
        tool(
            "list_packages",
            "List packages",
            Some(P::ReadRates),
            Looks,
            None,
        ),
        tool(
            "book_room",
            "Book a room",
            Some(P::WriteReservations),
            Books,
            None,
        ),
        tool(
            "look_up_booking",
            "Look up a booking",
            Some(P::ReadReservations),
            Looks,
            stay,
        ),
        tool(
            "cancel_booking",
            "Cancel a booking",
            Some(P::WriteReservations),
            TakesBack,
            stay,
        ),
        tool(
            "create_payment_link",
            "Make a payment link",
            Some(P::WriteFolios),
            Adds,
            stay,
        ),
        tool(
            "list_services",
            "List services",
            Some(P::ReadServices),
            Looks,
            None,
        ),
        tool(
            "search_times",
            "Search open times",
            Some(P::ReadServices),
            Looks,
            None,
        ),
        tool(
            "book_appointment",
            "Book an appointment",
            Some(P::WriteAppointments),
            Books,
            None,
        ),
        tool(
            "look_up_appointment",
            "Look up an appointment",
            Some(P::ReadAppointments),
            Looks,
            slot,
        ),
        tool(
            "cancel_appointment",
            "Cancel an appointment",
            Some(P::WriteAppointments),
            TakesBack,
            slot,
        ),
        tool(
            "create_lead",
            "Take down who is interested",
            None,
            Adds,
            None,
        ),
        tool(
            "search_knowledge",
            "Search the house's documents",
            Some(P::ReadKnowledge),
            Looks,
            None,
        ),
        tool(
            "hand_over",
            "Hand over to a person",
            None,
            AsksForPerson,
            None,
        ),
    ]
};

/// The tool of that name.
///
/// ```
/// assert!(motel_mcp::catalogue::offered("book_room").is_some());
/// assert!(motel_mcp::catalogue::offered("grant_discount").is_none());
/// ```
pub fn offered(name: &str) -> Option<&'static Offered> {
    OFFERED.iter().find(|tool| tool.name == name)
}

impl Offered {
    /// What it does and when to use it.
    pub fn description(&self) -> &'static str {
        let tools = registry();
        let known = tools.iter().find(|tool| tool.name == self.name);
        known.map(|tool| tool.description).unwrap_or_default()
    }

    /// The schema of its arguments for a business with these properties; which one is meant is asked where there are several.
    pub fn input_schema(&self, properties: &[(PropertyId, String)]) -> Map<String, Value> {
        let tools = registry();
        let known = tools.iter().find(|tool| tool.name == self.name);
        let mut schema = known
            .map(|tool| plain_schema(&tool.input_schema()))
            .unwrap_or_default();
        let fields = schema.get_mut("properties");
        if let Some(fields) = fields.and_then(Value::as_object_mut) {
            say_more(fields);
            if self.way == Way::AsksForPerson {
                fields.insert(EMAIL.to_owned(), email());
            }
            if self.way != Way::Looks {
                fields.insert(DRY_RUN.to_owned(), dry_run());
            }
            if properties.len() > 1 {
                fields.insert(PROPERTY.to_owned(), property(properties));
            }
        }
        let required = schema.get_mut("required").and_then(Value::as_array_mut);
        if let Some(required) = required.filter(|_| properties.len() > 1) {
            required.push(json!(PROPERTY));
        }
        schema.as_object().cloned().unwrap_or_default()
    }
}

/// What a program has to know of an argument and a guest does not.
fn say_more(fields: &mut Map<String, Value>) {
    for (name, schema) in [
        ("agreed_total", agreed_total()),
        ("read_back", read_back()),
        ("destination", destination()),
    ] {
        if let Some(field) = fields.get_mut(name) {
            *field = schema;
        }
    }
}

fn agreed_total() -> Value {
    json!({
        "type": "object",
        "description": "The total that the guest agreed to, as the search said it. Another price than the house's is refused.",
        "properties": {
            "amount_minor": { "type": "integer", "description": "In cents, or whatever the smallest unit is." },
            "currency": { "type": "string", "description": "ISO 4217, such as USD." },
        },
        "required": ["amount_minor", "currency"],
    })
}

fn read_back() -> Value {
    json!({
        "type": "integer",
        "minimum": 0,
        "maximum": u32::MAX,
        "description": "Counts what you book for this guest in this session: 1, 2, 3 … The same number with the same details books once.",
    })
}

fn destination() -> Value {
    json!({
        "type": "object",
        "description": "Where it is to take place, for a service that travels: either of the two.",
        "properties": { "miles": { "type": "integer", "minimum": 0 }, "postcode": { "type": "string" } },
    })
}

fn dry_run() -> Value {
    json!({
        "type": "boolean",
        "description": "True answers what would happen, and nothing happens.",
    })
}

fn email() -> Value {
    json!({
        "type": "string",
        "description": "The e-mail address of the guest it is about, as in your other calls: the person finds those beside it.",
    })
}

fn property(properties: &[(PropertyId, String)]) -> Value {
    let ids: Vec<String> = properties.iter().map(|(id, _)| id.to_string()).collect();
    let named = properties
        .iter()
        .map(|(id, name)| format!("{id} is {name}"));
    let named = named.collect::<Vec<_>>().join(", ");
    json!({
        "type": "string",
        "enum": ids,
        "description": format!("Which property is meant: {named}."),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn each_tool_of_the_registry_is_offered_once_and_no_other() {
        let registered: Vec<_> = registry().iter().map(|tool| tool.name).collect();
        let offered: Vec<_> = OFFERED.iter().map(|tool| tool.name).collect();
        assert_eq!(offered, registered);
    }

    #[test]
    fn what_does_something_can_be_tried_out_and_needs_more_than_looking() {
        for tool in OFFERED {
            let schema = tool.input_schema(&[]);
            assert_eq!(schema["type"], "object", "{}", tool.name);
            let can_be_tried = schema["properties"][DRY_RUN].is_object();
            assert_eq!(can_be_tried, tool.way != Way::Looks, "{}", tool.name);
            assert!(schema["properties"][PROPERTY].is_null());
            assert!(!tool.description().is_empty());
            if tool.way == Way::Looks {
                let needs = tool.needs.unwrap().as_str();
                assert!(needs.ends_with(":read"), "{}: {needs}", tool.name);
            }
        }
    }

    #[test]
    fn which_property_is_asked_where_there_are_several() {
        let two = [
            (PropertyId::new(), "The Motel".to_owned()),
            (PropertyId::new(), "The Annex".to_owned()),
        ];
        let schema = offered("book_room").unwrap().input_schema(&two);
        assert_eq!(
            schema["properties"][PROPERTY]["enum"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
        assert!(
            schema["required"]
                .as_array()
                .unwrap()
                .contains(&json!(PROPERTY))
        );
        let asks = &schema["properties"]["agreed_total"]["properties"];
        assert!(asks["amount_minor"].is_object());
    }
}
