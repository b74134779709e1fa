//! A business says when a conversation is handed to a person.

use motel_kernel::Actor;
use motel_tenancy::commands::create_limited_api_key;
use motel_tenancy::{Directory, KeyTerms, Permission};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::office::Office;

const PATH: &str = "/hand-over-rules";

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_the_defaults_until_they_are_set() {
    let office = Office::open().await;
    let defaults = office.get(PATH).await.json(200);
    assert_eq!(
        (&defaults["version"], &defaults["failures_in_a_row"]),
        (&json!(0), &json!(3))
    );
    assert_eq!(
        (&defaults["anger"], &defaults["set_by"]),
        (&json!(true), &Value::Null)
    );
    for (field, value) in [
        ("failures_in_a_row", json!(1)),
        ("high_value_amount_minor", json!(0)),
        ("high_value_nights", json!(366)),
    ] {
        let wrong = json!({ field: value });
        let problem = office
            .put(PATH, None, &wrong)
            .await
            .problem(422, "invalid_input");
        assert_eq!(problem["errors"][0]["field"], field);
    }
    let rules = json!({ "anger": false, "high_value_amount_minor": null });
    let set = office.put(PATH, None, &rules).await.json(200);
    assert_eq!(
        (&set["anger"], &set["emergency"], &set["version"]),
        (&json!(false), &json!(true), &json!(1))
    );
    assert_eq!(
        (&set["high_value_amount_minor"], &set["high_value_nights"]),
        (&Value::Null, &json!(14))
    );
    office
        .put(PATH, Some("\"7\""), &rules)
        .await
        .problem(412, "version_mismatch");
    assert_eq!(office.get(PATH).await.json(200)["anger"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_see_the_rules_does_not_set_them() {
    let office = Office::open().await;
    let db = office.desk.site.db.db().clone();
    let place = Directory::new(db.clone(), "remotemotel".parse().unwrap());
    let place = place.find(place.default_slug()).await.unwrap().unwrap();
    let mut tx = db.tenant(place.0.id).await.unwrap();
    let terms = KeyTerms {
        permissions: Some([Permission::ReadSettings].into_iter().collect()),
        expires_at: None,
    };
    let made = create_limited_api_key(&mut tx, "a report", terms, Actor::System).await;
    tx.commit().await.unwrap();
    let key = made.unwrap().secret;
    let path = format!("/api/v1{PATH}");
    let asked = |method| {
        let request = office.desk.request(method, &path);
        request.bearer_auth(key.expose_secret())
    };
    let put = asked(Method::PUT).json(&json!({ "anger": false }));
    office.desk.send(put).await.problem(403, "forbidden");
    office.desk.send(asked(Method::GET)).await.json(200);
}
