//! What the database must hold when a dialogue is over.

use motel_appointments::queries::AppointmentFilter;
use motel_appointments::{Appointment, AppointmentStatus};
use motel_bookings::{Booking, ReservationStatus};
use motel_conversations::Status;
use motel_kernel::ConversationId;
use motel_leads::Lead;
use toml::Value;

use crate::script::Script;
use crate::stage::Stage;

/// Everything that differs from what the script expects. `before` and `earlier` were there already.
pub(crate) async fn compare_end(
    stage: &Stage,
    script: &Script,
    conversation: ConversationId,
    before: Option<&Booking>,
    earlier: Option<&Appointment>,
) -> Vec<String> {
    let mut wrong = compare_stays(stage, script, before).await;
    wrong.extend(compare_appointments(stage, script, earlier).await);
    wrong.extend(crate::upsells::compare(stage, &script.expect.upsells).await);
    let mut tx = stage.tx().await;
    let now = motel_conversations::queries::find(&mut tx, conversation)
        .await
        .unwrap();
    let handed_over = now.status == Status::HandedOver;
    if script
        .expect
        .handed_over
        .is_some_and(|expected| expected != handed_over)
    {
        wrong.push(format!("  handed over: {handed_over}"));
    }
    wrong
}

async fn compare_appointments(
    stage: &Stage,
    script: &Script,
    earlier: Option<&Appointment>,
) -> Vec<String> {
    let mut tx = stage.tx().await;
    let filter = AppointmentFilter::default();
    let all = motel_appointments::queries::list(&mut tx, stage.property.id, &filter, None, 100)
        .await
        .unwrap();
    let services = motel_appointments::queries::services(&mut tx, stage.property.id, true)
        .await
        .unwrap();
    let count = |status| all.iter().filter(|one| one.status == status).count();
    let expect = &script.expect;
    let mut wrong = Vec::new();
    for (what, found, expected) in [
        (
            "appointments",
            count(AppointmentStatus::Booked),
            expect.appointments,
        ),
        (
            "called off",
            count(AppointmentStatus::Cancelled),
            expect.called_off,
        ),
    ] {
        if found != expected {
            wrong.push(format!("  {found} {what} at the end, not {expected}"));
        }
    }
    let made = all
        .iter()
        .find(|one| earlier.is_none_or(|old| old.id != one.id));
    if let Some(expected) = &expect.appointment {
        match made {
            Some(made) => {
                let service = services.iter().find(|service| service.id == made.service);
                let code = service
                    .map(|service| service.details.code.clone())
                    .unwrap_or_default();
                let zone = stage.property.timezone;
                wrong.extend(differences(expected, |key| {
                    appointment_value(made, &code, zone, key)
                }));
            }
            None => wrong.push("  no appointment was made".to_owned()),
        }
    }
    wrong
}

fn appointment_value(made: &Appointment, service: &str, zone: chrono_tz::Tz, key: &str) -> Value {
    let phone = made.booker.phone.as_ref().map(ToString::to_string);
    match key {
        "service" => service.into(),
        "starts" => made
            .starts_at
            .with_timezone(&zone)
            .format("%Y-%m-%d %H:%M")
            .to_string()
            .into(),
        "guests" => i64::from(made.wishes.guests).into(),
        "full_name" => made.booker.name.to_string().into(),
        "email" => made.booker.email.to_string().into(),
        "phone" => phone.unwrap_or_default().into(),
        "total_minor" => made.price.total.minor().into(),
        other => panic!("a script names the unknown key {other}"),
    }
}

async fn compare_stays(stage: &Stage, script: &Script, before: Option<&Booking>) -> Vec<String> {
    let mut tx = stage.tx().await;
    let bookings = motel_bookings::queries::newest(&mut tx, 100).await.unwrap();
    let leads = motel_leads::queries::recent(&mut tx, 100).await.unwrap();
    let groups = motel_inventory::queries::unit_groups(&mut tx, stage.property.id)
        .await
        .unwrap();
    let count = |status| {
        bookings
            .iter()
            .filter(|booking| booking.status() == status)
            .count()
    };
    let expect = &script.expect;
    let mut wrong = Vec::new();
    for (what, found, expected) in [
        (
            "bookings",
            count(ReservationStatus::Confirmed),
            expect.bookings,
        ),
        (
            "cancelled",
            count(ReservationStatus::Cancelled),
            expect.cancelled,
        ),
        ("leads", leads.len(), expect.leads),
    ] {
        if found != expected {
            wrong.push(format!("  {found} {what} at the end, not {expected}"));
        }
    }
    let made = bookings
        .iter()
        .find(|booking| before.is_none_or(|old| old.id != booking.id));
    if let Some(expected) = &expect.booking {
        let code = |booking: &Booking| {
            let group = groups
                .iter()
                .find(|group| group.id == booking.first().unit_group);
            group.map(|group| group.code.clone()).unwrap_or_default()
        };
        match made {
            Some(made) => {
                let owed = crate::upsells::owed(stage, made).await;
                wrong.extend(differences(expected, |key| match key {
                    "owed_minor" => owed.into(),
                    key => booking_value(made, &code(made), key),
                }));
            }
            None => wrong.push("  no booking was made".to_owned()),
        }
    }
    if let Some(expected) = &expect.lead {
        match leads.as_slice().iter().next() {
            Some(lead) => wrong.extend(differences(expected, |key| lead_value(lead, key))),
            None => wrong.push("  no lead was taken".to_owned()),
        }
    }
    wrong
}

fn differences(expected: &toml::Table, found: impl Fn(&str) -> Value) -> Vec<String> {
    let pairs = expected.iter().map(|(key, value)| (key, value, found(key)));
    let wrong = pairs.filter(|(_, value, found)| *value != found);
    wrong
        .map(|(key, value, found)| format!("  {key} is {found}, not {value}"))
        .collect()
}

fn booking_value(booking: &Booking, code: &str, key: &str) -> Value {
    let (dates, party) = (booking.first().dates, booking.first().party);
    let phone = booking.booker.phone.as_ref().map(ToString::to_string);
    match key {
        "unit_group" => code.into(),
        "check_in" => dates.arrival().to_string().into(),
        "check_out" => dates.departure().to_string().into(),
        "adults" => i64::from(party.adults()).into(),
        "children" => i64::from(party.children()).into(),
        "pets" => i64::from(party.pets()).into(),
        "full_name" => booking.booker.name.to_string().into(),
        "email" => booking.booker.email.to_string().into(),
        "phone" => phone.unwrap_or_default().into(),
        "total_minor" => booking.total().minor().into(),
        "package" => booking.first().package_code().unwrap_or_default().into(),
        other => panic!("a script names the unknown key {other}"),
    }
}

fn lead_value(lead: &Lead, key: &str) -> Value {
    let text = |value: Option<String>| Value::String(value.unwrap_or_default());
    match key {
        "full_name" => lead.full_name().into(),
        "email" => text(lead.email.as_ref().map(ToString::to_string)),
        "phone" => text(lead.phone.as_ref().map(ToString::to_string)),
        "check_in" => text(lead.check_in.map(|day| day.to_string())),
        "check_out" => text(lead.check_out.map(|day| day.to_string())),
        "notes" => lead.notes.clone().into(),
        "adults" => i64::from(lead.adults.unwrap_or_default()).into(),
        "children" => i64::from(lead.children.unwrap_or_default()).into(),
        other => panic!("a script names the unknown key {other}"),
    }
}
