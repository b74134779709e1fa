use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use motel_bookings::Booking;
use motel_conversations::ConversationSummary;
use motel_kernel::{BookingId, Money};
use motel_leads::Lead;
use motel_tenancy::Property;
use motel_voice::{Call, CallStatus, Provider};
use motel_web::words;

use super::{Rooms, status};
use crate::view::{BookingRow, CallRow, ConversationRow, Desk, LeadRow, Movements, StayRow, Tile};

/// What the domains say about a day at the desk.
pub(crate) struct Day {
    pub(crate) today: NaiveDate,
    pub(crate) arrivals: Vec<Booking>,
    pub(crate) departures: Vec<Booking>,
    pub(crate) balances: HashMap<BookingId, Money>,
    pub(crate) in_house: i64,
    pub(crate) free_tonight: u32,
    pub(crate) bookings: Vec<Booking>,
    pub(crate) leads: Vec<Lead>,
    pub(crate) conversations: Vec<ConversationSummary>,
    pub(crate) calls: Vec<Call>,
}

/// The desk's lists.
pub(crate) fn desk(day: &Day, rooms: &Rooms, property: &Property) -> Desk {
    let zone = property.timezone;
    Desk {
        today: words::day(day.today),
        place: property.name.clone(),
        has_rooms: !rooms.groups.is_empty(),
        tiles: tiles(day, rooms),
        movements: vec![
            movements(
                "arrivals",
                "Arriving today",
                "Nobody arrives today.",
                &day.arrivals,
                day,
                rooms,
            ),
            movements(
                "departures",
                "Leaving today",
                "Nobody leaves today.",
                &day.departures,
                day,
                rooms,
            ),
        ],
        bookings: day
            .bookings
            .iter()
            .map(|booking| booking_row(booking, rooms, zone))
            .collect(),
        leads: day.leads.iter().map(lead_row).collect(),
        conversations: day
            .conversations
            .iter()
            .map(|talk| conversation_row(talk, zone))
            .collect(),
        calls: day.calls.iter().map(|call| call_row(call, zone)).collect(),
    }
}

fn tiles(day: &Day, rooms: &Rooms) -> Vec<Tile> {
    let tile = |figure: String, label| Tile { figure, label };
    if rooms.groups.is_empty() {
        return vec![
            tile(day.leads.len().to_string(), "latest leads"),
            tile(day.conversations.len().to_string(), "latest conversations"),
        ];
    }
    vec![
        tile(day.arrivals.len().to_string(), "arriving"),
        tile(day.departures.len().to_string(), "leaving"),
        tile(day.in_house.to_string(), "rooms taken tonight"),
        tile(day.free_tonight.to_string(), "rooms free tonight"),
    ]
}

fn movements(
    id: &'static str,
    heading: &'static str,
    nothing: &'static str,
    bookings: &[Booking],
    day: &Day,
    rooms: &Rooms,
) -> Movements {
    let stays = bookings.iter().map(|booking| StayRow {
        code: booking.code.to_string(),
        guest: booking.booker.name.to_string(),
        party: words::party(booking.first().party),
        room: rooms.name(booking.first()),
        nights: booking.first().dates.night_count(),
        balance: day
            .balances
            .get(&booking.id)
            .map(Money::to_string)
            .unwrap_or_default(),
    });
    Movements {
        id,
        heading,
        nothing,
        stays: stays.collect(),
    }
}

fn booking_row(booking: &Booking, rooms: &Rooms, zone: Tz) -> BookingRow {
    let (status, tone) = status(booking.status());
    BookingRow {
        code: booking.code.to_string(),
        guest: booking.booker.name.to_string(),
        room: rooms.kind(booking.first()),
        stay: words::range(booking.first().dates),
        status,
        tone,
        total: booking.total().to_string(),
        when: words::moment(booking.created_at, zone),
    }
}

fn lead_row(lead: &Lead) -> LeadRow {
    let contact = [
        lead.email.as_ref().map(ToString::to_string),
        lead.phone.as_ref().map(ToString::to_string),
    ];
    LeadRow {
        number: lead.number.to_string(),
        name: lead.full_name(),
        contact: contact
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
        wants: wants(lead),
        status: lead.status.to_string(),
    }
}

fn wants(lead: &Lead) -> String {
    let day = |date: NaiveDate| date.format("%b %-d").to_string();
    let dates = [lead.check_in.map(day), lead.check_out.map(day)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" – ");
    let people = lead
        .adults
        .map(|adults| words::count(u32::from(adults.unsigned_abs()), "adult"));
    let parts = [Some(dates).filter(|dates| !dates.is_empty()), people];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn conversation_row(talk: &ConversationSummary, zone: Tz) -> ConversationRow {
    let newest = talk
        .newest
        .as_ref()
        .map_or("Nothing said yet", |turn| turn.text.as_str());
    ConversationRow {
        id: talk.conversation.id.to_string(),
        words: newest.chars().take(120).collect(),
        channel: talk.conversation.channel.to_string(),
        when: words::moment(talk.conversation.last_message_at, zone),
    }
}

fn call_row(call: &Call, zone: Tz) -> CallRow {
    let (status, tone) = match call.status {
        CallStatus::InProgress => ("on the line", "accent"),
        CallStatus::Completed => ("completed", "good"),
        CallStatus::Incomplete => ("hung up", "warn"),
    };
    let unknown = match call.provider {
        Provider::Simulated => "Simulated call",
        Provider::Twilio => "Number withheld",
    };
    CallRow {
        id: call.id.to_string(),
        from: call
            .from_number
            .clone()
            .unwrap_or_else(|| unknown.to_owned()),
        status: status.to_owned(),
        tone,
        when: words::moment(call.started_at, zone),
        transcript: Some(format!("/console/conversations/{}", call.conversation_id)),
    }
}
