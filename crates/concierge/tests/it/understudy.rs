//! A model for scripted dialogues. What it calls and says is what the built-in engine did with the same words in a twin of the motel, a
//! message ahead; whether that may be done and said in this motel is for the engine's guards, its verifier and its tools, which are real.

use std::sync::atomic::{AtomicUsize, Ordering};

use motel_conversations::{EngineKind, NewTurnRecord, Reply};
use motel_kernel::{BookingCode, ConversationId};
use motel_llm::testing::{FakeModel, Say};
use serde_json::{Value, json};

use crate::stage::Stage;

/// Tools that only read, whose answers the model hears before it goes on.
const READS: &[&str] = &["search_availability", "list_packages", "search_knowledge"];

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
    let booked = usize::from(reply.booking.is_some());
    TALLY.answers.fetch_add(1, Ordering::Relaxed);
    TALLY.by_model.fetch_add(by_model, Ordering::Relaxed);
    TALLY.bookings.fetch_add(booked, Ordering::Relaxed);
    TALLY
        .booked_by_model
        .fetch_add(by_model * booked, Ordering::Relaxed);
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

    /// Plays the message in the twin, and learns the lines for it.
    pub(crate) async fn prepare(&mut self, guest: &str) {
        let reply = self.twin.say(self.conversation, &self.in_twin(guest)).await;
        let record = self.twin.last_record(self.conversation).await.told;
        let lines = self.lines(&reply, &record);
        self.ahead = Some(reply);
        self.fake.now_saying(lines);
    }

    /// Notes what is called otherwise here than in the twin, and what went wrong.
    pub(crate) fn watch(&mut self, reply: &Reply, record: &NewTurnRecord) -> Option<String> {
        count(reply, record);
        let ahead = self.ahead.take()?;
        if let (Some(there), Some(here)) = (ahead.booking, &reply.booking) {
            self.names
                .push((there.code.to_string(), here.code.to_string()));
        }
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
        let booked = named("book_room").map(arguments);
        let read_back = reply.text.contains("Let me read that back").then(|| {
            let known = &reply.entities;
            json!({
                "check_in": known["check_in"], "check_out": known["check_out"], "adults": known["adults"],
                "children": known["children"], "pets": known["pets"], "room_type": known["room_type"],
                "full_name": known["full_name"], "email": known["email"], "phone": known["phone"],
            })
        });
        let act = if let Some(mut room) = booked {
            for house in ["agreed_total", "read_back"] {
                room.as_object_mut().unwrap().remove(house);
            }
            Some(Say::call("book_room", room))
        } else if let Some(cancelled) = named("cancel_booking") {
            Some(Say::call("cancel_booking", arguments(cancelled)))
        } else if let Some(handed_over) = named("hand_over") {
            Some(Say::call("hand_over", arguments(handed_over)))
        } else if let Some(lead) = named("create_lead") {
            Some(Say::call("create_lead", arguments(lead)))
        } else if let Some(proof) = named("look_up_booking").map(arguments) {
            let tool = match reply.intent.as_str() {
                "cancel" => "cancel_booking",
                "pay" => "create_payment_link",
                _ => "look_up_booking",
            };
            Some(Say::call(tool, proof))
        } else {
            read_back.map(|room| Say::call("book_room", room))
        };
        // The house shows what codes look like; a model knows no code that nobody has told it.
        let words = self.words(&reply.text).replace(EXAMPLE, "");
        lines.push(act.unwrap_or_else(|| Say::words(words)));
        lines
    }

    /// The input of a reading tool, with what the strict form requires.
    fn filled(&self, tool: &Value) -> Value {
        let mut input = self.here(&tool["arguments"]);
        if let (Some(fields), true) = (input.as_object_mut(), tool["name"] == "search_availability")
        {
            fields.entry("room_type").or_insert(Value::Null);
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
