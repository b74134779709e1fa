//! A business chooses a language model: where it may lie, that it answers, and how that is recorded.

use motel_kernel::Actor;
use motel_llm::testing::{FakeModel, Say};
use motel_tenancy::commands::create_limited_api_key;
use motel_tenancy::{Directory, KeyTerms, Permission};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::office::Office;

const PATH: &str = "/concierge/model";

fn choice(base_url: &str) -> Value {
    json!({ "enabled": true, "base_url": base_url, "model": "a-model" })
}

#[tokio::test(flavor = "multi_thread")]
async fn no_model_inside_is_chosen_and_one_outside_is() {
    let office = Office::open().await;
    office.get(PATH).await.problem(404, "not_found");
    for inside in [
        "http://127.0.0.1:11434/v1",
        "https://127.0.0.1/v1",
        "https://169.254.169.254/v1",
        "https://database/v1",
        "http://api.example.com/v1",
        "https://user:secret@api.example.com/v1",
    ] {
        let refused = office.put(PATH, None, &choice(inside)).await;
        let problem = refused.problem(422, "invalid_input");
        assert_eq!(problem["errors"][0]["field"], "base_url", "{inside}");
    }
    for (field, value) in [
        ("api", json!("telepathy")),
        ("temperature", json!(201)),
        ("call_seconds", json!(0)),
        ("turn_seconds", json!(7)),
        ("tokens_a_day", json!(0)),
        ("model", json!(" ")),
    ] {
        let mut wrong = choice("https://api.example.com/v1");
        wrong[field] = value;
        let problem = office
            .put(PATH, None, &wrong)
            .await
            .problem(422, "invalid_input");
        assert_eq!(problem["errors"][0]["field"], field);
    }
    let set = office
        .put(PATH, None, &choice("https://api.example.com/v1/"))
        .await
        .json(200);
    assert_eq!(
        (&set["base_url"], &set["version"]),
        (&json!("https://api.example.com/v1"), &json!(1))
    );
    assert_eq!(
        (&set["call_seconds"], &set["api"]),
        (&json!(8), &json!("chat_completions"))
    );
    let other = choice("https://other.example.com/v1");
    office
        .put(PATH, Some("\"7\""), &other)
        .await
        .problem(412, "version_mismatch");
    office.put(PATH, Some("\"1\""), &other).await.json(200);
    assert_eq!(
        office.get(PATH).await.json(200)["base_url"],
        "https://other.example.com/v1"
    );
    assert_eq!(office.delete(PATH).await.status, 204);
    office.delete(PATH).await.problem(404, "not_found");
}

/// Who says where the key is sent could read it there.
#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_set_the_key_says_where_it_is_sent() {
    let office = Office::open().await;
    let db = office.desk.site.db.db().clone();
    let place = Directory::new(db.clone(), "remotemotel".parse().unwrap());
    let place = place.find(place.default_slug()).await.unwrap().unwrap();
    let mut tx = db.tenant(place.0.id).await.unwrap();
    let permissions = [Permission::ReadSettings, Permission::WriteSettings];
    let terms = KeyTerms {
        permissions: Some(permissions.into_iter().collect()),
        expires_at: None,
    };
    let made = create_limited_api_key(&mut tx, "a manager's program", terms, Actor::System).await;
    tx.commit().await.unwrap();
    let key = made.unwrap().secret;
    let path = format!("/api/v1{PATH}");
    let put = office
        .desk
        .request(Method::PUT, &path)
        .bearer_auth(key.expose_secret());
    let elsewhere = choice("https://mine.example.com/v1");
    office
        .desk
        .send(put.json(&elsewhere))
        .await
        .problem(403, "forbidden");
    let get = office
        .desk
        .request(Method::GET, &path)
        .bearer_auth(key.expose_secret());
    office.desk.send(get).await.problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_on_this_machine_answers_where_the_operator_lets_it() {
    let words = "Hello! Which nights would you like to stay?";
    let fake = FakeModel::start(move |_| Say::words(words));
    let office = Office::with(|settings| settings.concierge.models_on_this_machine = true).await;
    let key = json!({ "auth_token": "sk-a-key-for-tests-alone" });
    let set = office
        .request(Method::PUT, "/credentials/openai")
        .json(&key);
    office.desk.send(set).await.json(200);
    office
        .put(PATH, None, &choice(&fake.api_base))
        .await
        .json(200);
    let answer = office.desk.say(&Value::Null, "hello").await;
    assert_eq!(answer["reply"], words);
    let id = answer["conversation_id"].as_str().unwrap();
    let record = office
        .get(&format!("/conversations/{id}/turns/2/record"))
        .await
        .json(200);
    assert_eq!(
        (&record["engine"], &record["version"]),
        (&json!("model"), &json!("a-model"))
    );
    assert_eq!(
        (&record["tokens_read"], &record["fallback"]),
        (&json!(100), &Value::Null)
    );
    for nothing in ["1", "3", "x", "99999999999"] {
        let path = format!("/conversations/{id}/turns/{nothing}/record");
        office.get(&path).await.problem(404, "not_found");
    }
    let key = "authorization: bearer sk-a-key-for-tests-alone";
    let headers = &fake.asked()[0].headers;
    assert!(
        headers
            .iter()
            .any(|header| header.eq_ignore_ascii_case(key))
    );
}
