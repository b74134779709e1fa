use motel_guests::GuestDetails;
use motel_kernel::{Email, Party, PersonName, Phone, StayDates};
use motel_llm::chat::ToolCall;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::session_wanted::{SessionWanted, TimesWanted};
use crate::tools::{
    BookAppointment, BookRoom, BookingProof, CancelAppointment, CancelBooking, CreateLead,
    CreateLeadInput, CreatePaymentLink, HandOver, HandOverInput, ListPackages, ListPackagesInput,
    ListServices, ListServicesInput, LookUpAppointment, LookUpBooking, SearchAvailability,
    SearchAvailabilityInput, SearchKnowledge, SearchKnowledgeInput, SearchTimes, SearchTimesInput,
    Tool,
};

/// What a model asks for, read into the types of the tools.
#[derive(Debug)]
pub(super) enum Wanted {
    Search(SearchAvailabilityInput),
    Packages(ListPackagesInput),
    Services(ListServicesInput),
    Times(SearchTimesInput),
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
    BookSession(Box<SessionWanted>),
    LookUpSession(BookingProof),
    CancelSession(BookingProof),
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
const FOR_EITHER: [&str; 3] = [SearchKnowledge::NAME, CreateLead::NAME, HandOver::NAME];
/// Where rooms are sold.
const FOR_ROOMS: [&str; 6] = [
    SearchAvailability::NAME,
    ListPackages::NAME,
    BookRoom::NAME,
    LookUpBooking::NAME,
    CancelBooking::NAME,
    CreatePaymentLink::NAME,
];
/// Where services are sold by appointment.
const FOR_SERVICES: [&str; 5] = [
    ListServices::NAME,
    SearchTimes::NAME,
    BookAppointment::NAME,
    LookUpAppointment::NAME,
    CancelAppointment::NAME,
];

/// Whether a model may ask for a tool of that name, where rooms or services are sold.
pub(super) fn is_offered(name: &str, rooms: bool, services: bool) -> bool {
    FOR_EITHER.contains(&name)
        || rooms && FOR_ROOMS.contains(&name)
        || services && FOR_SERVICES.contains(&name)
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
        ListServices::NAME => Wanted::Services(input(call)?),
        SearchTimes::NAME => Wanted::Times(input::<TimesWanted>(call)?.into()),
        BookAppointment::NAME => Wanted::Act(Act::BookSession(Box::new(input(call)?))),
        LookUpAppointment::NAME => Wanted::Act(Act::LookUpSession(input(call)?)),
        CancelAppointment::NAME => Wanted::Act(Act::CancelSession(input(call)?)),
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
    use motel_appointments::Destination;
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
    fn an_appointment_is_read_on_the_clock_of_the_house() {
        let input = json!({
            "service": "feast", "day": "2026-12-20", "time": "18:30", "guests": 8, "miles": 12, "postcode": null,
            "full_name": "Ada Ross", "email": "ada@example.com", "phone": null,
        });
        let Wanted::Act(Act::BookSession(wanted)) =
            wanted(&call("book_appointment", input)).unwrap()
        else {
            unreachable!("an appointment");
        };
        assert_eq!(wanted.time.to_string(), "18:30:00");
        assert_eq!(wanted.destination(), Some(Destination::Miles(12)));
        let times = json!({"service": "feast", "day": "2026-12-20", "guests": 8, "miles": null, "postcode": " 97201-4455-66 "});
        let Wanted::Times(times) = super::wanted(&call("search_times", times)).unwrap() else {
            unreachable!("times");
        };
        let cut = Destination::Postcode("97201-4455".to_owned());
        assert_eq!(times.destination, Some(cut));
    }

    #[test]
    fn what_is_offered_is_there_and_is_read() {
        let registry = crate::tools::registry();
        for tool in &registry {
            let name = tool.name;
            assert!(is_offered(name, true, true), "{name} is told to no model");
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
                call(
                    "search_times",
                    json!({"service": "x", "day": "soon", "guests": 1}),
                ),
                "",
            ),
            (call("book_appointment", json!({"service": "x"})), "missing"),
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
