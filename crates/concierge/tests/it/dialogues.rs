//! Plays every scripted dialogue and compares the database with what the script says it must hold.

use chrono::Utc;
use diesel_async::RunQueryDsl as _;
use futures::StreamExt as _;
use motel_appointments::{Appointment, By, Destination, Wishes, commands as appointments};
use motel_bookings::commands::{BookRequest, book};
use motel_bookings::{Booking, BookingSource, StayRequest};
use motel_guests::GuestDetails;
use motel_kernel::{Actor, BookingCode, Email, Party, PersonName, Phone, StayDates};
use motel_testkit::TestDb;

use crate::end_state::compare_end;
use crate::script::{self, Script, ScriptTurn, SellOut, SetupAppointment, SetupBooking};
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

/// Every second answer of the model breaks off in the middle, then the others: the guest notices nothing, and all ends as written.
#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_dies_in_the_middle_of_any_turn_is_not_noticed() {
    let one_each = [
        "happy-one-thing-at-a-time",
        "cancel-late-names-the-fee",
        "caterer-asked-in-turn",
        "studio-asked-in-turn",
        "studio-cancel-costs-half",
    ];
    let scripts: Vec<_> = script::all()
        .into_iter()
        .filter(|(file, _)| one_each.contains(&file.as_str()))
        .collect();
    assert_eq!(scripts.len(), one_each.len());
    for dying in [0, 1] {
        play_each(&scripts, Played::BreakingOff(dying)).await;
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Played {
    BuiltIn,
    WithModel,
    /// The model dies in the middle of every second turn, from that one on.
    BreakingOff(usize),
}

impl Played {
    fn breaks_off(self, turn: usize) -> bool {
        matches!(self, Self::BreakingOff(first) if turn % 2 == first)
    }
}

async fn play_all(played: Played) {
    let scripts = script::all();
    assert!(
        std::env::var_os("DIALOGUES").is_some() || scripts.len() >= 150,
        "{} dialogues",
        scripts.len()
    );
    let only = std::env::var("DIALOGUE").ok();
    let chosen: Vec<_> = scripts
        .into_iter()
        .filter(|(file, _)| only.as_ref().is_none_or(|only| file.contains(only)))
        .filter(|(_, script)| played == Played::BuiltIn || !script.without_model)
        .collect();
    play_each(&chosen, played).await;
}

async fn play_each(scripts: &[(String, Script)], played: Played) {
    let test = TestDb::new(OWNERS).await;
    let models = Models {
        motel: Stage::set(&test, "model", Utc::now()).await,
        caterer: Stage::services(&test, CATERER, "model-caterer").await,
        studio: Stage::services(&test, STUDIO, "model-studio").await,
    };
    let plays = scripts.iter().map(|(file, script)| {
        let (test, models) = (&test, &models);
        async move { (file, script, play(test, models, file, script, played).await) }
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

const CATERER: &str = "harvest-table";
const STUDIO: &str = "northlight-studio";

/// A business of each kind, whose knowledge is copied instead of read once more.
struct Models {
    motel: Stage,
    caterer: Stage,
    studio: Stage,
}

impl Models {
    async fn stage(&self, test: &TestDb, slug: &str, script: &Script) -> Stage {
        let now = script.clock.with_timezone(&Utc);
        match script.tenant.as_str() {
            CATERER => Stage::services_like(test, &self.caterer, CATERER, slug, now).await,
            STUDIO => Stage::services_like(test, &self.studio, STUDIO, slug, now).await,
            _ => Stage::set_like(test, &self.motel, slug, now).await,
        }
    }

    /// The business of a script as it is when the guest comes, and what is booked there already.
    async fn set(&self, test: &TestDb, slug: &str, script: &Script) -> Scene {
        let stage = self.stage(test, slug, script).await;
        for sold in &script.setup.sell_out {
            sell_out(test, &stage, sold).await;
        }
        crate::upsells::set(&stage, &script.setup).await;
        let before = match &script.setup.booking {
            Some(booking) => Some(make_booking(&stage, booking).await),
            None => None,
        };
        let earlier = match &script.setup.appointment {
            Some(appointment) => Some(make_appointment(&stage, appointment).await),
            None => None,
        };
        Scene {
            stage,
            before,
            earlier,
        }
    }
}

/// A business, and what is booked there before the guest comes.
struct Scene {
    stage: Stage,
    before: Option<Booking>,
    earlier: Option<Appointment>,
}

impl Scene {
    /// The code of what is booked already.
    fn code(&self) -> Option<BookingCode> {
        let booking = self.before.as_ref().map(|booking| booking.code.clone());
        booking.or_else(|| self.earlier.as_ref().map(|made| made.code.clone()))
    }
}

async fn play(
    test: &TestDb,
    models: &Models,
    file: &str,
    script: &Script,
    played: Played,
) -> Vec<String> {
    let mut scene = models.set(test, file, script).await;
    let code = scene.code();
    let mut understudy = match played {
        Played::BuiltIn => None,
        Played::WithModel | Played::BreakingOff(_) => {
            let twin = models.set(test, &format!("{file}-2"), script).await;
            let codes = [twin.code(), code.clone()];
            let understudy = Understudy::of(twin.stage, codes).await;
            scene.stage = scene.stage.with_model(&understudy.fake).await;
            Some(understudy)
        }
    };
    let stage = &scene.stage;
    let conversation = stage.conversation().await;
    let mut faults = Vec::new();
    for (number, turn) in script.turns.iter().enumerate() {
        let guest = filled(&turn.guest, code.as_ref());
        let breaks_off = played.breaks_off(number);
        match &mut understudy {
            Some(understudy) if breaks_off => understudy.prepare_to_break_off(&guest).await,
            Some(understudy) => understudy.prepare(&guest).await,
            None => {}
        }
        let reply = stage.say(conversation, &guest).await;
        if let Some(understudy) = &mut understudy {
            let record = stage.last_record(conversation).await.told;
            understudy.learn_names(&reply);
            match (breaks_off, &record.fallback) {
                (true, None) => faults.push("  the model did not break off".to_owned()),
                (true, Some(_)) => {}
                (false, _) => faults.extend(understudy.watch(&reply, &record)),
            }
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
    let (before, earlier) = (scene.before.as_ref(), scene.earlier.as_ref());
    faults.extend(compare_end(stage, script, conversation, before, earlier).await);
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

async fn make_appointment(stage: &Stage, wanted: &SetupAppointment) -> Appointment {
    let request = appointments::BookRequest {
        service: wanted.service.clone(),
        starts_at: wanted.starts_at.with_timezone(&Utc),
        wishes: Wishes {
            destination: wanted.miles.map(Destination::Miles),
            ..Wishes::for_guests(wanted.guests)
        },
        guest: GuestDetails {
            name: PersonName::parse(&wanted.full_name).unwrap(),
            email: Email::parse(&wanted.email).unwrap(),
            phone: None,
        },
        notes: String::new(),
        hold: None,
        agreed: None,
        any_notice: true,
    };
    let mut tx = stage.tx().await;
    let by = By::actor(Actor::Guest);
    let booked = appointments::book(&mut tx, &stage.property, &request, None, &by, stage.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    booked.appointment
}
