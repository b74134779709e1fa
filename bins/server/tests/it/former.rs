//! A member of the team is erased, by HTTP, and stands nowhere any more.

use reqwest::Method;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::desk::Desk;

const PASSWORD: &str = "demo-front-desk";
const EMAIL: &str = "quendoline@doors.example";

async fn cookie(desk: &Desk, email: &str) -> String {
    let credentials = json!({ "email": email, "password": PASSWORD });
    let opened = desk.post("/api/v1/session", &credentials).await;
    assert_eq!(opened.status, 200, "{}", opened.text);
    let cookie = opened.header("set-cookie").split(';').next().unwrap();
    cookie.to_owned()
}

async fn call(desk: &Desk, cookie: &str, method: Method, path: &str, body: &Value) -> Answer {
    let request = desk.request(method, path).header("cookie", cookie);
    let request = request.header("Idempotency-Key", format!("former-{}", path.len()));
    desk.send(match body {
        Value::Null => request,
        body => request.json(body),
    })
    .await
}

/// Somebody with a name that stands nowhere else, who has left traces.
async fn hire(desk: &Desk) -> String {
    use motel_tenancy::commands::create_staff;
    use motel_tenancy::{Directory, NewStaff, Role};

    let db = desk.site.db.db().clone();
    let directory = Directory::new(db.clone(), "remotemotel".parse().unwrap());
    let place = directory
        .find(directory.default_slug())
        .await
        .unwrap()
        .unwrap();
    let new = NewStaff {
        email: EMAIL.parse().unwrap(),
        password: PASSWORD.into(),
        display_name: "Quendoline Xu".to_owned(),
        role: Role::FrontDesk,
    };
    let mut tx = db.tenant(place.0.id).await.unwrap();
    let member = create_staff(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    member.id.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn name_and_address_of_who_is_erased_stand_in_no_column_of_no_table() {
    let desk = Desk::open().await;
    let id = hire(&desk).await;
    let theirs = cookie(&desk, EMAIL).await;
    let owner = cookie(&desk, "clerk@remotemotel.example").await;
    let stay = json!({ "arrival": crate::desk::day(5), "departure": crate::desk::day(6), "unit_group": "standard_queen", "adults": 1 });
    let guest = json!({ "name": "Ana Souza", "email": "ana@example.com" });
    let booked = json!({ "stays": [stay], "guest": guest });
    call(&desk, &theirs, Method::POST, "/api/v1/bookings", &booked)
        .await
        .json(201);
    let found = call(
        &desk,
        &theirs,
        Method::GET,
        "/api/v1/guests?q=ana",
        &Value::Null,
    )
    .await
    .json(200);
    let guest = found["data"][0]["id"].as_str().unwrap();
    let note = json!({ "text": "Likes the room by the mill." });
    let noted = call(
        &desk,
        &theirs,
        Method::POST,
        &format!("/api/v1/guests/{guest}/notes"),
        &note,
    )
    .await;
    assert!(noted.status.is_success(), "{}", noted.text);
    // An answer that is kept names them, and so does a mail that is asked for.
    let path = format!("/api/v1/team/{id}");
    call(
        &desk,
        &owner,
        Method::PATCH,
        &path,
        &json!({ "role": "front_desk" }),
    )
    .await
    .json(200);
    desk.submit("/console/forgot-password", &[("email", EMAIL)])
        .await;

    let export = call(
        &desk,
        &owner,
        Method::GET,
        &format!("{path}/export"),
        &Value::Null,
    )
    .await
    .json(200);
    assert_eq!(export["member"]["email"], EMAIL);
    assert_eq!(
        export["kept"]["guest_notes"][0]["text"],
        "Likes the room by the mill."
    );
    let mut books = desk.site.books().await;
    books.until_idle().await;
    assert!(!standing(&desk).await.is_empty());

    let erase = format!("{path}/actions/erase");
    let tried = call(&desk, &theirs, Method::POST, &erase, &Value::Null).await;
    tried.problem(403, "forbidden");
    let done = call(&desk, &owner, Method::POST, &erase, &Value::Null).await;
    assert_eq!(done.status, 204, "{}", done.text);
    assert_eq!(standing(&desk).await, Vec::<String>::new());
    call(&desk, &theirs, Method::GET, "/api/v1/session", &Value::Null)
        .await
        .problem(401, "signed_out");
    // What they noted is still there, by an id of which nobody knows more.
    let kept = format!("SELECT count(*) FROM guests.notes WHERE actor = 'staff:{id}'");
    assert_eq!(books.number(&kept).await, 1);
}

/// The tables in which something of their name or address stands.
async fn standing(desk: &Desk) -> Vec<String> {
    let mut books = desk.site.books().await;
    let tables = books
        .lines(
            "SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'",
        )
        .await;
    assert!(tables.len() > 60, "only {tables:?}");
    let mut found = Vec::new();
    for table in tables {
        let query = format!("SELECT count(*) FROM {table} t WHERE t::text ILIKE '%quendoline%'");
        if books.number(&query).await > 0 {
            found.push(table);
        }
    }
    found
}

/// A table that points at members is either emptied of who is erased, or says no more than that there was somebody.
#[tokio::test(flavor = "multi_thread")]
async fn every_table_that_points_at_members_was_thought_of() {
    let site = crate::desk::Site::bare().await;
    let mut books = site.books().await;
    let pointing = books
        .lines("SELECT DISTINCT conrelid::regclass::text FROM pg_constraint WHERE confrelid = 'tenancy.staff'::regclass ORDER BY 1")
        .await;
    assert_eq!(
        pointing,
        [
            "housekeeping.tasks",
            "passkeys.ceremonies",
            "tenancy.challenges",
            "tenancy.invitations",
            "tenancy.member_properties",
            "tenancy.notices",
            "tenancy.one_use_links",
            "tenancy.passkey_holders",
            "tenancy.remembered_devices",
            "tenancy.second_factors",
            "tenancy.sessions",
            "tenancy.support_accesses",
            "tenancy.support_visits"
        ]
    );
}
