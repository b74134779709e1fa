//! Plays every scripted dialogue and compares the database with what the script says it must hold.

use chrono::Utc;
use diesel_async::RunQueryDsl as _;
use futures::StreamExt as _;
use motel_bookings::commands::{BookRequest, book};
use motel_bookings::{Booking, BookingSource, ReservationStatus, StayRequest};
use motel_guests::GuestDetails;
use motel_kernel::{BookingCode, Email, Party, PersonName, Phone, StayDates};
use motel_leads::Lead;
use motel_testkit::TestDb;
use toml::Value;

use crate::script::{self, Script, ScriptTurn, SellOut, SetupBooking};
use crate::stage::{OWNERS, Stage};
use crate::understudy::{TALLY, Understudy};

#[tokio::test(flavor = "multi_thread")]
async fn every_scripted_dialogue_ends_as_written() {
    play_all(Played::BuiltIn).await;
}

/// The same with a model: the calls are named by an understudy, and the guards, the verifier and the tools are the real ones.
#[tokio::test(flavor = "multi_thread")]
async fn every_scripted_dialogue_ends_as_written_with_a_model() {
    play_all(Played::WithModel).await;
    let [answers, by_model, bookings, booked] = TALLY.figures();
    println!("{by_model} of {answers} answers were a model's");
    assert!(by_model * 10 >= answers * 6, "{by_model} of {answers}");
    assert_eq!(
        bookings, booked,
        "bookings were made without the model's call"
    );
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Played {
    BuiltIn,
    WithModel,
}

async fn play_all(played: Played) {
    let scripts = script::all();
    assert!(
        std::env::var_os("DIALOGUES").is_some() || scripts.len() >= 40,
        "{} dialogues",
        scripts.len()
    );
    let only = std::env::var("DIALOGUE").ok();
    let chosen = |file: &String| only.as_ref().is_none_or(|only| file.contains(only));
    let test = TestDb::new(OWNERS).await;
    let model = Stage::set(&test, "model", Utc::now()).await;
    let plays = scripts
        .iter()
        .filter(|(file, _)| chosen(file))
        .map(|(file, script)| {
            let (test, model) = (&test, &model);
            async move { (file, script, play(test, model, file, script, played).await) }
        });
    let mut failed: Vec<String> = futures::stream::iter(plays)
        .buffer_unordered(SIDE_BY_SIDE)
        .filter(|(_, _, faults)| std::future::ready(!faults.is_empty()))
        .map(|(file, script, faults)| format!("--- {file}: {}\n{}", script.name, faults.join("\n")))
        .collect()
        .await;
    failed.sort();
    assert!(
        failed.is_empty(),
        "{} dialogues failed\n{}",
        failed.len(),
        failed.join("\n")
    );
}

/// How many dialogues are played at once, each with a motel of its own.
const SIDE_BY_SIDE: usize = 6;

/// The motel of a script as it is when the guest comes, and the booking there is already.
async fn set(
    test: &TestDb,
    model: &Stage,
    slug: &str,
    script: &Script,
) -> (Stage, Option<Booking>) {
    let stage = Stage::set_like(test, model, slug, script.clock.with_timezone(&Utc)).await;
    for sold in &script.setup.sell_out {
        sell_out(test, &stage, sold).await;
    }
    let before = match &script.setup.booking {
        Some(booking) => Some(make_booking(&stage, booking).await),
        None => None,
    };
    (stage, before)
}

async fn play(
    test: &TestDb,
    model: &Stage,
    file: &str,
    script: &Script,
    played: Played,
) -> Vec<String> {
    let (mut stage, before) = set(test, model, file, script).await;
    let mut understudy = match played {
        Played::BuiltIn => None,
        Played::WithModel => {
            let (twin, there) = set(test, model, &format!("{file}-2"), script).await;
            let codes = [&there, &before].map(|it| it.as_ref().map(|it| it.code.clone()));
            let understudy = Understudy::of(twin, codes).await;
            stage = stage.with_model(&understudy.fake).await;
            Some(understudy)
        }
    };
    let conversation = stage.conversation().await;
    let code = before.as_ref().map(|booking| booking.code.clone());
    let mut faults = Vec::new();
    for turn in &script.turns {
        let guest = filled(&turn.guest, code.as_ref());
        if let Some(understudy) = &mut understudy {
            understudy.prepare(&guest).await;
        }
        let reply = stage.say(conversation, &guest).await;
        if let Some(understudy) = &mut understudy {
            let record = stage.last_record(conversation).await;
            faults.extend(understudy.watch(&reply, &record.told));
        }
        let wrong = compare(turn, &reply.text, &reply.intent, code.as_ref());
        if std::env::var("DIALOGUE").is_ok() {
            println!(
                "> {guest}\n{}\n  [{} {:?}]\n",
                reply.text, reply.intent, reply.actions
            );
        }
        if !wrong.is_empty() {
            faults.push(format!(
                "  > {guest}\n  < [{}] {}\n  {}",
                reply.intent,
                reply.text,
                wrong.join("; ")
            ));
        }
    }
    faults.extend(compare_end(&stage, script, before.as_ref()).await);
    faults
}

fn filled(text: &str, code: Option<&BookingCode>) -> String {
    let code = code.map(ToString::to_string).unwrap_or_default();
    text.replace("{code_lower}", &code.to_lowercase())
        .replace("{code}", &code)
}

fn compare(
    turn: &ScriptTurn,
    reply: &str,
    intent: &str,
    code: Option<&BookingCode>,
) -> Vec<String> {
    let reply = reply.to_lowercase();
    let occurs = |text: &String| reply.contains(&filled(text, code).to_lowercase());
    let mut wrong = Vec::new();
    if let Some(expected) = turn.intent.as_ref().filter(|expected| *expected != intent) {
        wrong.push(format!("intent is not {expected}"));
    }
    wrong.extend(
        turn.reply_contains
            .iter()
            .filter(|text| !occurs(text))
            .map(|text| format!("lacks {text:?}")),
    );
    if !turn.reply_contains_any.is_empty() && !turn.reply_contains_any.iter().any(occurs) {
        wrong.push(format!("has none of {:?}", turn.reply_contains_any));
    }
    wrong.extend(
        turn.reply_lacks
            .iter()
            .filter(|text| occurs(text))
            .map(|text| format!("says {text:?}")),
    );
    wrong
}

async fn sell_out(test: &TestDb, stage: &Stage, sold: &SellOut) {
    let sql = format!(
        "UPDATE inventory.nightly_counters AS counter SET sold = capacity FROM inventory.unit_groups AS unit_group
         WHERE unit_group.tenant_id = counter.tenant_id AND unit_group.id = counter.unit_group_id
           AND counter.tenant_id = '{}' AND unit_group.code = '{}' AND night >= '{}' AND night < '{}'",
        stage.tenant, sold.unit_group, sold.from, sold.to
    );
    let changed = diesel::sql_query(sql)
        .execute(&mut test.admin().await)
        .await
        .unwrap();
    assert!(changed > 0, "nothing to sell out: {sold:?}");
}

async fn make_booking(stage: &Stage, wanted: &SetupBooking) -> Booking {
    let request = BookRequest {
        stays: vec![StayRequest::new(
            StayDates::new(wanted.check_in, wanted.check_out).unwrap(),
            Party::new(wanted.adults, wanted.children, wanted.pets).unwrap(),
            wanted.unit_group.clone(),
        )],
        guest: GuestDetails {
            name: PersonName::parse(&wanted.full_name).unwrap(),
            email: Email::parse(&wanted.email).unwrap(),
            phone: wanted
                .phone
                .as_deref()
                .map(|phone| Phone::parse(phone).unwrap()),
        },
        source: BookingSource::Api,
        agreed: None,
    };
    let mut tx = stage.tx().await;
    let booked = book(&mut tx, &stage.property, &request, None, stage.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    booked.booking
}

async fn compare_end(stage: &Stage, script: &Script, before: Option<&Booking>) -> Vec<String> {
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
            Some(made) => wrong.extend(differences(expected, |key| {
                booking_value(made, &code(made), key)
            })),
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
        "adults" => i64::from(lead.adults.unwrap_or_default()).into(),
        "children" => i64::from(lead.children.unwrap_or_default()).into(),
        other => panic!("a script names the unknown key {other}"),
    }
}
