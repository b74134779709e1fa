//! Who works at a business, over HTTP: passwords, lock-out, invitations. Mails are read out of the development mailbox.

use motel_mail::{FileMailbox, StoredMail};
use reqwest::Method;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::desk::Desk;

pub(crate) const CLERK: &str = "clerk@remotemotel.example";
pub(crate) const PASSWORD: &str = "demo-front-desk";
const NEW: &str = "a wholly new password";

pub(crate) async fn sign_in(desk: &Desk, email: &str, password: &str) -> Answer {
    let fields = [("email", email), ("password", password)];
    desk.submit("/console/sign-in", &fields).await
}

/// The cookie of somebody who gets in.
pub(crate) async fn cookie(desk: &Desk, email: &str, password: &str) -> String {
    let opened = sign_in(desk, email, password).await;
    assert_eq!(opened.header("location"), "/console", "{}", opened.text);
    let cookie = opened.header("set-cookie");
    cookie.split(';').next().unwrap().to_owned()
}

pub(crate) async fn call(
    desk: &Desk,
    cookie: &str,
    method: Method,
    path: &str,
    body: &Value,
) -> Answer {
    let request = desk.request(method, path).header("cookie", cookie);
    desk.send(match body {
        Value::Null => request,
        body => request.json(body),
    })
    .await
}

pub(crate) async fn look(desk: &Desk, cookie: &str, path: &str) -> Answer {
    call(desk, cookie, Method::GET, path, &Value::Null).await
}

pub(crate) async fn submit(
    desk: &Desk,
    cookie: &str,
    path: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let request = desk.request(Method::POST, path);
    desk.send(request.header("cookie", cookie).form(fields))
        .await
}

/// The one mail to an address, as soon as it is there.
pub(crate) async fn mail_to(desk: &Desk, email: &str) -> StoredMail {
    desk.get_until("/dev/mailbox", |listed| {
        listed.text.contains(email).then_some(())
    })
    .await;
    let mailbox = FileMailbox::open(desk.site.data_dir.path().join("mailbox")).await;
    let mut mails = mailbox.unwrap().list().await.unwrap();
    mails.retain(|mail| mail.to == email);
    assert_eq!(mails.len(), 1, "{mails:?}");
    mails.remove(0)
}

/// Where the mail's link leads, from the path on, and the word in it.
pub(crate) fn link(desk: &Desk, mail: &StoredMail) -> (String, String) {
    let (_, rest) = mail.text.split_once(&desk.url).unwrap();
    let path = rest.lines().next().unwrap().to_owned();
    let word = path.split_once("?link=").unwrap().1.to_owned();
    (path, word)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_by_a_mailed_link_and_everybody_is_signed_out() {
    let desk = Desk::open().await;
    let elsewhere = cookie(&desk, CLERK, PASSWORD).await;
    assert_eq!(look(&desk, &elsewhere, "/console").await.status, 200);

    let asked = async |email| {
        desk.submit("/console/forgot-password", &[("email", email)])
            .await
    };
    let (known, unknown) = (
        asked(CLERK).await,
        asked("nobody@remotemotel.example").await,
    );
    assert_eq!((known.status.as_u16(), unknown.status.as_u16()), (200, 200));
    assert_eq!(known.text, unknown.text);

    let mail = mail_to(&desk, CLERK).await;
    let (path, word) = link(&desk, &mail);
    // A mail program looks at it first; that uses nothing.
    for _ in 0..2 {
        let form = desk.get(&path).await;
        assert!(form.status == 200 && form.text.contains("Use this password"));
    }
    let choose = async |password| {
        let fields = [("link", word.as_str()), ("password", password)];
        desk.submit("/console/new-password", &fields).await
    };
    let short = choose("short").await;
    assert!(
        short.status == 422 && short.text.contains("10 to 200"),
        "{}",
        short.text
    );
    assert_eq!(look(&desk, &elsewhere, "/console").await.status, 200);
    let chosen = choose(NEW).await;
    assert!(
        chosen.header("location").starts_with("/console/sign-in"),
        "{}",
        chosen.text
    );

    assert_eq!(look(&desk, &elsewhere, "/console").await.status, 303);
    assert_eq!(look(&desk, &elsewhere, "/api/v1/session").await.status, 401);
    assert_eq!(sign_in(&desk, CLERK, PASSWORD).await.status, 401);
    cookie(&desk, CLERK, NEW).await;

    assert_eq!(choose("yet another password").await.status, 410);
    assert_eq!(desk.get(&path).await.status, 410);
    let body = json!({ "link": word, "password": "yet another password" });
    desk.post("/api/v1/password-resets/complete", &body)
        .await
        .problem(410, "link_gone");
    cookie(&desk, CLERK, NEW).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_ask_for_a_link_and_change_passwords_too() {
    let desk = Desk::open().await;
    for email in [CLERK, "nobody@remotemotel.example"] {
        let asked = desk
            .post("/api/v1/password-resets", &json!({ "email": email }))
            .await;
        assert_eq!((asked.status.as_u16(), asked.text.as_str()), (202, ""));
    }
    desk.post("/api/v1/password-resets", &json!({ "email": "no address" }))
        .await
        .problem(422, "invalid_input");
    let (_, word) = link(&desk, &mail_to(&desk, CLERK).await);
    let body = json!({ "link": word, "password": "too short" });
    let unfit = desk.post("/api/v1/password-resets/complete", &body).await;
    assert_eq!(
        unfit.problem(422, "invalid_input")["errors"][0]["field"],
        "password"
    );
    let body = json!({ "link": word, "password": NEW });
    let done = desk.post("/api/v1/password-resets/complete", &body).await;
    assert_eq!(done.status, 204, "{}", done.text);

    let (here, there) = (
        cookie(&desk, CLERK, NEW).await,
        cookie(&desk, CLERK, NEW).await,
    );
    let change = async |old, new| {
        let body = json!({ "old_password": old, "new_password": new });
        call(&desk, &here, Method::PUT, "/api/v1/session/password", &body).await
    };
    change("wrong", PASSWORD).await.problem(403, "not_proven");
    let unfit = change(NEW, "short").await.problem(422, "invalid_input");
    assert_eq!(unfit["errors"][0]["field"], "new_password");
    assert_eq!(change(NEW, PASSWORD).await.status, 204);
    assert_eq!(look(&desk, &here, "/api/v1/session").await.status, 200);
    assert_eq!(look(&desk, &there, "/api/v1/session").await.status, 401);
    let fields = [("old_password", "wrong"), ("new_password", NEW)];
    let page = submit(&desk, &here, "/console/password", &fields).await;
    assert!(page.status == 422 && page.text.contains("Password or code is not right."));
    let fields = [("old_password", PASSWORD), ("new_password", NEW)];
    let page = submit(&desk, &here, "/console/password", &fields).await;
    assert!(page.status == 200 && page.text.contains("Your password is changed."));
    cookie(&desk, CLERK, NEW).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_made_slow_whether_there_is_an_account_or_not() {
    // Failures are what counts here, and not how fast they come.
    let desk = Desk::with(|settings| settings.limits.sign_in = 0).await;
    for email in [CLERK, "nobody@remotemotel.example"] {
        let guess = json!({ "email": email, "password": "wrong" });
        for _ in 0..5 {
            desk.post("/api/v1/session", &guess)
                .await
                .problem(401, "wrong_credentials");
        }
        let right = json!({ "email": email, "password": PASSWORD });
        let locked = desk.post("/api/v1/session", &right).await;
        locked.problem(429, "too_many_attempts");
        let wait: u32 = locked.header("retry-after").parse().unwrap();
        assert!((50..=60).contains(&wait), "{wait}");
        let page = sign_in(&desk, email, PASSWORD).await;
        assert_eq!(page.status, 429);
        assert!(page.text.contains("Too many attempts.") && !page.header("retry-after").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_invites_a_clerk_who_joins_works_and_is_let_go() {
    let desk = Desk::open().await;
    let owner = cookie(&desk, CLERK, PASSWORD).await;
    let cook = cookie(&desk, "host@harvest-table.example", "demo-kitchen-pass").await;
    let invite = async |email: &str, role: &str| {
        let body = json!({ "email": email, "role": role });
        call(&desk, &owner, Method::POST, "/api/v1/invitations", &body).await
    };
    let refused = invite("no address", "king")
        .await
        .problem(422, "invalid_input");
    assert_eq!(refused["errors"].as_array().unwrap().len(), 2, "{refused}");
    invite(CLERK, "front_desk")
        .await
        .problem(409, "already_member");
    let taken = invite("host@harvest-table.example", "front_desk")
        .await
        .problem(409, "email_taken");
    assert!(
        !taken.to_string().to_lowercase().contains("harvest"),
        "{taken}"
    );
    let invited = invite("mia@motel.example", "front_desk").await.json(201);
    assert_eq!(invited["state"], "open");
    invite("mia@motel.example", "manager")
        .await
        .problem(409, "already_invited");

    let (path, word) = link(&desk, &mail_to(&desk, "mia@motel.example").await);
    let form = desk.get(&path).await;
    assert!(form.status == 200 && form.text.contains("You are invited as: Front desk."));
    let fields = [
        ("link", word.as_str()),
        ("name", "Mia Lund"),
        ("password", NEW),
    ];
    let joined = desk.submit("/console/join", &fields).await;
    assert!(
        joined.header("location").starts_with("/console/sign-in"),
        "{}",
        joined.text
    );
    assert_eq!(desk.submit("/console/join", &fields).await.status, 410);
    let body = json!({ "link": word, "name": "Mia Lund", "password": NEW });
    desk.post("/api/v1/invitations/accept", &body)
        .await
        .problem(410, "link_gone");

    let mia = cookie(&desk, "mia@motel.example", NEW).await;
    let team = look(&desk, &owner, "/api/v1/team").await.json(200);
    let team = team["data"].as_array().unwrap();
    let member = team
        .iter()
        .find(|member| member["name"] == "Mia Lund")
        .unwrap();
    assert_eq!(
        (&member["role"], &member["active"]),
        (&json!("front_desk"), &json!(true))
    );
    let path = format!("/api/v1/team/{}", member["id"].as_str().unwrap());
    let patch =
        async |cookie: &str, body: Value| call(&desk, cookie, Method::PATCH, &path, &body).await;
    patch(&cook, json!({ "active": false }))
        .await
        .problem(404, "not_found");
    patch(&owner, json!({ "role": "king" }))
        .await
        .problem(422, "invalid_input");
    patch(&owner, json!({})).await.problem(422, "invalid_input");
    let raised = patch(&mia, json!({ "role": "owner" })).await;
    assert_eq!(raised.status, 403, "{}", raised.text);

    let page = look(&desk, &owner, "/console/team").await;
    assert!(page.text.contains("Mia Lund") && page.text.contains("Front desk"));
    let gone = patch(&owner, json!({ "active": false })).await.json(200);
    assert_eq!(gone["active"], false);
    assert_eq!(look(&desk, &mia, "/console").await.status, 303);
    assert_eq!(sign_in(&desk, "mia@motel.example", NEW).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_team_page_invites_sends_again_withdraws_and_keeps_the_last_owner() {
    let desk = Desk::open().await;
    let owner = cookie(&desk, CLERK, PASSWORD).await;
    let cook = cookie(&desk, "host@harvest-table.example", "demo-kitchen-pass").await;
    let fields = [("email", "mia@motel.example"), ("role", "housekeeping")];
    let sent = submit(&desk, &owner, "/console/team/invitations", &fields).await;
    assert_eq!(
        sent.header("location"),
        "/console/team?news=invited",
        "{}",
        sent.text
    );
    let again = submit(&desk, &owner, "/console/team/invitations", &fields).await;
    assert!(
        again.status == 422 && again.text.contains("is invited already"),
        "{}",
        again.text
    );
    let (path, _) = link(&desk, &mail_to(&desk, "mia@motel.example").await);

    let listed = look(&desk, &owner, "/api/v1/invitations").await.json(200);
    let id = listed["data"][0]["id"].as_str().unwrap().to_owned();
    let act = async |cookie: &str, action: &str| {
        let action = format!("/console/team/invitations/{id}/{action}");
        submit(&desk, cookie, &action, &[]).await
    };
    assert_eq!(act(&cook, "withdraw").await.status, 404);
    assert_eq!(
        act(&owner, "resend").await.header("location"),
        "/console/team?news=invited"
    );
    assert_eq!(
        desk.get(&path).await.status,
        410,
        "the first link is worth nothing any more"
    );
    assert_eq!(
        act(&owner, "withdraw").await.header("location"),
        "/console/team?news=withdrawn"
    );
    assert_eq!(
        act(&owner, "resend").await.header("location"),
        "/console/team?news=invitation_over"
    );
    let path = format!("/api/v1/invitations/{id}/actions/resend");
    call(&desk, &owner, Method::POST, &path, &Value::Null)
        .await
        .problem(409, "invitation_over");
    call(&desk, &cook, Method::POST, &path, &Value::Null)
        .await
        .problem(404, "not_found");

    let team = look(&desk, &owner, "/api/v1/team").await.json(200);
    let me = team["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|member| member["email"] == CLERK);
    let me = format!(
        "/console/team/members/{}/deactivate",
        me.unwrap()["id"].as_str().unwrap()
    );
    let kept = submit(&desk, &owner, &me, &[]).await;
    assert_eq!(
        kept.header("location"),
        "/console/team?news=last_owner",
        "{}",
        kept.text
    );
    assert_eq!(look(&desk, &owner, "/console/team").await.status, 200);
    assert_eq!(look(&desk, "", "/console/team").await.status, 303);
}
