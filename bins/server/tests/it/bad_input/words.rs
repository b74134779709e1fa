use reqwest::Method;
use serde_json::{Value, json};

use super::{NO_MARKUP, NO_STATEMENT};
use crate::binary::Binary;
use crate::caller::stay;
use crate::desk::{Site, day};

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
        [words.as_str()]
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
