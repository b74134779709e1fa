use motel_kernel::Actor;
use motel_tenancy::Directory;
use motel_tenancy::commands::create_api_key;
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::caller::stay;
use crate::desk::{Desk, day};
use crate::office::Office;

const CLERK: &str = "clerk@remotemotel.example";
const PASSWORD: &str = "demo-front-desk";

/// Entries that a query finds.
async fn found(office: &Office, query: &str) -> Vec<Value> {
    let page = office.get(&format!("/audit?{query}")).await.json(200);
    page["data"].as_array().unwrap().clone()
}

async fn cookie(desk: &Desk) -> String {
    let credentials = json!({ "email": CLERK, "password": PASSWORD });
    let opened = desk.post("/api/v1/session", &credentials).await;
    assert_eq!(opened.status, 200, "{}", opened.text);
    let cookie = opened.header("set-cookie").split(';').next().unwrap();
    cookie.to_owned()
}

/// A key of the caterer's, who is somebody else.
async fn neighbours_key(desk: &Desk) -> String {
    let db = desk.site.db.db().clone();
    let directory = Directory::new(db.clone(), "harvest-table".parse().unwrap());
    let place = directory.find(directory.default_slug()).await;
    let place = place.unwrap().unwrap();
    let mut tx = db.tenant(place.0.id).await.unwrap();
    let made = create_api_key(&mut tx, "a neighbour", Actor::System).await;
    tx.commit().await.unwrap();
    made.unwrap().secret.expose_secret().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_id_of_a_request_finds_what_was_changed_in_it_and_by_whom() {
    let office = Office::open().await;
    let desk = &office.desk;
    for days in [400, 500] {
        let path = "/audit/retention";
        let tried = format!("{path}?dry_run=true");
        let tried = office.put(&tried, None, &json!({ "days": 3_000 })).await;
        let tried_id = tried.header("x-request-id").to_owned();
        tried.json(200);
        let set = office.put(path, None, &json!({ "days": days })).await;
        let id = set.header("x-request-id").to_owned();
        assert_eq!(set.json(200), json!({ "days": days }));
        assert_eq!(
            found(&office, &format!("request={tried_id}")).await,
            [Value::Null; 0]
        );

        let entries = found(&office, &format!("request={id}")).await;
        let [entry] = &entries[..] else {
            panic!("{entries:?}");
        };
        assert_eq!(entry["thing"], "audit.retention");
        assert_eq!(entry["becomes"], json!({ "days": days }));
        assert_eq!(entry["address"], "127.0.0.1");
        assert!(entry["actor"].as_str().unwrap().starts_with("api_key:"));
        let (action, was) = match days {
            400 => ("insert", Value::Null),
            _ => ("update", json!({ "days": 400 })),
        };
        assert_eq!((&entry["action"], &entry["was"]), (&json!(action), &was));
    }
    office
        .put("/audit/retention", None, &json!({ "days": 89 }))
        .await
        .problem(422, "invalid_input");
    assert_eq!(
        office.get("/audit/retention").await.json(200),
        json!({ "days": 500 })
    );

    // A member, by a page.
    let owner = cookie(desk).await;
    let by_page = desk.request(Method::POST, "/console/audit/retention");
    let by_page = by_page.header("cookie", &owner).form(&[("days", "600")]);
    let set = desk.send(by_page).await;
    assert_eq!(set.status, 303, "{}", set.text);
    let entries = found(&office, "actor=staff&thing=audit").await;
    assert_eq!(entries[0]["becomes"], json!({ "days": 600 }));
    assert_eq!(entries[0]["request_id"], set.header("x-request-id"));
    assert_eq!(entries[0]["address"], "127.0.0.1");
    let page = desk.request(Method::GET, "/console/audit?thing=audit.retention");
    let page = desk.send(page.header("cookie", &owner)).await;
    assert_eq!(page.status, 200, "{}", page.text);
    for shown in ["audit: retention", "500", "600", "Changes", "the program"] {
        assert!(page.text.contains(shown), "{shown}: {}", page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_booking_is_told_without_the_guest_and_what_follows_by_its_job() {
    let office = Office::open().await;
    let wanted = stay(
        "king_suite",
        &day(3).to_string(),
        &day(5).to_string(),
        "ana@example.com",
    );
    let booked = office.desk.post("/bookings", &wanted).await;
    let id = booked.header("x-request-id").to_owned();
    booked.json(201);
    let entries = found(&office, &format!("request={id}&limit=200")).await;
    let things: Vec<_> = entries
        .iter()
        .map(|it| it["thing"].as_str().unwrap())
        .collect();
    for thing in [
        "bookings.reservations",
        "bookings.bookings",
        "guests.guests",
    ] {
        assert!(things.contains(&thing), "{things:?}");
    }
    for entry in &entries {
        assert_eq!(
            (&entry["actor"], &entry["address"]),
            (&json!("guest"), &Value::Null)
        );
        let told = entry.to_string();
        assert!(!told.contains("ana@") && !told.contains("Souza"), "{told}");
    }
    office.desk.site.books().await.until_idle().await;
    let folios = found(&office, "thing=billing.folios&actor=system").await;
    assert_eq!(folios[0]["actor"], "system:billing.open_folio");
    // The demo was put there by hand.
    assert!(!found(&office, "actor=system&thing=rates").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_listed_in_pages_and_saved_whole_and_no_neighbour_sees_it() {
    let office = Office::open().await;
    let desk = &office.desk;
    let (mut listed, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/audit?thing=inventory&limit=7{cursor}");
        let page = office.get(&path).await.json(200);
        listed.extend(page["data"].as_array().unwrap().clone());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert!(listed.len() > 7, "{}", listed.len());
    let saved = office.get("/audit/export?thing=inventory").await;
    assert_eq!(saved.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<_> = saved.text.lines().collect();
    assert!(
        lines[0]
            .starts_with("id,at,actor,request_id,address,thing,key,action,was,becomes,seq,hash")
    );
    assert_eq!(lines.len(), listed.len() + 1);
    for (line, entry) in lines[1..].iter().zip(&listed) {
        assert!(line.starts_with(&format!("{},", entry["id"])), "{line}");
    }

    let key = neighbours_key(desk).await;
    let ours: Vec<_> = listed.iter().map(|it| it["id"].to_string()).collect();
    for path in ["/audit?limit=200", "/audit/export"] {
        let asked = desk.request(Method::GET, &format!("/api/v1{path}"));
        let answer = desk.send(asked.bearer_auth(&key)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(answer.text.contains("tenancy.api_keys"), "{}", answer.text);
        for id in &ours {
            let theirs = [format!("\n{id},"), format!("\"id\":{id},")];
            assert!(theirs.iter().all(|it| !answer.text.contains(it)), "{id}");
        }
    }
    for (query, field) in [
        ("from=yesterday", "from"),
        ("request=7", "request"),
        ("actor=%00", "actor"),
        ("cursor=x", "cursor"),
    ] {
        let refused = office.get(&format!("/audit?{query}")).await;
        let problem = refused.problem(422, "invalid_input");
        assert_eq!(problem["errors"][0]["field"], field);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_with_a_rate_plan_is_signed_by_who_removes_the_plan() {
    let office = Office::open().await;
    let plan = json!({ "code": "own", "name": "Own" });
    let made = office.post("/rate-plans", plan).await.json(201);
    let path = format!("/rate-plans/{}", made["id"].as_str().unwrap());
    let price = json!({
        "from": day(0), "until": day(9), "unit_groups": ["king_suite"], "edit": { "kind": "set", "amount_minor": 9_900 },
    });
    let prices = format!("{path}/prices");
    office.post(&prices, price).await.json(200);
    let shown = office.get(&path).await;
    let version = shown.header("etag").to_owned();
    shown.json(200);
    let removal = office.request(Method::DELETE, &path);
    let removed = office.desk.send(removal.header("If-Match", version)).await;
    assert_eq!(removed.status, 204, "{}", removed.text);
    let id = removed.header("x-request-id");
    let entries = found(&office, &format!("request={id}")).await;
    let things: Vec<_> = entries
        .iter()
        .map(|it| it["thing"].as_str().unwrap())
        .collect();
    for thing in ["rates.rate_plans", "rates.base_prices"] {
        assert!(things.contains(&thing), "{things:?}");
    }
    for entry in &entries {
        assert_eq!(entry["action"], "delete");
        assert!(
            entry["actor"].as_str().unwrap().starts_with("api_key:"),
            "{entry}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_concierge_books_is_signed_by_it() {
    let office = Office::open().await;
    let wish = format!(
        "A standard queen for 2 adults without a dog, from {} to {}",
        day(5),
        day(7)
    );
    let desk = &office.desk;
    let talk = desk.say(&Value::Null, &wish).await["conversation_id"].clone();
    for said in ["I'm Ana Souza", "ana@example.com", "no phone, sorry"] {
        desk.say(&talk, said).await;
    }
    let booked = desk.say(&talk, "Yes please").await;
    assert!(!booked["booking"].is_null(), "{booked}");
    let stays = found(&office, "thing=bookings.reservations&actor=concierge").await;
    assert!(!stays.is_empty());
    assert!(
        stays
            .iter()
            .all(|it| it["address"].is_null() && !it["request_id"].is_null())
    );
}
