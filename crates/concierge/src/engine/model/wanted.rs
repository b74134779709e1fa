use motel_guests::GuestDetails;
use motel_kernel::{Email, Party, PersonName, Phone, StayDates};
use motel_llm::chat::ToolCall;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::tools::{
    BookRoom, BookingProof, CancelBooking, CreateLead, CreateLeadInput, CreatePaymentLink,
    HandOver, HandOverInput, ListPackages, ListPackagesInput, LookUpBooking, SearchAvailability,
    SearchAvailabilityInput, SearchKnowledge, SearchKnowledgeInput, Tool,
};

/// What a model asks for, read into the types of the tools.
#[derive(Debug)]
pub(super) enum Wanted {
    Search(SearchAvailabilityInput),
    Packages(ListPackagesInput),
    Knowledge(SearchKnowledgeInput),
    /// Something that ends the turn.
    Act(Act),
}

/// Something that changes or shows what is somebody's: a step of the house.
#[derive(Debug)]
pub(super) enum Act {
    Book(Box<RoomWanted>),
    LookUp(BookingProof),
    Cancel(BookingProof),
    Pay(BookingProof),
    Lead(Box<CreateLeadInput>),
    HandOver,
}

/// A booking as far as a model may say: what it costs, and which read-back was agreed to, it may not.
#[derive(Debug, Deserialize)]
pub(super) struct RoomWanted {
    #[serde(flatten)]
    pub(super) stay: StayDates,
    #[serde(flatten)]
    pub(super) party: Party,
    pub(super) room_type: String,
    full_name: PersonName,
    email: Email,
    #[serde(default)]
    phone: Option<Phone>,
}

impl RoomWanted {
    /// Who books.
    pub(super) fn guest(&self) -> GuestDetails {
        GuestDetails {
            name: self.full_name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
        }
    }
}

/// Tools that a model may ask for. One that is added to the registry is offered only once it is read below.
const KNOWN: [&str; 9] = [
    SearchAvailability::NAME,
    ListPackages::NAME,
    SearchKnowledge::NAME,
    BookRoom::NAME,
    LookUpBooking::NAME,
    CancelBooking::NAME,
    CreatePaymentLink::NAME,
    CreateLead::NAME,
    HandOver::NAME,
];

/// Whether a model may ask for a tool of that name.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// The longest input of a tool that is read.
const LONGEST: usize = 8_000;

/// Reads a call; what is wrong with it is said to the model.
pub(super) fn wanted(call: &ToolCall) -> Result<Wanted, String> {
    let name = call.name.as_str();
    Ok(match name {
        SearchAvailability::NAME => Wanted::Search(input(call)?),
        ListPackages::NAME => Wanted::Packages(input(call)?),
        SearchKnowledge::NAME => Wanted::Knowledge(input(call)?),
        BookRoom::NAME => Wanted::Act(Act::Book(Box::new(input(call)?))),
        LookUpBooking::NAME => Wanted::Act(Act::LookUp(input(call)?)),
        CancelBooking::NAME => Wanted::Act(Act::Cancel(input(call)?)),
        CreatePaymentLink::NAME => Wanted::Act(Act::Pay(input(call)?)),
        CreateLead::NAME => Wanted::Act(Act::Lead(Box::new(input(call)?))),
        HandOver::NAME => input::<HandOverInput>(call).map(|_| Wanted::Act(Act::HandOver))?,
        _ => return Err("there is no such tool".to_owned()),
    })
}

fn input<I: DeserializeOwned>(call: &ToolCall) -> Result<I, String> {
    if call.arguments.len() > LONGEST {
        return Err("the input is too long".to_owned());
    }
    let read: Value = serde_json::from_str(&call.arguments)
        .map_err(|_| "the input is no complete JSON".to_owned())?;
    let Value::Object(mut fields) = read else {
        return Err("the input is no JSON object".to_owned());
    };
    // What is required in the strict form and is not known is null.
    fields.retain(|_, value| !value.is_null());
    serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    fn call(name: &str, arguments: impl ToString) -> ToolCall {
        ToolCall {
            id: "call_0".to_owned(),
            name: name.to_owned(),
            arguments: arguments.to_string(),
        }
    }

    #[test]
    fn a_whole_input_is_read_and_null_is_nothing() {
        let input = json!({
            "check_in": "2027-01-10", "check_out": "2027-01-12", "adults": 2, "children": null, "pets": null,
            "room_type": "standard_queen", "full_name": "Ada Ross", "email": "ada@example.com", "phone": null,
        });
        let Wanted::Act(Act::Book(room)) = wanted(&call("book_room", input)).unwrap() else {
            unreachable!("a booking");
        };
        assert_eq!((room.party.adults(), room.guest().phone), (2, None));
    }

    #[test]
    fn what_is_offered_is_there_and_is_read() {
        let registry = crate::tools::registry();
        for name in KNOWN {
            assert!(registry.iter().any(|tool| tool.name == name), "{name}");
            let error = wanted(&call(name, "no JSON")).unwrap_err();
            assert!(error.contains("JSON"), "{name}: {error}");
        }
    }

    #[test]
    fn a_wrong_tool_and_a_wrong_input_are_told_apart() {
        for (call, says) in [
            (call("drop_tables", "{}"), "no such tool"),
            (call("search_availability", "{\"check_in\": \"2027"), "JSON"),
            (call("search_availability", "[]"), "object"),
            (call("search_availability", "{}"), "missing"),
            (
                call(
                    "search_availability",
                    json!({"check_in": "2027-01-12", "check_out": "2027-01-10", "adults": 2}),
                ),
                "",
            ),
            (
                call("look_up_booking", json!({"code": "x", "email": "y"})),
                "",
            ),
            (
                call("hand_over", json!({"reason": "x".repeat(9_000)})),
                "too long",
            ),
        ] {
            let error = wanted(&call).unwrap_err();
            assert!(error.contains(says), "{call:?}: {error}");
        }
    }
}
