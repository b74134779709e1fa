//! Assistants, by the Model Context Protocol: the protocol's own client for Python, `mcp`, in an open front desk.

use motel_kernel::{Actor, ApiKeyId};
use motel_tenancy::commands::{create_limited_api_key, create_staff, revoke_api_key};
use motel_tenancy::{Directory, KeyTerms, NewStaff, Permission, Role};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::desk::{Desk, day};
use crate::python::Python;

/// Connects, lists the tools and calls some, one after the other. `{"$": [0, "free", 0, "total"]}` is what an earlier answer said there.
const CLIENT: &str = r#"
import asyncio, json, sys
import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

asked = json.load(sys.stdin)
done = []

def filled(value):
    if isinstance(value, dict) and set(value) == {"$"}:
        place, *path = value["$"]
        found = done[place]["answer"]
        for step in path:
            found = found[step]
        return found
    if isinstance(value, dict):
        return {name: filled(it) for name, it in value.items()}
    return value

async def main():
    headers = {"Authorization": "Bearer " + asked["key"]}
    async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
        async with Client(streamable_http_client(asked["url"], http_client=http)) as client:
            tools = [tool.model_dump(by_alias=True, mode="json") for tool in (await client.list_tools()).tools]
            for call in asked["calls"]:
                said = await client.call_tool(call["tool"], filled(call["arguments"]))
                done.append({"refused": bool(said.is_error), "answer": said.structured_content})
            return {"tools": tools, "done": done, "protocol": str(client.protocol_version), "server": client.server_info.name}

def causes(error):
    inner = getattr(error, "exceptions", None)
    return [cause for it in inner for cause in causes(it)] if inner else [repr(error)]

try:
    print(json.dumps(asyncio.run(main())))
except BaseException as error:
    print(json.dumps({"failed": causes(error), "done": done}))
"#;

/// Whether the client is there: it needs a newer Python than the rest of the tests.
fn client() -> Option<Python> {
    let python = Python::find("the client of the Model Context Protocol")?;
    let known = python.run(
        "import importlib.util as u; print('yes' if u.find_spec('mcp') else 'no', end='')",
        &Value::Null,
    );
    if known != "yes" {
        eprintln!("SKIPPED: this Python is too old for the client of the Model Context Protocol");
        return None;
    }
    Some(python)
}

/// A key of a business, and what its assistant does.
struct Assistant<'a> {
    desk: &'a Desk,
    python: Python,
    id: ApiKeyId,
    key: String,
}

impl<'a> Assistant<'a> {
    async fn of(
        desk: &'a Desk,
        python: Python,
        slug: &str,
        permissions: Option<&[Permission]>,
    ) -> Self {
        let directory = Directory::new(desk.site.db.db().clone(), slug.parse().unwrap());
        let place = directory.find(directory.default_slug()).await.unwrap();
        let tenant = place.unwrap().0.id;
        let terms = KeyTerms {
            permissions: permissions.map(|some| some.iter().copied().collect()),
            expires_at: None,
        };
        let mut tx = desk.site.db.db().tenant(tenant).await.unwrap();
        let made = create_limited_api_key(&mut tx, "an assistant", terms, Actor::System).await;
        tx.commit().await.unwrap();
        let made = made.unwrap();
        Self {
            desk,
            python,
            id: made.key.id,
            key: made.secret.expose_secret().to_owned(),
        }
    }

    /// What the client saw.
    async fn calls(&self, calls: &[(&str, Value)]) -> Value {
        let calls = calls
            .iter()
            .map(|(tool, arguments)| json!({ "tool": tool, "arguments": arguments }));
        let asked = json!({
            "url": format!("{}/mcp", self.desk.url), "key": self.key, "calls": calls.collect::<Vec<_>>(),
        });
        let python = self.python;
        // A process is waited for, so not where the front desk might be served.
        let said = tokio::task::spawn_blocking(move || python.run(CLIENT, &asked)).await;
        serde_json::from_str(&said.unwrap()).unwrap()
    }

    async fn done(&self, calls: &[(&str, Value)]) -> Vec<Value> {
        let seen = self.calls(calls).await;
        assert!(seen["failed"].is_null(), "{seen:#}");
        seen["done"].as_array().unwrap().clone()
    }

    /// One message as it stands on the wire.
    async fn post(&self, session: Option<&str>, body: &Value) -> Answer {
        let mut request = self
            .desk
            .request(Method::POST, "/mcp")
            .bearer_auth(&self.key)
            .header("accept", "application/json, text/event-stream")
            .json(body);
        if let Some(session) = session {
            request = request.header("mcp-session-id", session);
        }
        self.desk.send(request).await
    }
}

fn stay(ahead: u64) -> Value {
    json!({ "check_in": day(ahead), "check_out": day(ahead + 2), "adults": 1 })
}

/// A booking at the total that the search at a place had said.
fn room(ahead: u64, searched: usize) -> Value {
    let mut room = stay(ahead);
    let more = json!({
        "room_type": { "$": [searched, "free", 0, "room_type"] }, "full_name": "Ana Souza", "email": "ana@example.com",
        "agreed_total": { "$": [searched, "free", 0, "total"] }, "read_back": 1,
    });
    let fields = room.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    room
}

fn tried(mut arguments: Value) -> Value {
    arguments["dry_run"] = json!(true);
    arguments
}

/// What proves the booking that was made at a place.
fn proof(booked: usize) -> Value {
    json!({ "code": { "$": [booked, "code"] }, "email": "ana@example.com" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_searches_tries_books_looks_up_pays_and_cancels() {
    let Some(python) = client() else { return };
    let desk = Desk::open().await;
    let assistant = Assistant::of(&desk, python, "remotemotel", None).await;
    let seen = assistant
        .calls(&[
            ("search_availability", stay(30)),
            ("book_room", tried(room(30, 0))),
            ("book_room", room(30, 0)),
            ("look_up_booking", proof(2)),
            ("create_payment_link", tried(proof(2))),
            ("create_payment_link", proof(2)),
            ("cancel_booking", tried(proof(2))),
            ("cancel_booking", proof(2)),
            ("look_up_booking", proof(2)),
            ("look_up_booking", proof(1)),
        ])
        .await;
    assert!(seen["failed"].is_null(), "{seen:#}");
    assert_eq!(seen["server"], "remotemotel");

    let tools = seen["tools"].as_array().unwrap();
    assert_eq!(tools.len(), 14);
    for tool in tools {
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
        assert!(tool["title"].is_string() && tool["description"].is_string());
    }
    let hints = |name: &str| {
        let found = tools.iter().find(|tool| tool["name"] == name);
        let hints = found.unwrap()["annotations"].clone();
        (
            hints["readOnlyHint"].clone(),
            hints["destructiveHint"].clone(),
        )
    };
    assert_eq!(hints("search_availability"), (json!(true), json!(false)));
    assert_eq!(hints("book_room"), (json!(false), json!(false)));
    assert_eq!(hints("cancel_booking"), (json!(false), json!(true)));

    let done: Vec<&Value> = seen["done"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["answer"])
        .collect();
    let total = &done[0]["free"][0]["total"];
    assert_eq!(
        (&done[1]["dry_run"], &done[1]["total"]),
        (&json!(true), total)
    );
    assert_eq!(
        (&done[2]["dry_run"], &done[2]["total"]),
        (&Value::Null, total)
    );
    assert_eq!(done[3]["status"], "confirmed");
    assert_eq!(done[4]["amount"], *total);
    assert!(done[5]["url"].as_str().unwrap().contains("/pay/"));
    assert_eq!(done[6]["status"], "cancelled");
    assert_eq!(done[7]["status"], "cancelled");
    assert_eq!(done[8]["status"], "cancelled");
    // What was only tried has a code that nobody knows.
    assert_eq!(done[9]["code"], "not_found");

    let mut books = desk.site.books().await;
    let query = "SELECT count(*) FROM bookings.bookings WHERE booker_email = 'ana@example.com'";
    assert_eq!(books.number(query).await, 1);
    let told = "SELECT count(*) FROM conversations.turns t JOIN conversations.conversations c
        ON (c.tenant_id, c.id) = (t.tenant_id, t.conversation_id) WHERE c.channel = 'mcp' AND c.status = 'closed'";
    assert_eq!(books.number(told).await, 10);
    // The log of changes says whose key it was, although the tools run in tasks of their own.
    let noted = format!(
        "SELECT count(*) FROM audit.entries WHERE actor = '{}' AND thing = 'bookings.bookings'",
        Actor::ApiKey(assistant.id)
    );
    assert!(books.number(&noted).await > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_sees_what_it_may_call_and_is_told_what_it_lacks() {
    let Some(python) = client() else { return };
    let desk = Desk::open().await;
    let some = [Permission::ReadRates, Permission::ReadReservations];
    let assistant = Assistant::of(&desk, python, "remotemotel", Some(&some)).await;
    let seen = assistant
        .calls(&[
            ("search_availability", stay(30)),
            ("book_room", room(30, 0)),
        ])
        .await;
    let names: Vec<&Value> = seen["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| &tool["name"])
        .collect();
    assert_eq!(
        names,
        [
            "search_availability",
            "list_packages",
            "look_up_booking",
            "create_lead",
            "hand_over"
        ]
    );
    let refused = &seen["done"][1];
    assert_eq!(refused["refused"], true);
    assert_eq!(refused["answer"]["code"], "forbidden");
    let reason = refused["answer"]["reason"].as_str().unwrap();
    assert!(reason.contains("reservations:write"), "{reason}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ceilings_are_set_by_people_alone_and_hold_from_the_next_call_on() {
    let Some(python) = client() else { return };
    let desk = Desk::open().await;
    let assistant = Assistant::of(&desk, python, "remotemotel", None).await;
    let path = format!("/api/v1/api-keys/{}/ceilings", assistant.id);
    let ceilings = json!({ "max_total_minor": 100, "currency": "USD", "own_only": true });

    // Not by the assistant, however much its key permits.
    let request = desk.request(Method::PUT, &path).bearer_auth(&assistant.key);
    let answer = desk.send(request.json(&ceilings)).await;
    answer.problem(403, "staff_only");

    let cookie = signed_in(&desk).await;
    let put = async |body: &Value| {
        let request = desk.request(Method::PUT, &path).header("cookie", &cookie);
        desk.send(request.json(body)).await
    };
    put(&json!({ "max_total_minor": 100 }))
        .await
        .problem(422, "invalid_input");
    assert_eq!(put(&ceilings).await.json(200)["version"], 1);
    let request = desk.request(Method::GET, &path).header("cookie", &cookie);
    let shown = desk.send(request).await.json(200);
    assert_eq!(
        (&shown["max_total_minor"], &shown["own_only"]),
        (&json!(100), &json!(true))
    );

    // A ceiling would be worth nothing if the same key had another way in.
    let elsewhere = async || {
        let request = desk.request(Method::GET, "/api/v1/units");
        desk.send(request.bearer_auth(&assistant.key)).await
    };
    elsewhere().await.problem(403, "assistant_only");
    let done = assistant
        .done(&[
            ("search_availability", stay(30)),
            ("book_room", room(30, 0)),
            ("book_room", tried(room(30, 0))),
        ])
        .await;
    for refused in &done[1..] {
        assert_eq!(refused["refused"], true, "{refused}");
        let answer = &refused["answer"];
        assert_eq!(answer["code"], "above_ceiling");
        assert_eq!(answer["needs_person"], true);
        assert_eq!(answer["offer"]["tool"], "hand_over");
    }
    put(&json!({})).await.json(200);
    elsewhere().await.json(200);
    let done = assistant
        .done(&[
            ("search_availability", stay(30)),
            ("book_room", room(30, 0)),
        ])
        .await;
    assert_eq!(done[1]["refused"], false, "{}", done[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_business_and_another_key_find_nothing() {
    let Some(python) = client() else { return };
    let desk = Desk::open().await;
    let ours = Assistant::of(&desk, python, "remotemotel", None).await;
    let done = ours
        .done(&[
            ("search_availability", stay(30)),
            ("book_room", room(30, 0)),
        ])
        .await;
    let proof = json!({ "code": done[1]["answer"]["code"], "email": "ana@example.com" });
    let theirs = Assistant::of(&desk, python, "harvest-table", None).await;
    for tool in ["look_up_booking", "cancel_booking", "create_payment_link"] {
        let done = theirs.done(&[(tool, proof.clone())]).await;
        assert_eq!(done[0]["answer"]["code"], "not_found", "{tool}");
    }
    let list = json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/list" });
    let session = session_of(&ours).await;
    assert_eq!(ours.post(Some(&session), &list).await.status, 200);
    // A session is its key's, in the same business too.
    let other = Assistant::of(&desk, python, "remotemotel", None).await;
    for stranger in [&theirs, &other] {
        let answer = stranger.post(Some(&session), &list).await;
        answer.problem(404, "not_found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_in_without_a_key_that_works() {
    let Some(python) = client() else { return };
    let desk = Desk::open().await;
    let assistant = Assistant::of(&desk, python, "remotemotel", None).await;
    let session = session_of(&assistant).await;
    let list = json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/list" });
    let stranger = desk.request(Method::POST, "/mcp").json(&list);
    desk.send(stranger).await.problem(401, "signed_out");
    let cookie = signed_in(&desk).await;
    let member = desk.request(Method::POST, "/mcp").header("cookie", cookie);
    let answer = desk.send(member.json(&list)).await;
    answer.problem(403, "api_key_required");

    let answer = assistant.post(None, &list).await;
    answer.problem(400, "mcp_session_required");
    let answer = assistant.post(Some("no such session"), &list).await;
    answer.problem(404, "not_found");
    let large = json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/list", "params": { "cursor": "x".repeat(40_000) } });
    let answer = assistant.post(Some(&session), &large).await;
    answer.problem(413, "too_large");

    let place = Directory::new(desk.site.db.db().clone(), "remotemotel".parse().unwrap());
    let tenant = place.find(place.default_slug()).await.unwrap();
    let mut tx = desk
        .site
        .db
        .db()
        .tenant(tenant.unwrap().0.id)
        .await
        .unwrap();
    revoke_api_key(&mut tx, assistant.id).await.unwrap();
    tx.commit().await.unwrap();
    // It is refused as soon as this node hears of it.
    let revoked = async || assistant.post(Some(&session), &list).await;
    let mut pace = tokio::time::interval(std::time::Duration::from_millis(50));
    for _ in 0..600 {
        pace.tick().await;
        if revoked().await.status != 200 {
            break;
        }
    }
    revoked().await.problem(401, "signed_out");
    let seen = assistant.calls(&[]).await;
    assert!(!seen["failed"].is_null(), "{seen}");
}

/// A session on the wire, as it is begun.
async fn session_of(assistant: &Assistant<'_>) -> String {
    let hello = json!({
        "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "a test", "version": "1" },
        },
    });
    let answer = assistant.post(None, &hello).await;
    assert_eq!(answer.json(200)["result"]["protocolVersion"], "2025-06-18");
    answer.header("mcp-session-id").to_owned()
}

/// An owner's cookie.
async fn signed_in(desk: &Desk) -> String {
    const PASSWORD: &str = "a password for assistants' owners";
    let place = Directory::new(desk.site.db.db().clone(), "remotemotel".parse().unwrap());
    let tenant = place.find(place.default_slug()).await.unwrap();
    let owner = NewStaff {
        email: "owner-of-assistants@example.com".parse().unwrap(),
        password: PASSWORD.into(),
        display_name: "Olive Owens".to_owned(),
        role: Role::Owner,
    };
    let mut tx = desk
        .site
        .db
        .db()
        .tenant(tenant.unwrap().0.id)
        .await
        .unwrap();
    create_staff(&mut tx, &owner).await.unwrap();
    tx.commit().await.unwrap();
    let body = json!({ "email": "owner-of-assistants@example.com", "password": PASSWORD });
    let answer = desk.post("/api/v1/session", &body).await;
    answer
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned()
}
