use diesel_async::SimpleAsyncConnection;
use motel_conversations::commands::{record_turn, start};
use motel_conversations::{Channel, EngineKind, NewTurn, NewTurnRecord, Speaker};
use serde_json::json;

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER, now};

const PAGE: &str = "/console/model";

const FORM: [(&str, &str); 11] = [
    ("version", "0"),
    ("enabled", "yes"),
    ("base_url", "https://models.example/v1"),
    ("api", "responses"),
    ("model", "a-model"),
    ("call_seconds", "5"),
    ("turn_seconds", "9"),
    ("tokens_a_day", "1000"),
    ("cost_a_day", "2.50"),
    ("read_price", "0.15"),
    ("written_price", "0.6"),
];

fn but(field: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut fields = FORM.to_vec();
    fields.retain(|(name, _)| *name != field);
    fields.push((field, value));
    fields
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_chooses_a_model_and_switches_it_off() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let seen = owner.get(PAGE).await;
    assert!(seen.status == 200 && seen.shows("No model was chosen yet"));
    assert!(seen.shows("No key is set") && seen.shows("/console/credentials"));
    let set = owner.submit(PAGE, &FORM).await;
    assert_eq!(set.location, "/console/model?news=model_set");
    let seen = owner.get(&set.location).await;
    for shown in [
        "https://models.example/v1",
        r#"value="a-model""#,
        r#"value="0.15""#,
        r#"value="2.5""#,
        "No key: the built-in front desk answers",
        "0 of 1000 tokens",
        "Set by Dana",
    ] {
        assert!(seen.shows(shown), "{shown}: {}", seen.html);
    }
    let tx = motel.tx().await;
    let settings = motel_concierge::queries::model_settings(&tx).await;
    let choice = settings.unwrap().unwrap().choice;
    assert_eq!(
        (choice.read_price_micros, choice.cost_micros_a_day),
        (150_000, Some(2_500_000))
    );
    drop(tx);

    // Whoever opened the form before that does not overwrite it.
    let late = owner.submit(PAGE, &but("version", "7")).await;
    assert_eq!(late.location, "/console/model?news=changed_meanwhile");
    let mut off = but("version", "1");
    off.retain(|(name, _)| *name != "enabled");
    owner.submit(PAGE, &off).await;
    assert!(
        owner
            .get(PAGE)
            .await
            .shows("Off: the built-in front desk answers")
    );
    let key = [("auth_token", "sk-a-key-for-tests-alone")];
    owner.submit("/console/credentials/openai", &key).await;
    owner.submit(PAGE, &but("version", "2")).await;
    assert!(owner.get(PAGE).await.shows("A model answers"));
    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    assert!(stranger.get(PAGE).await.shows("No model was chosen yet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_and_nothing_typed_is_lost() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    for (field, value, said) in [
        ("base_url", "http://127.0.0.1:11434/v1", "The address "),
        (
            "tokens_a_day",
            "many",
            "The number of tokens a day must be a whole number.",
        ),
        (
            "tokens_a_day",
            "",
            "The number of tokens a day must lie between 1",
        ),
        (
            "read_price",
            "1,5",
            "The price of tokens read must be a number such as 0.15.",
        ),
        (
            "temperature",
            "3",
            "The temperature must lie between 0 and 2.",
        ),
        (
            "cost_a_day",
            "0",
            "The money a day is too small or too large.",
        ),
        (
            "turn_seconds",
            "1",
            "The time for one answer must lie between",
        ),
        ("api", "telepathy", "The way to talk "),
        ("model", " ", "The model must have 1 to 120 characters."),
    ] {
        let refused = owner.submit(PAGE, &but(field, value)).await;
        assert_eq!(refused.status, 422, "{field}");
        assert!(refused.shows(said), "{field}: {}", refused.html);
        assert!(field == "base_url" || refused.shows("https://models.example/v1"));
    }
    assert!(owner.get(PAGE).await.shows("No model was chosen yet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_spent_and_when_it_did_not_answer() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    owner.submit(PAGE, &FORM).await;
    assert!(owner.get(PAGE).await.shows("has always answered"));
    let mut tx = motel.tx().await;
    let conversation = start(&mut tx, Channel::Web).await.unwrap().id;
    for (why, tokens_read) in [("model_timed_out", 300), ("house_step", 0)] {
        let record = NewTurnRecord {
            engine: EngineKind::BuiltIn,
            version: "0".to_owned(),
            fallback: Some(why.to_owned()),
            tokens_read,
            tokens_written: tokens_read / 15,
            cost_micros: 192 * i64::from(tokens_read),
            took_ms: 9,
            details: json!({}),
            recorded_at: now(),
        };
        let words = NewTurn::said(Speaker::Concierge, "Hello.").recorded(record);
        record_turn(&mut tx, conversation, words).await.unwrap();
    }
    tx.commit().await.unwrap();
    let seen = owner.get(PAGE).await;
    assert!(
        seen.shows("320 of 1000 tokens") && seen.shows("0.0576 of 2.5"),
        "{}",
        seen.html
    );
    assert!(seen.shows("It was too slow"));
    assert!(
        !seen.shows("It was a step of the house"),
        "that is as it should be"
    );
    assert!(seen.shows(&format!("/console/conversations/{conversation}")));
    let sql = "UPDATE tenancy.staff SET role = 'front_desk'";
    motel.test.admin().await.batch_execute(sql).await.unwrap();
    let seen = owner.get(PAGE).await;
    assert!(seen.status == 200 && seen.shows("Only an owner sets it"));
    assert!(!seen.shows("/console/credentials\">Providers</a></p>"));
    let refused = owner.submit(PAGE, &FORM).await;
    assert!(refused.status == 403 && refused.shows("credentials:write"));
}
