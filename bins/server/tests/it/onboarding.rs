//! A stranger signs a business up, sets it up, and a guest books there; by HTTP alone, as a browser without scripts does it.

use motel_mail::{FileMailbox, StoredMail};
use reqwest::Method;
use serde_json::json;

use crate::answer::Answer;
use crate::desk::{Desk, day};

const OWNER: &str = "dana@sunrise.example";
const PASSWORD: &str = "a morning by the lake";

/// Somebody's browser, with the cookie it was given.
struct Browser<'a> {
    desk: &'a Desk,
    cookie: String,
}

impl Browser<'_> {
    async fn look(&self, path: &str) -> Answer {
        let request = self.desk.request(Method::GET, path);
        let request = request.header("cookie", &self.cookie);
        self.desk.send(request).await
    }

    async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.desk.request(Method::POST, path);
        let request = request.header("cookie", &self.cookie);
        self.desk.send(request.form(fields)).await
    }

    /// Sends a form that has to lead to another page.
    async fn go_on(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.submit(path, fields).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text);
        answer.header("location").to_owned()
    }
}

/// The mails to an address, as soon as there are so many.
async fn mails_to(desk: &Desk, email: &str, so_many: usize) -> Vec<StoredMail> {
    desk.get_until("/dev/mailbox", |listed| {
        (listed.text.matches(email).count() >= so_many).then_some(())
    })
    .await;
    let mailbox = FileMailbox::open(desk.site.data_dir.path().join("mailbox")).await;
    let mut mails = mailbox.unwrap().list().await.unwrap();
    mails.retain(|mail| mail.to == email);
    mails
}

/// Where the link of a mail leads, and the word in it.
fn link(desk: &Desk, mail: &StoredMail) -> (String, String) {
    let (_, rest) = mail.text.split_once(&desk.url).unwrap();
    let path = rest.lines().next().unwrap().to_owned();
    let word = path.split_once("?link=").unwrap().1.to_owned();
    (path, word)
}

async fn ask(desk: &Desk, business: &str, email: &str, kind: &str) -> Answer {
    let fields = [("business", business), ("email", email), ("kind", kind)];
    desk.submit("/sign-up", &fields).await
}

/// Follows the link of the one mail there is.
async fn confirm<'a>(desk: &'a Desk, email: &str) -> Browser<'a> {
    let mails = mails_to(desk, email, 1).await;
    let (path, word) = link(desk, &mails[0]);
    // A mail program looks at it first; that uses nothing.
    for _ in 0..2 {
        let form = desk.get(&path).await;
        assert!(form.status == 200 && form.text.contains("Open the front desk"));
    }
    let choose = async |password| {
        let fields = [
            ("link", word.as_str()),
            ("name", "Dana Reyes"),
            ("phone", "+49 30 23125014"),
            ("password", password),
        ];
        desk.submit("/sign-up/confirm", &fields).await
    };
    let short = choose("short").await;
    assert!(
        short.status == 422 && short.text.contains("10 to 200"),
        "{}",
        short.text
    );
    let founded = choose(PASSWORD).await;
    assert_eq!(
        founded.header("location"),
        "/console/setup?news=welcome",
        "{}",
        founded.text
    );
    assert_eq!(choose(PASSWORD).await.status, 410);
    assert_eq!(desk.get(&path).await.status, 410);
    let cookie = founded.header("set-cookie").split(';').next().unwrap();
    Browser {
        desk,
        cookie: cookie.to_owned(),
    }
}

const PLACE: &[(&str, &str)] = &[
    ("name", "Sunrise by the Lake"),
    ("tagline", "Six rooms and a jetty"),
    ("street", "Seeweg 1"),
    ("city", "Lindau"),
    ("postal_code", "88131"),
    ("country", "DE"),
    ("phone", "+49 30 23125014"),
    ("email", "security@bank.example"),
    ("timezone", "Europe/Berlin"),
    ("currency", "EUR"),
    ("check_in", "14:00"),
    ("check_out", "10:30"),
    ("tax_percent", "7"),
    ("tax_included", "yes"),
];

const ROOMS: &[(&str, &str)] = &[
    ("name", "Lake Room"),
    ("beds", "one queen bed"),
    ("count", "2"),
    ("sleeps", "2"),
    ("price", "107.00"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_signs_up_sets_up_and_a_guest_books_there() {
    let desk = Desk::open().await;
    let mut books = desk.site.books().await;
    let neighbours = neighbours(&mut books).await;

    let asked = ask(&desk, "Sunrise Motel", OWNER, "motel").await;
    assert!(
        asked.status == 200 && asked.text.contains("Look into your mail"),
        "{}",
        asked.text
    );
    let owner = confirm(&desk, OWNER).await;
    let welcome = owner.look("/console/setup?news=welcome").await;
    assert!(
        welcome.text.contains("Welcome to your front desk"),
        "{}",
        welcome.text
    );
    set_up(&owner).await;
    book(&desk).await;
    assert_eq!(neighbours_now(&mut books).await, neighbours);
    // Whatever was typed: mails are sent from there.
    let theirs = format!("SELECT count(*) FROM tenancy.properties WHERE email = '{OWNER}'");
    assert_eq!(books.number(&theirs).await, 1);

    // The owner's desk shows the booking of its own house and none of the neighbours'.
    let today = owner.look("/console").await;
    assert!(
        today.text.contains("Ana Souza") && today.text.contains("Sunrise by the Lake"),
        "{}",
        today.text
    );
    assert!(books.unsound_sales().await.is_empty());
}

/// Talks to the concierge. Only the browser in which a conversation began goes on in it.
async fn try_out(owner: &Browser<'_>, path: &str) {
    let question = ("message", "Can I park at the motel?");
    let said = owner.submit(path, &[question]).await;
    let began = said.header("location").to_owned();
    let cookie = said.header("set-cookie").split(';').next().unwrap();
    let talking = Browser {
        desk: owner.desk,
        cookie: cookie.to_owned(),
    };
    let answered = talking.look(&began).await;
    assert!(answered.text.contains("€9.00 a night"), "{}", answered.text);
    let (_, id) = began.split_once("?conversation=").unwrap();
    let more = [question, ("conversation", id)];
    assert_eq!(talking.go_on(path, &more).await, began);
    let elsewhere = owner.look(&began).await;
    assert!(!elsewhere.text.contains("€9.00 a night"));
    assert_ne!(owner.go_on(path, &more).await, began);
}

/// Goes through every step; each leads to the next one.
async fn set_up(owner: &Browser<'_>) {
    let wrong = owner
        .submit("/console/setup/property", &[("name", "Sunrise")])
        .await;
    assert!(
        wrong.status == 422 && wrong.text.contains("Must not be empty."),
        "{}",
        wrong.text
    );
    let next = owner.go_on("/console/setup/property", PLACE).await;
    assert_eq!(next, "/console/setup/rooms");
    let wrong = [
        ("name", "Lake Room"),
        ("count", "0"),
        ("sleeps", "2"),
        ("price", "12,5"),
    ];
    assert_eq!(owner.submit(&next, &wrong).await.status, 422);
    assert_eq!(owner.go_on(&next, ROOMS).await, next);
    let there = owner.look(&next).await;
    assert!(
        there.text.contains("Lake Room: 2 rooms, 101 to 102"),
        "{}",
        there.text
    );
    let again = owner.submit(&next, ROOMS).await;
    assert!(
        again.status == 422
            && again
                .text
                .contains("There is a room type of that name already")
    );

    let rules = [
        ("parking", "paid"),
        ("parking_fee", "9"),
        ("cancellation", "48"),
    ];
    let next = owner.go_on("/console/setup/house-rules", &rules).await;
    assert_eq!(next, "/console/setup/channel");
    let channel = owner.look(&next).await;
    let address = format!("{}/t/sunrise-motel", owner.desk.url);
    assert!(channel.text.contains(&address), "{}", channel.text);
    let next = owner.go_on(&next, &[]).await;
    assert_eq!(next, "/console/setup/trial");
    try_out(owner, &next).await;
    let over = owner.look("/console/setup").await;
    assert!(over.text.contains("5 of 5 done"), "{}", over.text);
}

/// A guest finds the rooms at their price and takes one.
async fn book(desk: &Desk) {
    let house = "/api/v1/public/sunrise-motel";
    let (check_in, check_out) = (day(400).to_string(), day(402).to_string());
    let search = format!("{house}/availability?check_in={check_in}&check_out={check_out}&adults=2");
    let found = desk.search(&search).await;
    assert_eq!(found["rooms"][0]["available_count"], 2, "{found}");
    assert_eq!(found["rooms"][0]["total_minor"], 21_400, "{found}");
    let page = desk.get("/t/sunrise-motel").await;
    assert!(page.status == 200 && page.text.contains("Six rooms and a jetty"));
    let code = found["rooms"][0]["room_type"].as_str().unwrap().to_owned();
    let stay = crate::caller::stay(&code, &check_in, &check_out, "ana@example.com");
    let booked = desk.post(&format!("{house}/bookings"), &stay).await;
    let booked = booked.json(201);
    assert_eq!(booked["total_minor"], 21_400, "{booked}");
    let left = desk.search(&search).await;
    assert_eq!(left["rooms"][0]["available_count"], 1);
}

/// What stood in the tenants' tables before anybody signed up, in figures.
async fn neighbours(books: &mut crate::books::Books) -> Vec<String> {
    books
        .execute("CREATE TABLE public.known AS SELECT tenant_id FROM tenancy.tenants")
        .await;
    neighbours_now(books).await
}

async fn neighbours_now(books: &mut crate::books::Books) -> Vec<String> {
    let mut found = Vec::new();
    for table in books.tenant_tables().await {
        // What chores write as time goes by.
        let chores = ["plans.", "night_audit.", "audit."];
        if chores.iter().any(|schema| table.starts_with(schema)) {
            continue;
        }
        if ["bookings.business_dates", "housekeeping.rules"].contains(&&*table) {
            continue;
        }
        let rows = format!(
            "SELECT '{table}: ' || md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), ''))
             FROM {table} t WHERE tenant_id IN (SELECT tenant_id FROM public.known)"
        );
        found.extend(books.lines(&rows).await);
    }
    assert!(found.len() > 40, "only {found:?}");
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_can_be_skipped_and_taken_up_again() {
    let desk = Desk::open().await;
    ask(&desk, "Sunrise Studio", OWNER, "consulting").await;
    let owner = confirm(&desk, OWNER).await;
    for (step, next) in [
        ("property", "/console/setup/services"),
        ("services", "/console/setup/house-rules"),
        ("house-rules", "/console/setup/channel"),
        ("channel", "/console/setup/trial"),
        ("trial", "/console/setup"),
    ] {
        let path = format!("/console/setup/{step}/skip");
        assert_eq!(owner.go_on(&path, &[]).await, next);
    }
    let unknown = owner.submit("/console/setup/offer/skip", &[]).await;
    assert_eq!(unknown.status, 404);
    let overview = owner.look("/console/setup").await;
    assert!(
        overview.text.contains("0 of 5 done") && overview.text.contains("Skipped"),
        "{}",
        overview.text
    );
    let service = [
        ("name", "An hour of advice"),
        ("minutes", "60"),
        ("price", "110"),
        ("basis", "per_session"),
        ("guests", "4"),
        ("days", "every"),
        ("from", "09:00"),
        ("until", "18:00"),
        ("station", "Dana Reyes"),
    ];
    owner.go_on("/console/setup/services", &service).await;
    let (from, to) = (day(2), day(3));
    let slots = format!(
        "/api/v1/public/sunrise-studio/services/an_hour_of_advice/slots?from={from}&to={to}&guests=2"
    );
    let slots = desk.get(&slots).await;
    assert!(
        slots.status == 200 && slots.text.contains("\"available\":true"),
        "{}",
        slots.text
    );
    let overview = owner.look("/console/setup").await;
    assert!(overview.text.contains("1 of 5 done"), "{}", overview.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_from_the_page_who_has_an_account() {
    let desk = Desk::open().await;
    let known = ask(&desk, "Sunrise", "clerk@remotemotel.example", "motel").await;
    let unknown = ask(&desk, "Sunrise", "nobody@remotemotel.example", "motel").await;
    assert_eq!((known.status.as_u16(), unknown.status.as_u16()), (200, 200));
    assert_eq!(known.text, unknown.text);
    let mails = mails_to(&desk, "clerk@remotemotel.example", 1).await;
    assert!(mails[0].text.contains("You sign in with it already"));
    assert!(!mails[0].text.contains("link="));
    let mails = mails_to(&desk, "nobody@remotemotel.example", 1).await;
    assert!(mails[0].text.contains("/sign-up/confirm?link="));

    let wrong = ask(&desk, " ", "no address", "king").await;
    assert_eq!(wrong.status, 422);
    for sentence in [
        "name of your business",
        "valid e-mail",
        "choose what you offer",
    ] {
        assert!(wrong.text.contains(sentence), "{sentence}: {}", wrong.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_sign_businesses_up_too_and_not_without_end() {
    let desk = Desk::open().await;
    let ask = async |email: &str| {
        let body = json!({ "business": "Sunrise Motel", "email": email, "kind": "motel" });
        desk.post("/api/v1/sign-ups", &body).await
    };
    let refused = json!({ "business": "", "email": "x", "kind": "castle" });
    let refused = desk.post("/api/v1/sign-ups", &refused).await;
    let refused = refused.problem(422, "invalid_input");
    assert_eq!(refused["errors"].as_array().unwrap().len(), 3, "{refused}");
    assert_eq!(ask(OWNER).await.status, 202);
    let mails = mails_to(&desk, OWNER, 1).await;
    let (_, word) = link(&desk, &mails[0]);
    let body = json!({
        "link": word, "name": "Dana Reyes", "phone": "+49 30 23125014", "password": PASSWORD,
    });
    let founded = desk.post("/api/v1/sign-ups/complete", &body).await;
    assert_eq!(founded.json(200)["tenant"], "sunrise-motel");
    desk.post("/api/v1/sign-ups/complete", &body)
        .await
        .problem(410, "link_gone");
    let signed_in = json!({ "email": OWNER, "password": PASSWORD });
    let session = desk.post("/api/v1/session", &signed_in).await.json(200);
    assert_eq!(session["tenant"], "sunrise-motel");

    let mut last = ask("second@sunrise.example").await;
    for guest in 0..9 {
        last = ask(&format!("guest{guest}@sunrise.example")).await;
    }
    last.problem(429, "too_many_attempts");
    assert!(!last.header("retry-after").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_operator_wants_nobody_new_there_is_no_such_page() {
    let desk = Desk::with(|settings| settings.platform.open_to_new = Some(false)).await;
    closed(&desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_real_is_open_to_strangers_only_where_the_operator_says_so() {
    let real = Some("https://motel.example".to_owned());
    let desk = Desk::with(|settings| settings.http.public_url = real.clone()).await;
    closed(&desk).await;
    let proxied = Desk::with(|settings| settings.http.behind_proxy = true).await;
    closed(&proxied).await;
    let opened = Desk::with(|settings| {
        settings.http.public_url = real;
        settings.platform.open_to_new = Some(true);
    });
    assert_eq!(opened.await.get("/sign-up").await.status, 200);
}

async fn closed(desk: &Desk) {
    for path in ["/sign-up", "/sign-up/confirm"] {
        desk.get(path).await.problem(404, "not_found");
    }
    let body = json!({ "business": "Sunrise", "email": OWNER, "kind": "motel" });
    let asked = desk.post("/api/v1/sign-ups", &body).await;
    assert_eq!(asked.status, 404, "{}", asked.text);
    let sign_in = desk.get("/console/sign-in").await;
    assert!(!sign_in.text.contains("/sign-up"), "{}", sign_in.text);
}
