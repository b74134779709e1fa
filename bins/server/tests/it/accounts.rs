//! One's own account, over HTTP: a second factor, and another e-mail address. The clock is the real one.

use chrono::Utc;
use reqwest::Method;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::desk::Desk;
use crate::people::{CLERK, PASSWORD, call, cookie, link, look, mail_to, sign_in, submit};

const NEW: &str = "clerk@sunrise.example";

/// The code of an authenticator with the key on the page, so many steps from now.
fn code(page: &str, steps: i64) -> String {
    let (_, rest) = page.split_once("data-factor-key>").unwrap();
    let key = rest.split('<').next().unwrap().replace(' ', "");
    let totp = Builder::new().with_secret(Secret::try_from_base32(key).unwrap());
    let seconds = u64::try_from(Utc::now().timestamp() + 30 * steps).unwrap();
    totp.build().unwrap().generate(seconds).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_set_up_asked_for_and_taken_off() {
    let desk = Desk::open().await;
    let owner = cookie(&desk, CLERK, PASSWORD).await;
    let fields = [("password", PASSWORD)];
    let page = submit(&desk, &owner, "/console/second-factor/begin", &fields).await;
    // Codes are taken one step off either way, so this holds at the turn of one, too.
    let first = code(&page.text, 0);
    let fields = [("code", first.as_str())];
    let done = submit(&desk, &owner, "/console/second-factor/confirm", &fields).await;
    assert!(
        done.status == 200 && done.text.contains("Your second factor is on."),
        "{}",
        done.text
    );
    assert_eq!(done.header("cache-control"), "no-store");

    let credentials = json!({ "email": CLERK, "password": PASSWORD });
    let asked = desk.post("/api/v1/session", &credentials).await;
    let asked = asked.problem(401, "second_factor_needed");
    let challenge = asked["challenge"].as_str().unwrap();
    let answer = async |code: &str| {
        let body = json!({ "challenge": challenge, "code": code });
        desk.post("/api/v1/session/second-factor", &body).await
    };
    answer(&first).await.problem(401, "wrong_code");
    let second = code(&page.text, 1);
    let entered = answer(&second).await;
    assert_eq!(entered.status, 200, "{}", entered.text);
    let session = entered
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(look(&desk, &session, "/api/v1/session").await.status, 200);
    answer(&second).await.problem(401, "challenge_over");

    let half = sign_in(&desk, CLERK, PASSWORD).await;
    assert_eq!(half.header("location"), "/console/sign-in/code");
    let half = half
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    for path in ["/api/v1/session", "/api/v1/team"] {
        look(&desk, &half, path).await.problem(401, "signed_out");
    }

    let team = look(&desk, &session, "/api/v1/team").await.json(200);
    assert_eq!(team["data"][0]["second_factor"], true);
    let path = format!("/api/v1/team/{}", team["data"][0]["id"].as_str().unwrap());
    let patch = async |body: Value| call(&desk, &session, Method::PATCH, &path, &body).await;
    patch(json!({ "second_factor": true }))
        .await
        .problem(422, "invalid_input");
    patch(json!({ "second_factor": false }))
        .await
        .problem(409, "own_account");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_counts_when_its_link_is_used() {
    let desk = Desk::open().await;
    let here = cookie(&desk, CLERK, PASSWORD).await;
    let there = cookie(&desk, CLERK, PASSWORD).await;
    let fields = [("email", NEW), ("password", PASSWORD)];
    let asked = submit(&desk, &here, "/console/account/email", &fields).await;
    assert_eq!(
        asked.header("location"),
        "/console/account?news=email_asked",
        "{}",
        asked.text
    );
    let (path, word) = link(&desk, &mail_to(&desk, NEW).await);
    let told = mail_to(&desk, CLERK).await;
    assert!(told.text.contains("asked for another e-mail address") && !told.text.contains(NEW));
    for _ in 0..2 {
        let form = desk.get(&path).await;
        assert!(
            form.status == 200 && form.text.contains(NEW),
            "{}",
            form.text
        );
    }
    assert_eq!(look(&desk, &there, "/console").await.status, 200);
    let used = submit(&desk, &here, "/console/new-email", &[("link", &word)]).await;
    assert_eq!(
        used.header("location"),
        "/console/account?news=email_changed",
        "{}",
        used.text
    );
    assert_eq!(look(&desk, &here, "/console").await.status, 200);
    assert_eq!(look(&desk, &there, "/console").await.status, 303);
    assert_eq!(desk.get(&path).await.status, 410);
    assert_eq!(sign_in(&desk, CLERK, PASSWORD).await.status, 401);
    cookie(&desk, NEW, PASSWORD).await;
}
