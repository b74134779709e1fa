//! What staff know of guests, over HTTP: profile, history, duplicates, and what is left when one is erased.

use std::collections::BTreeSet;

use motel_kernel::Actor;
use motel_tenancy::Directory;
use motel_tenancy::commands::create_api_key;
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::books::Books;
use crate::caller::stay;
use crate::desk::{Desk, day};
use crate::office::Office;

const NOBODY: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// Books a room as a guest does: the booking.
async fn book(office: &Office, email: &str, ahead: u64) -> Value {
    let wanted = stay(
        "standard_queen",
        &day(ahead).to_string(),
        &day(ahead + 2).to_string(),
        email,
    );
    office.desk.post("/bookings", &wanted).await.json(201)
}

/// The one guest that a search finds.
async fn guest(office: &Office, text: &str) -> Value {
    let found = office.get(&format!("/guests?q={text}")).await.json(200);
    assert_eq!(found["data"].as_array().unwrap().len(), 1, "{found}");
    found["data"][0].clone()
}

/// `/guests/{id}` and what comes after it.
fn of(guest: &Value, rest: &str) -> String {
    format!("/guests/{}{rest}", guest["id"].as_str().unwrap())
}

async fn erase(office: &Office, guest: &Value, rest: &str) -> crate::answer::Answer {
    let path = of(guest, &format!("/actions/erase{rest}"));
    let version = format!("\"{}\"", guest["version"]);
    let request = office.request(Method::POST, &path);
    office.desk.send(request.header("If-Match", version)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_booked_is_found_and_described_anew() {
    let office = Office::open().await;
    book(&office, "ana@example.com", 5).await;
    book(&office, "bea@example.com", 6).await;
    let ana = guest(&office, "ana@exam").await;
    assert_eq!(guest(&office, "bea").await["email"], "bea@example.com");
    let both = office.get("/guests?q=518%20555%200142").await.json(200);
    assert_eq!(both["data"].as_array().unwrap().len(), 2);

    let first = office.get("/guests?limit=1").await.json(200);
    assert_eq!(
        first["data"][0]["email"], "bea@example.com",
        "the newest first"
    );
    let next = first["next_cursor"].as_str().unwrap();
    let rest = office
        .get(&format!("/guests?cursor={next}"))
        .await
        .json(200);
    assert_eq!(
        (&rest["data"][0], &rest["next_cursor"]),
        (&ana, &Value::Null)
    );

    let shown = office.get(&of(&ana, "")).await;
    assert_eq!(shown.header("etag"), "\"1\"");
    assert_eq!(shown.json(200), ana);
    let anew = json!({
        "name": "Ana Maria Souza", "phone": "+1 518 555 0177", "language": "pt-br", "country": "br", "vip_level": 2,
        "preferences": ["high floor", "no feathers"],
    });
    let path = of(&ana, "");
    office
        .put(&path, None, &anew)
        .await
        .problem(428, "if_match_required");
    let tried = office
        .put(&of(&ana, "?dry_run=true"), Some("\"1\""), &anew)
        .await;
    assert_eq!(tried.header("dry-run"), "true");
    tried.json(200);
    assert_eq!(office.get(&path).await.json(200), ana, "only tried");
    let changed = office.put(&path, Some("\"1\""), &anew).await;
    assert_eq!(changed.header("etag"), "\"2\"");
    let changed = changed.json(200);
    assert_eq!(
        (&changed["language"], &changed["country"], &changed["phone"]),
        (&json!("pt-BR"), &json!("BR"), &json!("+15185550177"))
    );
    assert_eq!(changed["preferences"], json!(["high floor", "no feathers"]));
    office
        .put(&path, Some("\"1\""), &anew)
        .await
        .problem(412, "version_mismatch");
    assert_eq!(guest(&office, "maria").await, changed);
    let dear = office.get("/guests?vip_from=2").await.json(200);
    assert_eq!(dear["data"], json!([changed]));

    let slips = json!({ "name": "", "language": "klingon", "vip_level": 9, "preferences": [""] });
    let refused = office
        .put(&path, Some("\"2\""), &slips)
        .await
        .problem(422, "invalid_input");
    let fields: BTreeSet<_> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    let expected = BTreeSet::from(["name", "language", "vip_level", "preferences[0]"]);
    assert_eq!(fields, expected);
    for filter in ["q=x", "q=%00ab", "vip_from=6", "cursor=x", "limit=0"] {
        let found = office.get(&format!("/guests?{filter}")).await;
        found.problem(422, "invalid_input");
    }
    let events = office.get(&of(&ana, "/events")).await.json(200);
    assert_eq!(events["data"][0]["kind"], "changed");
    let by = events["data"][0]["actor"].as_str().unwrap();
    assert!(by.starts_with("api_key:"), "{by}");
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_consents_and_documents_are_kept_and_removed() {
    let office = Office::open().await;
    book(&office, "ana@example.com", 5).await;
    let ana = guest(&office, "ana").await;

    let notes = of(&ana, "/notes");
    let tea = json!({ "text": "likes tea" });
    let noted = office.post_as(&notes, Some("a-note"), &tea).await.json(201);
    let again = office.post_as(&notes, Some("a-note"), &tea).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    let listed = office.get(&notes).await.json(200);
    assert_eq!(listed["data"], json!([noted]), "once");
    let blank = office.post(&notes, json!({ "text": " " })).await;
    blank.problem(422, "invalid_input");
    let one = format!("{notes}/{}", noted["id"].as_str().unwrap());
    assert_eq!(office.delete(&one).await.status, 204);
    office.delete(&one).await.problem(404, "not_found");
    assert_eq!(office.get(&notes).await.json(200)["data"], json!([]));

    let consents = of(&ana, "/consents");
    for given in [true, false] {
        let said = json!({ "channel": "email", "given": given, "source": "web form" });
        office.post(&consents, said).await.json(201);
    }
    let all = office.get(&consents).await.json(200);
    assert_eq!(all["data"].as_array().unwrap().len(), 2);
    let now = office.get(&of(&ana, "")).await.json(200);
    assert_eq!(now["consents"][0]["channel"], "email");
    assert_eq!(now["consents"][0]["given"], false, "the last word counts");
    assert_eq!(now["version"], 3);
    let pigeon = json!({ "channel": "pigeon", "given": true, "source": "" });
    let refused = office.post(&consents, pigeon).await;
    let refused = refused.problem(422, "invalid_input");
    assert_eq!(refused["errors"].as_array().unwrap().len(), 2);

    let documents = of(&ana, "/documents");
    let passport = json!({
        "kind": "passport", "issuing_country": "BR", "expires_on": "2031-05-01", "last_four": "q9z4",
    });
    let seen = office.post(&documents, passport).await.json(201);
    assert_eq!(seen["last_four"], "Q9Z4");
    let listed = office.get(&documents).await.json(200);
    assert_eq!(listed["data"], json!([seen]));
    let whole = json!({ "kind": "passport", "issuing_country": "BR", "last_four": "FN123456" });
    let refused = office.post(&documents, whole).await;
    refused.problem(422, "invalid_input");
    let one = format!("{documents}/{}", seen["id"].as_str().unwrap());
    assert_eq!(office.delete(&one).await.status, 204);
    office.delete(&one).await.problem(404, "not_found");
    assert_eq!(office.get(&documents).await.json(200)["data"], json!([]));

    let events = office.get(&of(&ana, "/events")).await.json(200);
    let kinds: Vec<_> = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    let expected = [
        "document_removed",
        "document_added",
        "consent_withdrawn",
        "consent_given",
        "note_removed",
        "note_added",
    ];
    assert_eq!(kinds, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_guest_takes_the_stays_along() {
    let office = Office::open().await;
    let kept = book(&office, "ana@example.com", 5).await;
    let moved = book(&office, "old@example.com", 9).await;
    let (ana, old) = (guest(&office, "ana@").await, guest(&office, "old@").await);
    let note = json!({ "text": "likes tea" });
    office.post(&of(&old, "/notes"), note).await.json(201);

    let pairs = office.get("/guests/duplicates").await.json(200);
    assert_eq!(pairs["data"].as_array().unwrap().len(), 1);
    let pair = &pairs["data"][0];
    assert_eq!(pair["reasons"], json!(["same_phone", "same_name"]));
    assert_eq!(
        (&pair["first"]["id"], &pair["second"]["id"]),
        (&ana["id"], &old["id"])
    );

    let codes = async |path: &str| -> Vec<String> {
        let stays = office.get(path).await.json(200);
        let stays = stays["data"].as_array().unwrap().clone();
        let code = |stay: &Value| stay["booking_code"].as_str().unwrap().to_owned();
        stays.iter().map(code).collect()
    };
    let (kept, moved) = (
        kept["code"].as_str().unwrap(),
        moved["code"].as_str().unwrap(),
    );
    let merge = of(&ana, "/actions/merge");
    let body = json!({ "guest_id": old["id"] });
    let tried = office
        .post(&format!("{merge}?dry_run=true"), body.clone())
        .await;
    assert_eq!(tried.header("dry-run"), "true");
    tried.json(200);
    assert_eq!(codes(&of(&ana, "/stays")).await, [kept], "only tried");
    assert_eq!(codes(&of(&old, "/stays")).await, [moved]);

    let one = office.post(&merge, body.clone()).await.json(200);
    assert_eq!(one["id"], ana["id"]);
    assert_eq!(
        codes(&of(&ana, "/stays")).await,
        [moved, kept],
        "the latest first"
    );
    let first = office.get(&of(&ana, "/stays?limit=1")).await.json(200);
    let next = first["next_cursor"].as_str().unwrap();
    let rest = of(&ana, &format!("/stays?cursor={next}"));
    assert_eq!(codes(&rest).await, [kept]);
    let stay = &first["data"][0];
    assert_eq!(
        (&stay["status"], &stay["nights"]),
        (&json!("confirmed"), &json!(2))
    );
    assert_eq!(
        office.get(&of(&old, "")).await.json(200),
        one,
        "the old id leads there"
    );
    let notes = office.get(&of(&ana, "/notes")).await.json(200);
    assert_eq!(notes["data"][0]["text"], "likes tea");
    let none = office.get("/guests/duplicates").await.json(200);
    assert_eq!(none["data"], json!([]));
    let bookings = format!("/bookings?guest_id={}", ana["id"].as_str().unwrap());
    let bookings = office.get(&bookings).await.json(200);
    assert_eq!(bookings["data"].as_array().unwrap().len(), 2);

    // The address a booking was made with still opens it, and who books by it again is the survivor.
    let look = format!("/bookings/{moved}?email=old@example.com");
    office.desk.get(&look).await.json(200);
    book(&office, "old@example.com", 12).await;
    assert_eq!(codes(&of(&ana, "/stays")).await.len(), 3);
    office.post(&merge, body).await.problem(409, "same_guest");
    let nobody = json!({ "guest_id": NOBODY });
    office.post(&merge, nobody).await.problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_everything_that_is_kept() {
    let office = Office::open().await;
    let booking = book(&office, "ana@example.com", 5).await;
    let ana = guest(&office, "ana").await;
    let note = json!({ "text": "likes tea" });
    office.post(&of(&ana, "/notes"), note).await.json(201);
    let said = json!({ "channel": "sms", "given": true, "source": "web form" });
    office.post(&of(&ana, "/consents"), said).await.json(201);
    let card = json!({ "kind": "id_card", "issuing_country": "BR", "last_four": "0042" });
    office.post(&of(&ana, "/documents"), card).await.json(201);
    let lead =
        json!({ "full_name": "Ana Souza", "email": "ana@example.com", "notes": "for a wedding" });
    office.desk.post("/leads", &lead).await.json(201);

    let export = office.get(&of(&ana, "/export")).await.json(200);
    let profile = office.get(&of(&ana, "")).await.json(200);
    assert_eq!(export["guest"], profile);
    assert_eq!(export["emails"], json!(["ana@example.com"]));
    assert_eq!(export["phones"], json!(["+15185550142"]));
    assert_eq!(export["notes"][0]["text"], "likes tea");
    assert_eq!(export["consents"][0]["channel"], "sms");
    assert_eq!(export["documents"][0]["last_four"], "0042");
    assert_eq!(export["events"].as_array().unwrap().len(), 3);
    let kept = &export["kept"];
    assert_eq!(kept["bookings"][0]["code"], booking["code"]);
    assert_eq!(
        kept["bookings"][0]["stays"][0]["arrival"],
        day(5).to_string()
    );
    assert_eq!(kept["appointments"], json!([]));
    assert_eq!(kept["inquiries"]["leads"][0]["notes"], "for a wedding");
}

/// Where in the whole database something still tells who the guest was. The sandbox gateway plays a company of its own: what
/// it was told to take a payment stands in its books, as it would with any other.
async fn traces(books: &mut Books) -> Vec<String> {
    let mut found = Vec::new();
    for table in books.tenant_tables().await {
        if table == "billing.sandbox_checkouts" {
            continue;
        }
        let known = "t::text ILIKE '%ana@example.com%' OR t::text ILIKE '%old@example.com%' OR t::text ILIKE '%souza%'
            OR t::text LIKE '%5185550177%' OR t::text ILIKE '%likes tea%' OR t::text LIKE '%Q9Z4%'";
        let left = format!("SELECT '{table}: ' || t::text FROM {table} t WHERE {known}");
        found.extend(books.lines(&left).await);
    }
    found
}

/// A guest known wherever one can be: who booked twice, by two addresses, once in a chat; wrote, and was written about.
async fn known_everywhere(office: &Office) -> (Value, Vec<Value>) {
    let desk: &Desk = &office.desk;
    let wish = format!(
        "A standard queen for 2 adults without a dog, from {} to {}",
        day(5),
        day(7)
    );
    let talk = desk.say(&Value::Null, &wish).await["conversation_id"].clone();
    for said in ["I'm Ana Souza", "ana@example.com", "no phone, sorry"] {
        desk.say(&talk, said).await;
    }
    let booked = desk.say(&talk, "Yes please").await;
    assert!(!booked["booking"].is_null(), "{booked}");
    let stays = json!([{
        "arrival": day(9), "departure": day(11), "unit_group": "standard_queen", "adults": 1,
    }]);
    let guest_details =
        json!({ "name": "Ana Souza", "email": "old@example.com", "phone": "+1 518 555 0177" });
    let body = json!({ "stays": stays, "guest": guest_details });
    office
        .post_as("/bookings", Some("once"), &body)
        .await
        .json(201);
    let lead =
        json!({ "full_name": "Ana Souza", "email": "ana@example.com", "notes": "likes tea" });
    desk.post("/leads", &lead).await.json(201);

    let (ana, old) = (guest(office, "ana@").await, guest(office, "old@").await);
    let note = json!({ "text": "Ana Souza likes tea" });
    let notes = of(&ana, "/notes");
    let keyed = office.post_as(&notes, Some("a-note"), &note).await;
    keyed.json(201);
    let card = json!({ "kind": "id_card", "issuing_country": "BR", "last_four": "Q9Z4" });
    office.post(&of(&ana, "/documents"), card).await.json(201);
    let merged = json!({ "guest_id": old["id"] });
    let merge = of(&ana, "/actions/merge");
    let one = office.post(&merge, merged).await.json(200);
    let stays = office.get(&of(&ana, "/stays")).await.json(200);
    (one, stays["data"].as_array().unwrap().clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_leaves_no_trace_but_the_bookings() {
    let office = Office::open().await;
    let (ana, stays) = known_everywhere(&office).await;
    assert_eq!(stays.len(), 2);
    book(&office, "bea@example.com", 6).await;
    let bea = guest(&office, "bea@").await;
    let renamed = json!({ "name": "Bea Miller" });
    office
        .put(&of(&bea, ""), Some("\"1\""), &renamed)
        .await
        .json(200);

    erase(&office, &ana, "")
        .await
        .problem(409, "guest_expected");
    for stay in &stays {
        let id = stay["reservation_id"].as_str().unwrap();
        let cancel = format!("/reservations/{id}/actions/cancel");
        office
            .post(&cancel, json!({ "reason": "ill" }))
            .await
            .json(200);
    }
    let mut books = office.desk.site.books().await;
    books.until_idle().await;
    // Bea's booking has the number and the name that every booking of these tests has: she is described otherwise.
    books
        .execute("UPDATE bookings.bookings SET booker_name = 'Bea Miller', booker_phone = NULL WHERE booker_email = 'bea@example.com'; \
            UPDATE guests.guests SET phone = NULL WHERE email = 'bea@example.com'")
        .await;
    let before = traces(&mut books).await;
    for table in [
        "guests.guests",
        "guests.notes",
        "guests.documents",
        "bookings.bookings",
        "jobs.events",
        "leads.leads",
        "conversations.turns",
        "conversations.conversations",
        "tenancy.answers",
    ] {
        assert!(
            before
                .iter()
                .any(|trace| trace.starts_with(&format!("{table}: "))),
            "nothing is there to be erased from {table}: {before:#?}"
        );
    }

    let without = office.post(&of(&ana, "/actions/erase"), Value::Null).await;
    without.problem(428, "if_match_required");
    let tried = erase(&office, &ana, "?dry_run=true").await;
    assert_eq!(tried.header("dry-run"), "true");
    assert_eq!(tried.json(200)["email"], Value::Null);
    assert_eq!(traces(&mut books).await, before, "only tried");

    let left = erase(&office, &ana, "").await.json(200);
    assert_eq!(
        (&left["id"], &left["name"]),
        (&ana["id"], &json!("Erased guest"))
    );
    assert!(left["erased_at"].is_string(), "{left}");
    assert_eq!(traces(&mut books).await, Vec::<String>::new());
    erase(&office, &left, "").await.problem(409, "guest_erased");
    let note = json!({ "text": "was here" });
    let noted = office.post(&of(&ana, "/notes"), note).await;
    noted.problem(409, "guest_erased");

    // What was sold and what was owed stays, of nobody.
    assert_eq!(
        office.get(&of(&ana, "/stays")).await.json(200)["data"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    for stay in &stays {
        let booking = stay["booking_id"].as_str().unwrap();
        let shown = office.get(&format!("/bookings/{booking}")).await.json(200);
        assert_eq!(shown["booker"]["name"], "Erased guest");
        let folio = office.get(&format!("/bookings/{booking}/folio")).await;
        folio.json(200);
        let code = stay["booking_code"].as_str().unwrap();
        let look = format!("/bookings/{code}?email=ana@example.com");
        office.desk.get(&look).await.problem(404, "not_found");
    }
    let export = office.get(&of(&ana, "/export")).await.json(200);
    assert_eq!(
        (&export["emails"], &export["notes"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(books.unsound_sales().await, Vec::<String>::new());
    assert_eq!(
        guest(&office, "bea@").await["name"],
        "Bea Miller",
        "others are left alone"
    );
    book(&office, "ana@example.com", 14).await;
    assert_ne!(
        guest(&office, "ana@").await["id"],
        ana["id"],
        "who comes again is somebody new"
    );
}

/// The demo's caterer, as a program with its key sees it.
async fn stranger(office: &Office) -> String {
    let db = office.desk.site.db.db().clone();
    let directory = Directory::new(db.clone(), "harvest-table".parse().unwrap());
    let place = directory
        .find(directory.default_slug())
        .await
        .unwrap()
        .unwrap();
    let mut tx = db.tenant(place.0.id).await.unwrap();
    let made = create_api_key(&mut tx, "a stranger", Actor::System).await;
    tx.commit().await.unwrap();
    made.unwrap().secret.expose_secret().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_guest_of_another_business_is_there() {
    let office = Office::open().await;
    book(&office, "ana@example.com", 5).await;
    let ana = guest(&office, "ana").await;
    let note = json!({ "text": "likes tea" });
    let note = office.post(&of(&ana, "/notes"), note).await.json(201);
    let card = json!({ "kind": "id_card", "issuing_country": "BR", "last_four": "0042" });
    let card = office.post(&of(&ana, "/documents"), card).await.json(201);
    let key = stranger(&office).await;
    let note = of(&ana, &format!("/notes/{}", note["id"].as_str().unwrap()));
    let card = of(
        &ana,
        &format!("/documents/{}", card["id"].as_str().unwrap()),
    );
    let profile = json!({ "name": "Some Body" });
    let consent = json!({ "channel": "sms", "given": true, "source": "web form" });
    let document = json!({ "kind": "id_card", "issuing_country": "BR", "last_four": "0042" });
    let requests = [
        (Method::GET, of(&ana, ""), Value::Null),
        (Method::PUT, of(&ana, ""), profile),
        (Method::GET, of(&ana, "/notes"), Value::Null),
        (Method::POST, of(&ana, "/notes"), json!({ "text": "hello" })),
        (Method::DELETE, note, Value::Null),
        (Method::GET, of(&ana, "/consents"), Value::Null),
        (Method::POST, of(&ana, "/consents"), consent),
        (Method::GET, of(&ana, "/documents"), Value::Null),
        (Method::POST, of(&ana, "/documents"), document),
        (Method::DELETE, card, Value::Null),
        (Method::GET, of(&ana, "/events"), Value::Null),
        (Method::GET, of(&ana, "/stays"), Value::Null),
        (Method::GET, of(&ana, "/export"), Value::Null),
        (
            Method::POST,
            of(&ana, "/actions/merge"),
            json!({ "guest_id": ana["id"] }),
        ),
        (Method::POST, of(&ana, "/actions/erase"), Value::Null),
    ];
    let mut books = office.desk.site.books().await;
    books.until_idle().await;
    let before = books.digests().await;
    for (method, path, body) in requests {
        let url = format!("/api/v1{path}");
        let request = office.desk.request(method.clone(), &url).json(&body);
        let signed_out = office.desk.send(request).await;
        signed_out.problem(401, "signed_out");
        let request = office.desk.request(method.clone(), &url).json(&body);
        let request = request.header("If-Match", "\"1\"").bearer_auth(&key);
        let answer = office.desk.send(request).await;
        assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text);
        let nowhere = path.replace(ana["id"].as_str().unwrap(), "nobody");
        let request = office.request(method.clone(), &nowhere).json(&body);
        let answer = office.desk.send(request.header("If-Match", "\"1\"")).await;
        assert_eq!(answer.status, 404, "{method} {nowhere}: {}", answer.text);
    }
    for path in ["/guests", "/guests/duplicates"] {
        let request = office.desk.request(Method::GET, &format!("/api/v1{path}"));
        let theirs = office.desk.send(request.bearer_auth(&key)).await.json(200);
        assert_eq!(theirs["data"], json!([]), "{path}");
    }
    assert_eq!(books.digests().await, before);
}
