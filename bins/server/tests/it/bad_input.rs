//! Whatever is sent, the answer is a clear refusal: nothing is stored and nothing is in the log at error level.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::binary::Binary;
use crate::caller::{Caller, stay};
use crate::desk::{Site, day};

const NO_STATEMENT: &str = "'; DROP TABLE bookings.bookings; --";
const NO_MARKUP: &str = "<script>alert(1)</script>";

/// The front desk as a process of its own, because of its log; and what was in the database before.
struct Refusing {
    site: Site,
    binary: Binary,
    before: Vec<String>,
}

impl Refusing {
    async fn open() -> Self {
        let site = Site::seeded().await;
        let binary = Binary::start(&site).await;
        let before = site.books().await.digests().await;
        Self {
            site,
            binary,
            before,
        }
    }

    fn caller(&self) -> &Caller {
        &self.binary.caller
    }

    async fn nothing_happened(&self) {
        assert_eq!(self.site.books().await.digests().await, self.before);
        assert_eq!(self.binary.logged("ERROR"), Vec::<Value>::new());
        assert!(
            !self.binary.logged("INFO").is_empty(),
            "the log cannot be read"
        );
    }
}

/// A refusal with a sentence for a person, that names the field.
fn refused(answer: &Answer, status: u16, code: &str, field: &str) {
    let problem = answer.problem(status, code);
    assert!(problem["detail"].as_str().unwrap().len() > 10, "{problem}");
    assert!(problem["request_id"].is_string(), "{problem}");
    let fields: Vec<_> = problem["errors"].as_array().into_iter().flatten().collect();
    let named = fields
        .iter()
        .any(|error| error["field"] == field && error["reason"].is_string());
    assert!(named || field.is_empty(), "{field} is not named: {problem}");
}

/// A sound booking with one field changed, `guest.email` for a nested one.
fn booking_with(field: &str, value: Value) -> Value {
    let mut wanted = stay(
        "standard_queen",
        &day(5).to_string(),
        &day(7).to_string(),
        "ana@example.com",
    );
    match field.split_once('.') {
        Some((outer, inner)) => wanted[outer][inner] = value,
        None => wanted[field] = value,
    }
    wanted
}

#[tokio::test(flavor = "multi_thread")]
async fn bookings_that_cannot_be() {
    let desk = Refusing::open().await;
    let yesterday = day(0) - chrono::Days::new(1);
    let cases = [
        (
            "check_in",
            json!(yesterday - chrono::Days::new(3)),
            "check_in",
        ),
        ("check_in", json!("2026-02-30"), "check_in"),
        ("check_in", json!(NO_STATEMENT), "check_in"),
        ("check_in", Value::Null, "check_in"),
        ("check_out", json!(day(5)), "check_out"),
        ("check_out", json!(day(2)), "check_out"),
        ("check_out", json!(day(10_005)), "check_out"),
        ("check_out", json!(day(40)), "check_out"),
        ("adults", json!(0), "adults"),
        ("adults", json!(-1), "adults"),
        ("adults", json!(1.5), "adults"),
        ("adults", json!("two"), "adults"),
        ("adults", json!(10_000_000_000_i64), "adults"),
        ("children", json!(-1), ""),
        ("pets", json!(-1), ""),
        ("pets", json!(1), ""),
        ("room_type", json!("penthouse"), "room_type"),
        ("room_type", json!(""), "room_type"),
        ("room_type", json!(NO_STATEMENT), "room_type"),
        ("room_type", json!(NO_MARKUP), "room_type"),
        ("room_type", json!("standard\0queen"), "room_type"),
        ("room_type", json!("🛏️"), "room_type"),
        ("guest.full_name", json!(""), "guest.full_name"),
        ("guest.full_name", json!("🙂"), "guest.full_name"),
        (
            "guest.full_name",
            json!("A".repeat(1_000)),
            "guest.full_name",
        ),
        ("guest.email", json!("ana"), "guest.email"),
        ("guest.email", json!("ana@"), "guest.email"),
        ("guest.email", json!("ana@example.com\0"), "guest.email"),
        (
            "guest.email",
            json!("ana@example.com\nBcc: all@example.com"),
            "guest.email",
        ),
        ("guest.email", json!(NO_STATEMENT), "guest.email"),
        ("guest.email", json!(NO_MARKUP), "guest.email"),
        ("guest.email", json!("🙂@🙂"), "guest.email"),
        ("guest.phone", json!("12"), "guest.phone"),
        ("guest.phone", json!("call me"), "guest.phone"),
        ("guest.phone", json!(NO_STATEMENT), "guest.phone"),
        ("guest", json!("Ana"), "guest"),
    ];
    for (field, value, named) in cases {
        let answer = desk
            .caller()
            .post("/bookings", &booking_with(field, value.clone()))
            .await;
        assert_eq!(answer.status, 422, "{field} {value}: {}", answer.text);
        let code = answer.json(422)["code"].as_str().unwrap().to_owned();
        refused(&answer, 422, &code, named);
    }
    desk.nothing_happened().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_that_make_no_sense() {
    let desk = Refusing::open().await;
    let dates = format!("check_in={}&check_out={}", day(5), day(7));
    let cases = [
        (
            format!(
                "check_in={}&check_out={}",
                day(0) - chrono::Days::new(2),
                day(1)
            ),
            "check_in",
        ),
        (
            format!("check_in={}&check_out={}", day(7), day(5)),
            "check_out",
        ),
        (
            format!("check_in={}&check_out={}", day(5), day(5)),
            "check_out",
        ),
        (
            format!("check_in={}&check_out={}", day(5), day(10_005)),
            "check_out",
        ),
        ("check_in=soon&check_out=later".to_owned(), "check_in"),
        (String::new(), "check_in"),
        (format!("{dates}&adults=0"), "adults"),
        (format!("{dates}&adults=-1"), "adults"),
        (format!("{dates}&children=-1"), "children"),
        (format!("{dates}&pets=x"), "pets"),
        (format!("{dates}&room_type=penthouse"), "room_type"),
        (format!("{dates}&room_type=%00"), "room_type"),
        (
            format!("{dates}&room_type=%27%3B%20DROP%20TABLE%20x"),
            "room_type",
        ),
        (format!("{dates}&room_type=%F0%9F%9B%8F"), "room_type"),
        (
            format!("{dates}&room_type={}", "x".repeat(5_000)),
            "room_type",
        ),
        (format!("{dates}&adults=1&adults=2"), "adults"),
    ];
    for (query, field) in cases {
        let answer = desk.caller().get(&format!("/availability?{query}")).await;
        refused(&answer, 422, "invalid_input", field);
    }
    desk.nothing_happened().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_fields_that_are_not_right() {
    let desk = Refusing::open().await;
    let code = "/bookings/RM-7K3F9Q";
    let long = "x".repeat(5_000);
    let cases = [
        ("/chat", json!({ "message": "" }), 422, "message"),
        ("/chat", json!({ "message": " \n " }), 422, "message"),
        ("/chat", json!({ "message": long }), 422, "message"),
        ("/chat", json!({ "message": "a\0b" }), 422, "message"),
        ("/chat", json!({ "message": 7 }), 422, "message"),
        ("/chat", json!({}), 422, "message"),
        (
            "/chat",
            json!({ "message": "hi", "conversation_id": "1 OR 1=1" }),
            422,
            "conversation_id",
        ),
        (
            "/chat",
            json!({ "message": "hi", "conversation_id": "01890a5d-ac96-774b-bcce-b302099a8057" }),
            404,
            "",
        ),
        (
            "/chat",
            json!({ "message": "hi", "admin": true }),
            422,
            "admin",
        ),
        ("/leads", json!({ "full_name": "Ana Souza" }), 422, "email"),
        (
            "/leads",
            json!({ "full_name": "", "email": "ana@example.com" }),
            422,
            "full_name",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana" }),
            422,
            "email",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "phone": "1" }),
            422,
            "phone",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com", "adults": 0 }),
            422,
            "adults",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com", "source": NO_STATEMENT }),
            422,
            "source",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com", "notes": "a\0b" }),
            422,
            "notes",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com", "notes": long }),
            422,
            "notes",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com", "check_in": day(5), "check_out": day(4) }),
            422,
            "check_out",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com", "check_in": "2020-01-01", "check_out": "2020-01-02" }),
            422,
            "check_in",
        ),
        ("/knowledge/search", json!({ "query": "" }), 422, "query"),
        (
            "/knowledge/search",
            json!({ "query": "a\0b" }),
            422,
            "query",
        ),
        ("/knowledge/search", json!({ "query": long }), 422, "query"),
        (
            "/knowledge/search",
            json!({ "query": "dogs", "top_k": 0 }),
            422,
            "top_k",
        ),
        (
            "/knowledge/search",
            json!({ "query": "dogs", "top_k": 10_000 }),
            422,
            "top_k",
        ),
        (
            "/payments/links",
            json!({ "booking_code": NO_STATEMENT, "email": "ana@example.com" }),
            422,
            "booking_code",
        ),
        (
            "/payments/links",
            json!({ "booking_code": "RM-7K3F9Q", "email": NO_MARKUP }),
            422,
            "email",
        ),
        (
            "/payments/links",
            json!({ "booking_code": "RM-7K3F9Q", "email": "ana@example.com" }),
            404,
            "",
        ),
        (
            &format!("{code}/cancel"),
            json!({ "email": "ana" }),
            422,
            "email",
        ),
        (
            &format!("{code}/cancel"),
            json!({ "email": "ana@example.com" }),
            404,
            "",
        ),
        (
            "/bookings/RM-%00/cancel",
            json!({ "email": "ana@example.com" }),
            404,
            "",
        ),
        (
            "/voice/simulate/calls/1/turns",
            json!({ "speech": "hi" }),
            404,
            "",
        ),
        ("/payments/webhooks/%27", json!({}), 404, ""),
    ];
    for (path, body, status, field) in cases {
        let answer = desk.caller().post(path, &body).await;
        let code = if status == 404 {
            "not_found"
        } else {
            "invalid_input"
        };
        refused(&answer, status, code, field);
    }
    for (path, status) in [
        (format!("{code}?email=ana"), 422),
        (code.to_owned(), 422),
        (format!("{code}?email=ana@example.com"), 404),
        (
            "/bookings/%27%20OR%201=1?email=ana@example.com".to_owned(),
            404,
        ),
        (
            "/bookings/%F0%9F%99%82/folio?email=ana@example.com".to_owned(),
            404,
        ),
        ("/pay/sandbox/%00".to_owned(), 404),
    ] {
        let code = if status == 404 {
            "not_found"
        } else {
            "invalid_input"
        };
        refused(&desk.caller().get(&path).await, status, code, "");
    }
    desk.nothing_happened().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_cannot_be_read() {
    let desk = Refusing::open().await;
    let caller = desk.caller();
    let proof = json!({ "email": "ana@example.com" });
    let routes = [
        ("/bookings", booking_with("adults", json!(1))),
        ("/bookings/RM-7K3F9Q/cancel", proof),
        (
            "/payments/links",
            json!({ "booking_code": "RM-7K3F9Q", "email": "ana@example.com" }),
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com" }),
        ),
        ("/knowledge/search", json!({ "query": "dogs" })),
        ("/chat", json!({ "message": "hello" })),
    ];
    for (path, sound) in &routes {
        let typed = |content_type: &str, body: Vec<u8>| -> RequestBuilder {
            let request = caller.request(Method::POST, path);
            request.header("content-type", content_type).body(body)
        };
        let megabyte = json!({ "message": "x".repeat(1024 * 1024) }).to_string();
        for (request, status, code) in [
            (typed("application/json", b"{".to_vec()), 400, "malformed"),
            (typed("application/json", Vec::new()), 400, "malformed"),
            (
                typed("application/json", b"nonsense".to_vec()),
                400,
                "malformed",
            ),
            (
                typed("application/json", b"\xff\xfe".to_vec()),
                400,
                "malformed",
            ),
            (
                typed("application/json", b"[]".to_vec()),
                422,
                "invalid_input",
            ),
            (
                typed("application/json", megabyte.clone().into_bytes()),
                413,
                "too_large",
            ),
            (
                typed("text/plain", b"{}".to_vec()),
                415,
                "wrong_content_type",
            ),
            (
                typed("application/x-www-form-urlencoded", b"a=b".to_vec()),
                415,
                "wrong_content_type",
            ),
        ] {
            refused(&caller.send(request).await, status, code, "");
        }
        let nobody = format!("/api/v1/public/nobody{path}");
        refused(
            &caller.post(&nobody, sound).await,
            404,
            "unknown_tenant",
            "",
        );
        let injected = format!("/api/v1/public/x%27%20OR%20%271%27=%271{path}");
        refused(
            &caller.post(&injected, sound).await,
            404,
            "unknown_tenant",
            "",
        );
    }
    let unsigned = caller
        .submit("/voice/twilio/inbound", &[("CallSid", "CA1")])
        .await;
    unsigned.problem(503, "voice_not_configured");
    let unsigned = caller.post("/payments/webhooks/sandbox", &json!({})).await;
    unsigned.problem(403, "bad_signature");
    desk.nothing_happened().await;
}

/// Where any words are allowed, SQL and HTML are words: kept as they were sent, and shown as text.
#[tokio::test(flavor = "multi_thread")]
async fn hostile_words_are_words() {
    let site = Site::seeded().await;
    let binary = Binary::start(&site).await;
    let caller = &binary.caller;
    let words = format!("{NO_STATEMENT} {NO_MARKUP} 🙂");
    let name = format!("Bobby {words}");
    let lead = json!({ "full_name": name, "email": "bobby@example.com", "notes": words });
    caller.post("/leads", &lead).await.json(201);
    let mut wanted = stay(
        "standard_queen",
        &day(5).to_string(),
        &day(7).to_string(),
        "bobby@example.com",
    );
    wanted["guest"]["full_name"] = json!(name);
    let booked = caller.post("/bookings", &wanted).await.json(201);
    assert_eq!(booked["guest"]["full_name"], name);
    let said = caller.say(&Value::Null, &words).await;
    assert!(
        !said["reply"].as_str().unwrap().contains("<script>"),
        "{said}"
    );
    caller
        .post("/knowledge/search", &json!({ "query": words }))
        .await
        .json(200);

    let mut books = site.books().await;
    assert_eq!(
        books.lines("SELECT notes FROM leads.leads").await,
        [words.clone()]
    );
    assert_eq!(
        books
            .lines("SELECT booker_name FROM bookings.bookings")
            .await,
        [name]
    );
    assert_eq!(
        books
            .lines("SELECT text FROM conversations.turns WHERE speaker = 'guest'")
            .await,
        [words]
    );

    let fields = [
        ("email", "clerk@remotemotel.example"),
        ("password", "demo-front-desk"),
    ];
    let cookie = caller
        .submit("/console/sign-in", &fields)
        .await
        .header("set-cookie")
        .to_owned();
    let desk = caller
        .request(Method::GET, "/console")
        .header("cookie", cookie);
    let page = caller.send(desk).await;
    assert!(page.text.contains("Bobby"), "{}", page.text);
    assert!(!page.text.contains(NO_MARKUP), "{}", page.text);
    assert_eq!(binary.logged("ERROR"), Vec::<Value>::new());
}
