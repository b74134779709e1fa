//! The operator suspends, deletes and purges a business of the demo, and what everybody else sees of it.

use std::collections::BTreeMap;

use motel_kernel::PersonName;
use motel_tenancy::Reason;
use motel_tenancy::commands::{delete_tenant, purge_tenants, restore_tenant, suspend_tenant};
use motel_tenancy::queries::business;
use motel_tenancy::support::{self, NewVisit};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::books::Books;
use crate::caller::stay;
use crate::desk::{Desk, day};
use crate::office::Office;

const CLERK: &str = "clerk@remotemotel.example";
const PASSWORD: &str = "demo-front-desk";
const CATERER: &str = "/api/v1/public/harvest-table";

#[derive(Clone, Copy)]
enum Stand {
    Suspended,
    Deleted,
    Active,
}

/// What `remotemotel tenants` does.
async fn put(desk: &Desk, stand: Stand) {
    let mut tx = desk
        .site
        .db
        .db()
        .platform("a test of the operator")
        .await
        .unwrap();
    let (slug, now) = ("remotemotel".parse().unwrap(), chrono::Utc::now());
    let reason = Reason::parse("unpaid since May").unwrap();
    match stand {
        Stand::Suspended => suspend_tenant(&mut tx, &slug, &reason, now).await,
        Stand::Deleted => delete_tenant(&mut tx, &slug, &reason, now).await,
        Stand::Active => restore_tenant(&mut tx, &slug, now).await,
    }
    .unwrap();
    tx.commit().await.unwrap();
}

async fn cookie(desk: &Desk) -> String {
    let credentials = json!({ "email": CLERK, "password": PASSWORD });
    let opened = desk.post("/api/v1/session", &credentials).await;
    assert_eq!(opened.status, 200, "{}", opened.text);
    let cookie = opened.header("set-cookie").split(';').next().unwrap();
    cookie.to_owned()
}

async fn call(desk: &Desk, cookie: &str, method: Method, path: &str, body: &Value) -> Answer {
    let request = desk.request(method, path).header("cookie", cookie);
    desk.send(match body {
        Value::Null => request,
        body => request.json(body),
    })
    .await
}

/// Until the word of a change has come to the server: an answer of that status.
async fn until(desk: &Desk, path: &str, status: u16) {
    desk.get_until(path, |answer| (answer.status == status).then_some(()))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_business_can_be_looked_at_by_its_people_and_by_nobody_else() {
    let office = Office::open().await;
    let desk = &office.desk;
    let cookie = cookie(desk).await;
    put(desk, Stand::Suspended).await;
    until(desk, "/", 503).await;

    desk.get("/availability?check_in=2026-12-01&check_out=2026-12-02&adults=1")
        .await
        .problem(503, "tenant_suspended");
    let page = desk.request(Method::GET, "/").header("accept", "text/html");
    let page = desk.send(page).await;
    assert!(
        page.text.contains("not available online right now"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("unpaid"), "{}", page.text);
    desk.get(&format!("{CATERER}/services")).await.json(200);

    office.get("/units").await.problem(403, "tenant_suspended");
    let look = call(desk, &cookie, Method::GET, "/api/v1/units", &Value::Null).await;
    assert_eq!(look.status, 200, "{}", look.text);
    let lead = json!({ "role": "manager" });
    for (method, path, body) in [
        (Method::POST, "/api/v1/unit-groups", json!({})),
        (
            Method::PATCH,
            "/api/v1/team/01890a5d-ac96-774b-bcce-b302099a8057",
            lead,
        ),
    ] {
        call(desk, &cookie, method, path, &body)
            .await
            .problem(403, "tenant_suspended");
    }
    let team = call(desk, &cookie, Method::GET, "/console/team", &Value::Null).await;
    assert!(
        team.status == 200
            && team.text.contains("This business is suspended")
            && team.text.contains("unpaid since May"),
        "{}",
        team.text
    );
    let invite = desk
        .request(Method::POST, "/console/team/invitations")
        .header("cookie", &cookie)
        .form(&[("email", "new@motel.example"), ("role", "manager")]);
    assert_eq!(desk.send(invite).await.status, 403);
    let out = call(
        desk,
        &cookie,
        Method::DELETE,
        "/api/v1/session",
        &Value::Null,
    )
    .await;
    assert_eq!(out.status, 204, "{}", out.text);

    put(desk, Stand::Active).await;
    until(desk, "/", 200).await;
    office.get("/units").await.json(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_is_under_way_is_taken_and_no_letter_goes_out() {
    let desk = Desk::open().await;
    let wanted = stay(
        "king_suite",
        &day(3).to_string(),
        &day(5).to_string(),
        "ana@example.com",
    );
    let booking = desk.post("/bookings", &wanted).await.json(201);
    let link =
        json!({ "booking_code": booking["code"], "email": "ana@example.com", "whole": true });
    let link = desk.post("/payments/links", &link).await.json(201);
    let mut books = desk.site.books().await;
    books.until_idle().await;
    let sent = "SELECT count(*) FROM mail.outbox WHERE status = 'sent'";
    let letters = books.number(sent).await;

    put(&desk, Stand::Suspended).await;
    until(&desk, "/", 503).await;
    let page = link["payment_url"].as_str().unwrap();
    let paid = desk.submit(page, &[("choice", "pay")]).await;
    assert!(
        paid.status.is_success() || paid.status.is_redirection(),
        "{}",
        paid.text
    );
    books.until_idle().await;
    let payments = "SELECT count(*) FROM billing.postings WHERE kind = 'payment'";
    assert_eq!(books.number(payments).await, 1);
    assert_eq!(books.number(sent).await, letters, "a guest was written to");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_business_is_like_one_that_never_was() {
    let office = Office::open().await;
    let desk = &office.desk;
    let cookie = cookie(desk).await;
    put(desk, Stand::Deleted).await;
    until(desk, "/", 404).await;
    let gone = desk.get("/api/v1/public/remotemotel/services").await;
    let never = desk.get("/api/v1/public/nobody/services").await;
    let never_was = never.problem(404, "unknown_tenant");
    assert_eq!(
        gone.problem(404, "unknown_tenant")["detail"],
        never_was["detail"]
    );
    office.get("/units").await.problem(401, "signed_out");
    call(desk, &cookie, Method::GET, "/api/v1/session", &Value::Null)
        .await
        .problem(401, "signed_out");
    let console = call(desk, &cookie, Method::GET, "/console", &Value::Null).await;
    assert_eq!(console.header("location"), "/console/sign-in");
    let credentials = json!({ "email": CLERK, "password": PASSWORD });
    desk.post("/api/v1/session", &credentials)
        .await
        .problem(401, "wrong_credentials");
    desk.get(&format!("{CATERER}/services")).await.json(200);
}

/// Something of as many kinds as a few calls make, and what the operator writes on top.
async fn furnish(office: &Office) {
    let desk = &office.desk;
    let stay = json!({ "arrival": day(5), "departure": day(7), "unit_group": "standard_queen", "adults": 1 });
    let guest = json!({ "name": "Ana Souza", "email": "ana@example.com" });
    let booking = office
        .post("/bookings", json!({ "stays": [stay], "guest": guest }))
        .await
        .json(201);
    let path = format!("/bookings/{}/folios", booking["id"].as_str().unwrap());
    let opened = office
        .post(&path, json!({ "kind": "company", "name": "Acme Ltd" }))
        .await
        .json(201);
    let folio = opened["folio"]["id"].as_str().unwrap();
    let extra = json!({ "kind": "extra", "code": "minibar", "amount_minor": 450, "currency": "USD", "description": "Minibar" });
    office
        .post(&format!("/folios/{folio}/postings"), extra)
        .await
        .json(201);
    let issue =
        json!({ "kind": "invoice", "language": "es", "addressee": { "company": "Acme Ltd" } });
    office
        .post(&format!("/folios/{folio}/actions/invoice"), issue)
        .await
        .json(201);
    let card = json!({
        "amount_minor": 5_000, "currency": "USD", "paid_by": "cash", "buyer_email": "bea@example.com",
        "recipient_name": "Carla", "recipient_email": "carla@example.com", "message": "Enjoy!",
    });
    office.post("/gift-cards", card).await.json(201);
    desk.say(&Value::Null, "A kite got stuck in the alder tree")
        .await;
    desk.post("/voice/simulate/calls", &json!({}))
        .await
        .json(201);
    let lead = json!({ "full_name": "Zebulon Quist", "email": "zebulon@example.com" });
    desk.post("/leads", &lead).await.json(201);
    let link =
        json!({ "booking_code": booking["code"], "email": "ana@example.com", "keep_card": true });
    desk.post("/payments/links", &link).await;
    let mut books = desk.site.books().await;
    books.until_idle().await;
    // A statement of the operator's, which a year of business would bring.
    books
        .execute(
            "BEGIN;
             INSERT INTO plans.series VALUES (2026, 1);
             INSERT INTO plans.statements
             SELECT s.tenant_id, gen_random_uuid(), 2026, 1, now(), now(), now(), now(), 100, 'USD'
             FROM plans.subscriptions s JOIN tenancy.tenants USING (tenant_id) WHERE slug = 'remotemotel';
             INSERT INTO plans.lines SELECT tenant_id, id, 1, 'subscription', 'A month', NULL, 100 FROM plans.statements;
             INSERT INTO plans.usage
             SELECT tenant_id, 'a test', 'sms', 'somebody', 1, 1, now(), now() FROM plans.statements;
             COMMIT",
        )
        .await;
}

/// How many rows of each business there are in each table of tenants, and a digest of them.
async fn counted(books: &mut Books, tables: &[String], whose: &str) -> BTreeMap<String, String> {
    let mut counted = BTreeMap::new();
    for table in tables {
        let query = format!(
            "SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM {table} t WHERE tenant_id {whose}"
        );
        counted.insert(table.clone(), books.lines(&query).await.remove(0));
    }
    counted
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purge_leaves_no_row_of_one_business_and_every_row_of_the_others() {
    let office = Office::open().await;
    furnish(&office).await;
    put(&office.desk, Stand::Deleted).await;
    let Office { mut desk, .. } = office;
    // Nobody works while it is counted.
    desk.close();
    let site = &desk.site;
    let mut books = site.books().await;
    let tables = books.tenant_tables().await;
    let ours = books
        .lines("SELECT tenant_id FROM tenancy.tenants WHERE slug = 'remotemotel'")
        .await
        .remove(0);
    let (theirs, others) = (format!("= '{ours}'"), format!("<> '{ours}'"));
    let before = counted(&mut books, &tables, &theirs).await;
    let filled: Vec<_> = before
        .iter()
        .filter(|(_, rows)| !rows.starts_with("0 "))
        .map(|(table, _)| table.as_str())
        .collect();
    for table in APPEND_ONLY {
        assert!(
            filled.contains(table),
            "nothing is in {table}, so nothing is shown"
        );
    }
    assert!(filled.len() > 40, "only {filled:?}");
    let neighbours = counted(&mut books, &tables, &others).await;

    let soon = chrono::Utc::now() + chrono::Duration::days(29);
    assert!(purge_tenants(site.db.db(), soon).await.unwrap().is_empty());
    assert_eq!(counted(&mut books, &tables, &theirs).await, before);
    let later = chrono::Utc::now() + chrono::Duration::days(31);
    let gone = purge_tenants(site.db.db(), later).await.unwrap();
    assert_eq!(gone, ["remotemotel".parse().unwrap()]);

    let mut left = counted(&mut books, &tables, &theirs).await;
    left.retain(|_, rows| !rows.starts_with("0 "));
    assert_eq!(left, BTreeMap::new());
    assert_eq!(counted(&mut books, &tables, &others).await, neighbours);
    let kept = books.lines("SELECT slug FROM tenancy.former_slugs").await;
    assert_eq!(kept, ["remotemotel"]);
}

/// Tables that nobody else may delete from.
const APPEND_ONLY: &[&str] = &[
    "billing.entries",
    "billing.entry_lines",
    "billing.postings",
    "invoices.documents",
    "invoices.lines",
    "invoices.series",
    "plans.lines",
    "plans.statements",
    "plans.usage",
    "vouchers.movements",
];

#[tokio::test(flavor = "multi_thread")]
async fn two_who_purge_at_once_do_it_once() {
    let desk = Desk::open().await;
    put(&desk, Stand::Deleted).await;
    let later = chrono::Utc::now() + chrono::Duration::days(31);
    let db = desk.site.db.db();
    let (one, other) = tokio::join!(purge_tenants(db, later), purge_tenants(db, later));
    assert_eq!(one.unwrap().len() + other.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chat_is_switched_off_and_on_while_everything_runs() {
    use motel_tenancy::flags::{FlagState, override_flag};

    let desk = Desk::open().await;
    let say = async |state| {
        let mut tx = desk.site.db.db().platform("a test of flags").await.unwrap();
        let slug = "remotemotel".parse().unwrap();
        let flag = motel_tenancy::Flag::GuestChat;
        override_flag(&mut tx, flag, &slug, state, chrono::Utc::now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    };
    let shown = |answer: &Answer, chat: bool| {
        (answer.text.contains("data-chat-open") == chat).then_some(())
    };
    desk.get_until("/", |answer| shown(answer, true)).await;
    say(FlagState::Off).await;
    desk.get_until("/", |answer| shown(answer, false)).await;
    let said = desk.say(&Value::Null, "Is there a room?").await;
    assert!(said.to_string().contains("Our chat can't answer"), "{said}");
    // The neighbours' is another thing.
    assert!(
        desk.get("/t/harvest-table")
            .await
            .text
            .contains("data-chat-open")
    );
    say(FlagState::AsOthers).await;
    desk.get_until("/", |answer| shown(answer, true)).await;
}

/// The word of a link that `remotemotel tenants visit` prints.
async fn visit(desk: &Desk) -> String {
    let db = desk.site.db.db();
    let mut tx = db.platform("a test of the operator").await.unwrap();
    let found = business(&mut tx, &"remotemotel".parse().unwrap()).await;
    tx.commit().await.unwrap();
    let mut tx = db.tenant(found.unwrap().unwrap().tenant.id).await.unwrap();
    let new = NewVisit {
        visitor: PersonName::parse("Kim Lee").unwrap(),
        reason: Reason::parse("the calendar looks wrong").unwrap(),
    };
    let (_, word) = support::visit(&mut tx, &new, chrono::Utc::now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    word.expose_secret().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn support_comes_in_when_it_is_let_in_and_is_out_when_the_door_closes() {
    let office = Office::open().await;
    let desk = &office.desk;
    let owner = cookie(desk).await;
    let hours = json!({ "hours": 73 });
    let door = "/api/v1/support-access";
    call(desk, &owner, Method::PUT, door, &hours)
        .await
        .problem(422, "invalid_input");
    let hours = json!({ "hours": 4 });
    let opened = call(desk, &owner, Method::PUT, door, &hours).await;
    assert_eq!(opened.status, 200, "{}", opened.text);

    let word = visit(desk).await;
    let page = desk.get(&format!("/console/support?link={word}")).await;
    assert!(page.text.contains("Kim Lee"), "{}", page.text);
    let entered = desk.submit("/console/support", &[("link", &word)]).await;
    assert_eq!(entered.header("location"), "/console", "{}", entered.text);
    let visitor = entered.header("set-cookie").split(';').next().unwrap();
    let visitor = visitor.to_owned();
    let desk_page = call(desk, &visitor, Method::GET, "/console", &Value::Null).await;
    assert!(
        desk_page.text.contains("Support: Kim Lee"),
        "{}",
        desk_page.text
    );
    call(desk, &visitor, Method::GET, "/api/v1/team", &Value::Null)
        .await
        .problem(403, "forbidden");
    let again = desk.submit("/console/support", &[("link", &word)]).await;
    assert_eq!(again.status, 410);

    let listed = call(
        desk,
        &owner,
        Method::GET,
        "/console/team/support",
        &Value::Null,
    )
    .await;
    assert!(
        listed.text.contains("the calendar looks wrong"),
        "{}",
        listed.text
    );
    let closed = call(desk, &owner, Method::DELETE, door, &Value::Null).await;
    assert_eq!(closed.status, 204, "{}", closed.text);
    call(desk, &visitor, Method::GET, "/api/v1/units", &Value::Null)
        .await
        .problem(401, "signed_out");
}
