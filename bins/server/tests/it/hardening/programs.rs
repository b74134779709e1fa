use motel_kernel::Actor;
use motel_tenancy::Directory;
use motel_tenancy::commands::create_api_key;
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::json;

use crate::answer::Answer;
use crate::desk::Desk;

async fn key(desk: &Desk) -> (String, String) {
    let directory = Directory::new(desk.site.db.db().clone(), "remotemotel".parse().unwrap());
    let place = directory.find(directory.default_slug()).await.unwrap();
    let mut tx = desk.site.db.db().tenant(place.unwrap().0.id).await.unwrap();
    let made = create_api_key(&mut tx, "busy", Actor::System)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    (
        made.key.id.to_string(),
        made.secret.expose_secret().to_owned(),
    )
}

async fn ask(desk: &Desk, word: &str) -> Answer {
    desk.send(desk.request(Method::GET, "/api/v1/units").bearer_auth(word))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_asks_too_often_waits_and_others_do_not() {
    let desk = Desk::with(|settings| settings.limits.program = 3).await;
    let ((id, busy), (_, other)) = (key(&desk).await, key(&desk).await);
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", id.as_str()),
        ("client_secret", busy.as_str()),
    ];
    let token = desk.submit("/api/v1/oauth/token", &form).await.json(200);
    let token = token["access_token"].as_str().unwrap();
    // A key and its tokens are one program.
    for (word, left) in [(busy.as_str(), "2"), (token, "1"), (busy.as_str(), "0")] {
        let answer = ask(&desk, word).await;
        answer.json(200);
        assert_eq!(answer.header("ratelimit-policy"), "\"program\";q=3;w=60");
        let told = answer.header("ratelimit");
        assert!(
            told.starts_with(&format!("\"program\";r={left};")),
            "{told}"
        );
    }
    for word in [busy.as_str(), token] {
        let refused = ask(&desk, word).await;
        refused.problem(429, "too_many_requests");
        assert_ne!(refused.header("retry-after"), "");
    }
    ask(&desk, &other).await.json(200);
    // Who is nobody is told so, and counts for nobody.
    ask(&desk, &format!("{busy}0"))
        .await
        .problem(401, "signed_out");

    let credentials =
        json!({ "email": "clerk@remotemotel.example", "password": "demo-front-desk" });
    let opened = desk
        .post("/api/v1/session/tokens", &credentials)
        .await
        .json(200);
    let member = opened["access_token"].as_str().unwrap();
    for _ in 0..3 {
        ask(&desk, member).await.json(200);
    }
    ask(&desk, member).await.problem(429, "too_many_requests");
    let cookie = desk.post("/api/v1/session", &credentials).await;
    let cookie = cookie.header("set-cookie").split(';').next().unwrap();
    for _ in 0..5 {
        let person = desk
            .request(Method::GET, "/api/v1/units")
            .header("cookie", cookie);
        let answer = desk.send(person).await;
        answer.json(200);
        assert_eq!(answer.header("ratelimit"), "");
    }
}
