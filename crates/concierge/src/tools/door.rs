use motel_appointments::AppointmentError;
use motel_billing::BillingError;
use motel_bookings::BookingError;
use motel_db::TenantTx;
use motel_kernel::{BookingCode, BookingId, Money};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{
    AppointmentSeen, BookAppointment, BookRoom, BookingProof, BookingSeen, CancelAppointment,
    CancelBooking, CreateLead, CreatePaymentLink, Desk, HandOver, ListPackages, ListServices,
    LookUpAppointment, LookUpBooking, SearchAvailability, SearchKnowledge, SearchKnowledgeInput,
    SearchTimes, Tool, ToolError, plain_schema, view,
};

/// What a tool did that was called by its name.
#[derive(Debug, Clone)]
pub struct Called {
    /// What it answers, as JSON.
    pub result: Value,
    /// One word or short phrase for the record.
    pub outcome: String,
    /// What it booked.
    pub booked: Option<BookedNow>,
}

/// Something that a call booked, or had booked before under the same number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedNow {
    /// What kind of thing.
    pub sold: Sold,
    /// What the guest quotes.
    pub code: BookingCode,
    /// What it costs.
    pub total: Money,
    /// True when an earlier call with the same number had booked it.
    pub replayed: bool,
}

motel_db::text_enum! {
    /// What was booked.
    pub enum Sold {
        /// A room.
        Stay = "stay",
        /// A service at a time.
        Appointment = "appointment",
    }
}

/// A booking for which a payment page can be made, and what is due for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payable {
    /// The booking.
    pub booking: BookingId,
    /// What its page would ask for.
    pub amount: Money,
}

/// Calls a tool of the [`registry`](super::registry) by its name, for whoever is no guest in a chat: JSON in, JSON out. A booking of
/// another property than the desk's is not found.
///
/// [`CreatePaymentLink`] runs outside of any transaction and is not called here: see [`payable`].
///
/// # Errors
/// [`ToolError::Refused`] with `unknown_tool`, with `invalid_input` for what the tool's schema does not describe, and with the domains'
/// own codes; [`ToolError::Fault`] otherwise.
pub async fn call(
    tx: &mut TenantTx,
    desk: &Desk<'_>,
    name: &str,
    input: Value,
) -> Result<Called, ToolError> {
    match name {
        SearchAvailability::NAME => run::<SearchAvailability>(tx, desk, input, view::rooms).await,
        ListPackages::NAME => {
            let currency = desk.property.currency;
            let shown = |found: &Vec<_>| view::packages(found, currency);
            run::<ListPackages>(tx, desk, input, shown).await
        }
        BookRoom::NAME => book_room(tx, desk, input).await,
        LookUpBooking::NAME => {
            let proof = read::<LookUpBooking>(input)?;
            let seen = own_booking(tx, desk, proof).await?;
            Ok(told::<LookUpBooking>(&seen, view::booking))
        }
        CancelBooking::NAME => {
            let proof = read::<CancelBooking>(input)?;
            own_booking(tx, desk, proof.clone()).await?;
            let cancelled = CancelBooking::run(tx, desk, proof).await?;
            Ok(told::<CancelBooking>(&cancelled, view::cancelled))
        }
        ListServices::NAME => {
            run::<ListServices>(tx, desk, input, |found| view::services(found)).await
        }
        SearchTimes::NAME => run::<SearchTimes>(tx, desk, input, view::times).await,
        BookAppointment::NAME => book_appointment(tx, desk, input).await,
        LookUpAppointment::NAME => {
            let proof = read::<LookUpAppointment>(input)?;
            let seen = own_appointment(tx, desk, proof).await?;
            Ok(told::<LookUpAppointment>(&seen, view::appointment_seen))
        }
        CancelAppointment::NAME => {
            let proof = read::<CancelAppointment>(input)?;
            own_appointment(tx, desk, proof.clone()).await?;
            let effect = CancelAppointment::run(tx, desk, proof).await?;
            Ok(told::<CancelAppointment>(&effect, view::called_off))
        }
        CreateLead::NAME => run::<CreateLead>(tx, desk, input, view::lead).await,
        SearchKnowledge::NAME => {
            let asked: SearchKnowledgeInput = read::<SearchKnowledge>(input.clone())?;
            let policies = &desk.property.policies;
            let shown = |found: &Vec<_>| view::passages(found, &asked.question, policies);
            run::<SearchKnowledge>(tx, desk, input, shown).await
        }
        HandOver::NAME => run::<HandOver>(tx, desk, input, |()| view::handed_over()).await,
        _ => Err(ToolError::refused("unknown_tool", "there is no such tool")),
    }
}

/// What [`CreatePaymentLink`] may be run for: the booking that was proved, and what is due for it now.
///
/// # Errors
/// As for [`call`]; `nothing_due`.
pub async fn payable(
    tx: &mut TenantTx,
    desk: &Desk<'_>,
    input: Value,
) -> Result<Payable, ToolError> {
    let proof: BookingProof = from_fields(input, &schema_of(CreatePaymentLink::NAME))?;
    let booking = own_booking(tx, desk, proof).await?.booking;
    let due = motel_billing::queries::due(tx, &booking, desk.now).await?;
    let amount = match due.now.minor() {
        0 => due.rest,
        _ => due.now,
    };
    match amount.minor() {
        1.. => Ok(Payable {
            booking: booking.id,
            amount,
        }),
        _ => Err(BillingError::NothingDue.into()),
    }
}

async fn run<T: Tool>(
    tx: &mut TenantTx,
    desk: &Desk<'_>,
    input: Value,
    shown: impl FnOnce(&T::Output) -> Value,
) -> Result<Called, ToolError> {
    let input = read::<T>(input)?;
    let output = T::run(tx, desk, input).await?;
    Ok(told::<T>(&output, shown))
}

fn told<T: Tool>(output: &T::Output, shown: impl FnOnce(&T::Output) -> Value) -> Called {
    Called {
        result: shown(output),
        outcome: T::outcome(output),
        booked: None,
    }
}

async fn book_room(tx: &mut TenantTx, desk: &Desk<'_>, input: Value) -> Result<Called, ToolError> {
    let input = read::<BookRoom>(input)?;
    let booked = BookRoom::run(tx, desk, input).await?;
    let now = BookedNow {
        sold: Sold::Stay,
        code: booked.booking.code.clone(),
        total: booked.booking.total(),
        replayed: booked.replayed,
    };
    let outcome = BookRoom::outcome(&booked);
    let seen = BookingSeen::of(tx, desk, booked.booking).await?;
    Ok(Called {
        result: with_replayed(view::booking(&seen), now.replayed),
        outcome,
        booked: Some(now),
    })
}

async fn book_appointment(
    tx: &mut TenantTx,
    desk: &Desk<'_>,
    input: Value,
) -> Result<Called, ToolError> {
    let input = read::<BookAppointment>(input)?;
    let booked = BookAppointment::run(tx, desk, input).await?;
    let now = BookedNow {
        sold: Sold::Appointment,
        code: booked.appointment.code.clone(),
        total: booked.appointment.price.total,
        replayed: booked.replayed,
    };
    let result = view::appointment(&booked.appointment);
    Ok(Called {
        result: with_replayed(result, now.replayed),
        outcome: BookAppointment::outcome(&booked),
        booked: Some(now),
    })
}

fn with_replayed(mut result: Value, replayed: bool) -> Value {
    if let Some(fields) = result.as_object_mut() {
        fields.insert("booked_before".to_owned(), json!(replayed));
    }
    result
}

/// A booking of the desk's property, to who proves it.
async fn own_booking(
    tx: &mut TenantTx,
    desk: &Desk<'_>,
    proof: BookingProof,
) -> Result<BookingSeen, ToolError> {
    let seen = LookUpBooking::run(tx, desk, proof).await?;
    match seen.booking.property == desk.property.id {
        true => Ok(seen),
        false => Err(BookingError::NotFound.into()),
    }
}

/// An appointment of the desk's property, to who proves it.
async fn own_appointment(
    tx: &mut TenantTx,
    desk: &Desk<'_>,
    proof: BookingProof,
) -> Result<AppointmentSeen, ToolError> {
    let seen = LookUpAppointment::run(tx, desk, proof).await?;
    match seen.appointment.property == desk.property.id {
        true => Ok(seen),
        false => Err(AppointmentError::NotFound("appointment").into()),
    }
}

fn read<T: Tool>(input: Value) -> Result<T::Input, ToolError> {
    from_fields(input, &schema_of(T::NAME))
}

fn schema_of(name: &str) -> Value {
    let tools = super::registry();
    let tool = tools.iter().find(|tool| tool.name == name);
    tool.map(|tool| plain_schema(&tool.input_schema()))
        .unwrap_or_default()
}

/// Reads an input. A field that the tool does not know is refused: who sends one expects something of it.
fn from_fields<I: DeserializeOwned>(input: Value, schema: &Value) -> Result<I, ToolError> {
    let invalid = |reason: String| ToolError::refused("invalid_input", reason);
    let mut fields = match input {
        Value::Object(fields) => fields,
        Value::Null => Map::new(),
        _ => return Err(invalid("the input is no JSON object".to_owned())),
    };
    let known = schema["properties"].as_object();
    let stranger = fields
        .keys()
        .find(|name| known.is_none_or(|known| !known.contains_key(*name)));
    if let Some(name) = stranger {
        let name: String = name.chars().take(60).collect();
        return Err(invalid(format!("there is no field {name:?}")));
    }
    // What may be left out may be null instead.
    fields.retain(|_, value| !value.is_null());
    serde_json::from_value(Value::Object(fields)).map_err(|error| invalid(error.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read_room(input: Value) -> Result<super::super::BookRoomInput, ToolError> {
        read::<BookRoom>(input)
    }

    fn room() -> Value {
        json!({
            "check_in": "2027-01-10", "check_out": "2027-01-12", "adults": 2, "children": null,
            "room_type": "standard_queen", "full_name": "Ada Ross", "email": "ada@example.com", "phone": null,
            "agreed_total": { "amount_minor": 20000, "currency": "USD" }, "read_back": 1,
        })
    }

    #[test]
    fn a_whole_input_is_read_and_null_is_nothing() {
        let input = read_room(room()).unwrap();
        assert_eq!((input.party.adults(), input.phone), (2, None));
    }

    #[test]
    fn what_a_tool_does_not_know_is_refused_and_not_passed_over() {
        for (name, value) in [
            ("discount", json!(10)),
            ("discount_percent", json!(1)),
            ("rate", json!("free")),
        ] {
            let mut input = room();
            input
                .as_object_mut()
                .unwrap()
                .insert(name.to_owned(), value);
            let error = read_room(input).unwrap_err();
            assert_eq!(error.code(), "invalid_input");
            assert!(error.to_string().contains(name), "{error}");
        }
        for wrong in [json!([]), json!("x"), json!({}), Value::Null] {
            assert_eq!(read_room(wrong).unwrap_err().code(), "invalid_input");
        }
    }
}
