//! A model for scripted dialogues. What it calls and says is what the built-in engine did with the same words in a twin of the motel, a
//! message ahead; whether that may be done and said in this motel is for the engine's guards, its verifier and its tools, which are real.

use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use motel_conversations::{EngineKind, NewTurnRecord, Reply};
use motel_kernel::{BookingCode, ConversationId};
use motel_llm::testing::{FakeModel, Say};
use serde_json::{Value, json};

use crate::stage::Stage;

/// Tools that only read, whose answers the model hears before it goes on.
const READS: &[&str] = &[
    "search_availability",
    "list_packages",
    "search_knowledge",
    "list_services",
    "search_times",
];

/// How the built-in engine shows what a code looks like.
const EXAMPLE: &str = " It looks like RM-7K3F9Q.";

/// Reasons for which the built-in engine may answer: steps that are the house's own, and numbers of cards.
const EXPECTED: &[&str] = &["house_step", "card_number"];

/// How many answers there were, how many of them a model gave, and the same of bookings made: dialogues that the built-in engine plays
/// alone would end well, too.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    answers: AtomicUsize,
    by_model: AtomicUsize,
    bookings: AtomicUsize,
    booked_by_model: AtomicUsize,
}

pub(crate) static TALLY: Tally = Tally {
    answers: AtomicUsize::new(0),
    by_model: AtomicUsize::new(0),
    bookings: AtomicUsize::new(0),
    booked_by_model: AtomicUsize::new(0),
};

impl Tally {
    /// Answers, those by a model; bookings, those by a model.
    pub(crate) fn figures(&self) -> [usize; 4] {
        let of = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        [
            &self.answers,
            &self.by_model,
            &self.bookings,
            &self.booked_by_model,
        ]
        .map(of)
    }
}

fn count(reply: &Reply, record: &NewTurnRecord) {
    let by_model = usize::from(record.engine == EngineKind::Model);
    // Where a rule brings in a person, the house answers and no model is asked.
    let by_rule = record.details["hand_over"]
        .as_array()
        .is_some_and(|rules| !rules.is_empty());
    let booked = usize::from(code_made(reply).is_some() && !by_rule);
    TALLY.answers.fetch_add(1, Ordering::Relaxed);
    TALLY.by_model.fetch_add(by_model, Ordering::Relaxed);
    TALLY.bookings.fetch_add(booked, Ordering::Relaxed);
    TALLY
        .booked_by_model
        .fetch_add(by_model * booked, Ordering::Relaxed);
}

/// The code of what was booked with an answer, a room or an appointment.
fn code_made(reply: &Reply) -> Option<String> {
    let room = reply
        .booking
        .as_ref()
        .map(|booking| booking.code.to_string());
    let made = |tool: &str, outcome: &str| tool == "book_appointment" && outcome.starts_with("RM-");
    let mut actions = reply.actions.iter();
    let session = actions.find(|action| made(&action.tool, &action.outcome));
    room.or_else(|| session.map(|action| action.outcome.clone()))
}

pub(crate) struct Understudy {
    pub(crate) fake: FakeModel,
    twin: Stage,
    conversation: ConversationId,
    /// Codes and numbers of the twin, and those of the motel.
    names: Vec<(String, String)>,
    /// What the twin answered last.
    ahead: Option<Reply>,
}

impl Understudy {
    pub(crate) async fn of(twin: Stage, codes: [Option<BookingCode>; 2]) -> Self {
        let names = match codes {
            [Some(there), Some(here)] => vec![(there.to_string(), here.to_string())],
            _ => Vec::new(),
        };
        let conversation = twin.conversation().await;
        Self {
            fake: FakeModel::saying(vec![]),
            twin,
            conversation,
            names,
            ahead: None,
        }
    }

    /// The same, and the model falls silent in the middle of its last line.
    pub(crate) async fn prepare_to_break_off(&mut self, guest: &str) {
        let mut lines = self.learn(guest).await;
        lines.pop();
        lines.push(Say::HalfAStream("One mom".to_owned()));
        self.fake.now_saying(lines);
    }

    /// Plays the message in the twin, and learns the lines for it.
    pub(crate) async fn prepare(&mut self, guest: &str) {
        let lines = self.learn(guest).await;
        self.fake.now_saying(lines);
    }

    async fn learn(&mut self, guest: &str) -> Vec<Say> {
        let reply = self.twin.say(self.conversation, &self.in_twin(guest)).await;
        let record = self.twin.last_record(self.conversation).await.told;
        let lines = self.lines(&reply, &record);
        self.ahead = Some(reply);
        lines
    }

    /// Notes what is called otherwise here than in the twin.
    pub(crate) fn learn_names(&mut self, reply: &Reply) {
        let there = self.ahead.take().and_then(|ahead| code_made(&ahead));
        self.names.extend(there.zip(code_made(reply)));
    }

    /// What went wrong, if anything did.
    pub(crate) fn watch(&mut self, reply: &Reply, record: &NewTurnRecord) -> Option<String> {
        count(reply, record);
        let why = record.fallback.as_deref()?;
        let expected = EXPECTED.contains(&why);
        (!expected).then(|| {
            format!(
                "  the model did not answer: {why}: {}",
                record.details["withheld"]
            )
        })
    }

    fn lines(&self, reply: &Reply, record: &NewTurnRecord) -> Vec<Say> {
        let tools = record.details["tools"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let named = |name: &str| tools.iter().find(|tool| tool["name"] == name);
        let arguments = |tool: &Value| self.here(&tool["arguments"]);
        let reads = tools
            .iter()
            .filter(|tool| READS.iter().any(|name| tool["name"] == *name));
        let mut lines: Vec<Say> = reads
            .map(|tool| Say::call(tool["name"].as_str().unwrap(), self.filled(tool)))
            .collect();
        let without_totals = |tool: &Value| {
            let mut input = self.filled(tool);
            for house in ["agreed_total", "read_back"] {
                input.as_object_mut().unwrap().remove(house);
            }
            input
        };
        // What is booked, cancelled and handed over is called for as it was done there; a look-up is, too, unless it was for more.
        // A person whom the house brings in beside a read-back is not asked for by the model.
        let first = |names: &[&str]| {
            let mut called = names.iter();
            let call = |name: &&str| Some(Say::call(name, without_totals(named(name)?)));
            called.find_map(call)
        };
        let done = first(&[
            "book_room",
            "book_appointment",
            "cancel_booking",
            "cancel_appointment",
        ]);
        let looked_up = ["booking", "appointment"].iter().find_map(|kind| {
            let proof = arguments(named(&format!("look_up_{kind}"))?);
            let tool = match reply.intent.as_str() {
                "cancel" => format!("cancel_{kind}"),
                "pay" => "create_payment_link".to_owned(),
                _ => format!("look_up_{kind}"),
            };
            Some((tool, proof))
        });
        let act = done
            .or_else(|| self.read_back(reply, named("search_times")))
            .or_else(|| first(&["hand_over", "create_lead"]))
            .or_else(|| looked_up.map(|(tool, proof)| Say::call(&tool, proof)));
        // The house shows what codes look like; a model knows no code that nobody has told it.
        let words = self.words(&reply.text).replace(EXAMPLE, "");
        lines.push(act.unwrap_or_else(|| Say::words(words)));
        lines
    }

    /// The call that asks for a read-back, if the twin answered with one.
    fn read_back(&self, reply: &Reply, times: Option<&Value>) -> Option<Say> {
        if !reply.text.contains("Let me read that back") {
            return None;
        }
        let known = &reply.entities;
        let mut input = json!({
            "full_name": known["full_name"], "email": known["email"], "phone": known["phone"],
        });
        let (tool, more) = match times {
            Some(times) => {
                input["time"] = known["time"].clone();
                ("book_appointment", self.filled(times))
            }
            None => {
                let room = json!({
                    "check_in": known["check_in"], "check_out": known["check_out"], "adults": known["adults"],
                    "children": known["children"], "pets": known["pets"], "room_type": known["room_type"],
                });
                ("book_room", room)
            }
        };
        let fields = more.as_object().unwrap().clone();
        input.as_object_mut().unwrap().extend(fields);
        Some(Say::call(tool, input))
    }

    /// The input of a tool in the strict form: what is required is there, the place in two fields, the moment on the wall clock.
    fn filled(&self, tool: &Value) -> Value {
        let mut input = self.here(&tool["arguments"]);
        let Some(fields) = input.as_object_mut() else {
            return input;
        };
        if tool["name"] == "search_availability" {
            fields.entry("room_type").or_insert(Value::Null);
        }
        if let Some(place) = fields.remove("destination") {
            fields.insert("miles".to_owned(), place["miles"].clone());
            fields.insert("postcode".to_owned(), place["postcode"].clone());
        }
        if let Some(starts) = fields.remove("starts_at") {
            let starts: DateTime<Utc> = serde_json::from_value(starts).unwrap();
            let wall = starts.with_timezone(&self.twin.property.timezone);
            fields.insert("day".to_owned(), json!(wall.date_naive()));
            fields.insert("time".to_owned(), json!(wall.format("%H:%M").to_string()));
        }
        input
    }

    fn here(&self, value: &Value) -> Value {
        serde_json::from_str(&self.words(&value.to_string())).unwrap()
    }

    fn words(&self, text: &str) -> String {
        let names = self.names.iter();
        names.fold(text.to_owned(), |text, (there, here)| {
            text.replace(there, here)
        })
    }

    /// What the guest says here, as they would say it there.
    fn in_twin(&self, text: &str) -> String {
        let names = self.names.iter();
        names.fold(text.to_owned(), |text, (there, here)| {
            let text = text.replace(here, there);
            text.replace(&here.to_lowercase(), &there.to_lowercase())
        })
    }
}
