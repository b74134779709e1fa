use chrono_tz::Tz;
use motel_billing::commands::Taken;
use motel_billing::{EventState, PaymentEvent};
use motel_web::words;

use crate::view::PaymentEventRow;

/// What gateways told, in plain words.
pub(crate) fn payment_events(events: &[PaymentEvent], zone: Tz) -> Vec<PaymentEventRow> {
    events.iter().map(|event| row(event, zone)).collect()
}

fn row(event: &PaymentEvent, zone: Tz) -> PaymentEventRow {
    let (state, tone) = match event.state {
        EventState::Received => ("Waiting", "warn"),
        EventState::Taken => ("Taken", "good"),
        EventState::Failed => ("Failed", "bad"),
    };
    PaymentEventRow {
        id: event.id.to_string(),
        gateway: event.gateway.to_string(),
        what: sentence_case(&event.kind.replace('_', " ")),
        booking: event.booking_code.clone(),
        when: words::moment(event.received_at, zone),
        state,
        tone,
        outcome: outcome(event, zone),
        can_be_replayed: event.state != EventState::Taken,
    }
}

fn outcome(event: &PaymentEvent, zone: Tz) -> String {
    if let Some(taken) = event.outcome {
        return of(taken).to_owned();
    }
    let Some(failure) = &event.failure else {
        return "Nothing was made of it yet.".to_owned();
    };
    let next = match event.try_at {
        Some(at) => format!("it is tried again {}", words::moment(at, zone)),
        None => "it is not tried again by itself".to_owned(),
    };
    format!("Attempt {}: {failure} – {next}.", event.attempts)
}

fn of(taken: Taken) -> &'static str {
    match taken {
        Taken::Posted => "Posted.",
        Taken::PostedBefore => "Was posted before.",
        Taken::OtherAmount => "Posted, and it is another amount than was asked for.",
        Taken::Closed => "The link came to its end.",
        Taken::Noted => "Nothing follows from it.",
        Taken::Refused => "It cannot be true; nothing was posted.",
        Taken::Duplicate => "Was taken before.",
    }
}

fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
