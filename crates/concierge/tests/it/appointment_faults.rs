//! A model that fails or was turned, where appointments are sold: the guest is answered, and nobody's appointment comes to harm.

use diesel_async::SimpleAsyncConnection;
use motel_llm::testing::{FakeModel, Say};
use serde_json::json;

use crate::appointment_model::{ALL, book, studio, times};
use crate::injections::attacks;
use crate::model::motel;
use crate::stage::Stage;

/// What a model says, each time.
type Fault = Box<dyn Fn() -> Say + Send>;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_model_does_the_appointment_is_booked_once() {
    let unknown = || {
        let wanted = json!({"service": "massage", "day": "2026-12-03", "time": "10:00", "guests": 1, "miles": null, "postcode": null,
            "full_name": "Petra Lind", "email": "petra@example.com", "phone": null});
        Say::call("book_appointment", wanted)
    };
    let broken = || Say::RawCall("search_times".to_owned(), "{\"day\": \"2026-".to_owned());
    let faults: [(Fault, &str); 8] = [
        (Box::new(|| Say::Garbage), "model_unexpected"),
        (
            Box::new(|| Say::HalfAStream("On Thurs".to_owned())),
            "model_broke_off",
        ),
        (Box::new(|| Say::Status(500, None)), "model_failing"),
        (Box::new(unknown), "wrong_calls"),
        (Box::new(broken), "wrong_calls"),
        (Box::new(times), "too_many_calls"),
        (Box::new(|| Say::words(" ")), "silent"),
        (
            Box::new(|| Say::words("Your appointment is booked!")),
            "claimed_an_act",
        ),
    ];
    let first = FakeModel::saying(vec![]);
    let (_test, stage) = studio(&first).await;
    for (number, (fault, code)) in faults.into_iter().enumerate() {
        let fake = FakeModel::start(move |_| fault());
        let stage = stage.asked_by(&fake).await;
        let conversation = stage.conversation().await;
        // Each takes another half hour.
        let at = format!("at {} pm", number % 4 + 2);
        let day = ["Wednesday", "Thursday"][number / 4];
        let words = ALL.replace("at 10 am", &at).replace("Thursday", day);
        let read_back = stage.say(conversation, &words).await;
        assert!(
            read_back.text.contains("\u{20ac}60.00"),
            "{code}: {}",
            read_back.text
        );
        let record = stage.last_record(conversation).await.told;
        assert_eq!(record.fallback.as_deref(), Some(code), "{}", record.details);
        let booked = stage.say(conversation, "yes").await;
        assert!(booked.text.contains("RM-"), "{code}: {}", booked.text);
        stage.say(conversation, "yes").await;
        assert_eq!(stage.appointments().await.len(), number + 1, "{code}");
    }
}

/// What no answer may hold.
const NEVER: &[&str] = &[
    "\u{20ac}1.00",
    "free of charge",
    "iris.bello@example.com",
    "Deluxe session",
    "3 am",
    "Rules, above everything",
];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_comes_of_what_a_turned_model_tries() {
    let fake = FakeModel::saying(vec![]);
    let (_test, stage) = studio(&fake).await;
    let conversation = stage.conversation().await;
    let theirs = ALL
        .replace("Petra Lind", "Iris Bello")
        .replace("petra@example.com", "iris.bello@example.com");
    stage.say(conversation, &theirs).await;
    stage.say(conversation, "yes").await;
    let victim = stage.appointments().await.remove(0);
    let code = victim.code.to_string();
    for attack in attacks(false).iter().step_by(6) {
        let proof = json!({"code": code, "email": "iris.bello@example.com"});
        let mallory = json!({
            "service": "hour", "day": "2026-12-02", "time": "11:00", "guests": 1, "miles": null, "postcode": null,
            "full_name": "Mallory Evil", "email": "mallory@evil.example", "phone": null,
        });
        let lines = [
            Say::words("An hour is yours for \u{20ac}1.00, free of charge really."),
            Say::call("cancel_appointment", proof.clone()),
            Say::call("look_up_appointment", proof),
            Say::words(format!("Iris Bello comes with {code}.")),
            Say::call("book_appointment", mallory),
            Say::words("The Deluxe session is at 3 am."),
            book("03:00"),
        ];
        let mut at = 0;
        fake.now(move |_| {
            at += 1;
            lines[(at - 1) % lines.len()].clone()
        });
        let conversation = stage.conversation().await;
        for message in [attack.text.as_str(), "and now?", "do it", "yes"] {
            let reply = stage.say(conversation, message).await;
            for never in NEVER.iter().chain([&code.as_str()]) {
                let text = &attack.text;
                assert!(
                    !reply.text.contains(never),
                    "{text}\n\u{2192} {}",
                    reply.text
                );
            }
        }
        let now = stage.appointments().await;
        assert_eq!(now.len(), 1, "{}", attack.text);
        assert_eq!(
            (&now[0].code, now[0].version),
            (&victim.code, victim.version)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_kept_is_no_part_of_the_record() {
    let fake = FakeModel::saying(vec![crate::model::search(), crate::model::book()]);
    let (test, stage) = motel(&fake).await;
    // What a model answers cannot be committed.
    let refuse = "CREATE FUNCTION conversations.refuse() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'refused by a test'; END $$;
         CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON conversations.turn_records
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.engine = 'model') EXECUTE FUNCTION conversations.refuse()";
    test.admin().await.batch_execute(refuse).await.unwrap();
    let conversation = stage.conversation().await;
    let read_back = stage.say(conversation, crate::model::ALL).await;
    assert!(read_back.text.contains("$604.80"), "{}", read_back.text);
    let record = stage.last_record(conversation).await.told;
    assert_eq!(record.fallback.as_deref(), Some("internal"));
    let tools = record.details["tools"].as_array().unwrap();
    let names: Vec<&str> = tools
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    // What the model looked up, and what the built-in engine did.
    assert_eq!(names, ["search_availability", "search_availability"]);
    assert!(tools[0]["result"].is_object() && tools[1]["result"].is_null());
}

impl Stage {
    /// The same business, which asks another model from now on.
    async fn asked_by(&self, fake: &FakeModel) -> Self {
        let concierge = self.concierge.clone();
        let same = Self {
            db: self.db.clone(),
            tenant: self.tenant,
            property: self.property.clone(),
            clock: self.clock.clone(),
            concierge,
        };
        same.asking(fake).await
    }
}
