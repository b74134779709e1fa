use base64::Engine;
use reqwest::Method;
use serde_json::json;

use crate::answer::Answer;
use crate::binary::Binary;
use crate::desk::Site;

const PASSWORD: &str = "hunter2-and-some-more";
const CARD: &str = "4242424242424242";
const KEY: &str = "rmk_00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl";
const GUEST: &str = "ana.souza.private@example.com";
const LINK: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// Requests that fail in as many ways, each with something in it that is nobody's to read.
async fn fail(binary: &Binary) -> Vec<Answer> {
    let desk = &binary.caller;
    let credentials = json!({ "email": GUEST, "password": PASSWORD });
    let refresh = json!({ "refresh_token": format!("rmr_{LINK}") });
    let broken = format!("{{\"email\": \"{GUEST}\", \"password\": \"{PASSWORD}\"");
    let broken = desk
        .request(Method::POST, "/api/v1/session")
        .header("content-type", "application/json")
        .body(broken);
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("somebody:{KEY}"));
    let oauth = desk
        .request(Method::POST, "/api/v1/oauth/token")
        .header("authorization", format!("Basic {basic}"))
        .form(&[("grant_type", "client_credentials")]);
    let booking = json!({
        "check_in": "2020-01-01", "check_out": "2020-01-02", "room_type": "king_suite", "adults": 1,
        "guest": { "name": "Ana", "email": GUEST, "phone": CARD }, "notes": CARD,
    });
    let typed = json!({ "email": PASSWORD, "password": 7 });
    vec![
        desk.post("/api/v1/session", &credentials).await,
        desk.post("/api/v1/session", &typed).await,
        desk.send(broken).await,
        desk.post("/api/v1/session/tokens", &credentials).await,
        desk.post("/api/v1/session/tokens/refresh", &refresh).await,
        desk.send(oauth).await,
        desk.send(desk.request(Method::GET, "/api/v1/units").bearer_auth(KEY))
            .await,
        desk.send(
            desk.request(Method::GET, "/api/v1/units")
                .bearer_auth(TOKEN),
        )
        .await,
        desk.post("/bookings", &booking).await,
        desk.get(&format!("/bookings/RM-7K3F9Q?email={GUEST}"))
            .await,
        desk.get(&format!("/console/new-password?link={LINK}"))
            .await,
        desk.post(
            "/api/v1/password-resets/complete",
            &json!({ "link": LINK, "password": PASSWORD }),
        )
        .await,
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_secret_or_somebodys_gets_into_the_log() {
    let site = Site::seeded().await;
    let binary = Binary::start_with(
        &site,
        &[
            ("REMOTEMOTEL__LOG", "debug"),
            ("REMOTEMOTEL__LIMITS__SIGN_IN", "0"),
        ],
    )
    .await;
    let mut answers = fail(&binary).await;
    // And once more where the fault is ours, and its causes are logged.
    site.books()
        .await
        .execute("ALTER TABLE tenancy.attempts RENAME TO elsewhere")
        .await;
    let faults = fail(&binary).await;
    assert!(faults.iter().any(|answer| answer.status == 500));
    answers.extend(faults);
    let log = binary.raw_log();
    for answer in &answers {
        assert!(
            !answer.status.is_success() || answer.text.contains("</html>"),
            "{}",
            answer.text
        );
        let id = answer.header("x-request-id");
        assert!(
            !id.is_empty() && log.contains(id),
            "a request that is not in the log: {id:?} {}",
            answer.text
        );
    }
    for secret in [PASSWORD, CARD, KEY, TOKEN, GUEST, LINK] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
    assert!(log.contains("unknown fault"), "the fault is not in the log");
}
