use std::collections::BTreeSet;
use std::fs;

use motel_kernel::TenantId;
use serde_json::{Value, json};

use super::Seen;
use super::neighbours::{furnish, thing};
use super::own_role::OwnRole;
use super::people::{Visitor, program, tenant};
use super::pins::Pins;
use super::routes::{self, Route};
use crate::desk::{Desk, day, top};

const NOBODYS: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// A second property of the business, made after the first as its id says, where there is one room type and nothing else.
const BARN: &str = "f1990a5d-ac96-774b-bcce-b302099a8057";
const LOFT: &str = "f1990a5d-ac96-774b-bcce-b302099a8059";

async fn open_barn(desk: &Desk, ours: TenantId) {
    let open = format!(
        r#"INSERT INTO tenancy.properties SELECT (jsonb_populate_record(p, '{{"id": "{BARN}", "code": "BARN", "name": "The barn"}}')).*
           FROM tenancy.properties p WHERE tenant_id = '{ours}';
           INSERT INTO inventory.unit_groups SELECT (jsonb_populate_record(g, '{{"id": "{LOFT}", "property_id": "{BARN}"}}')).*
           FROM inventory.unit_groups g WHERE tenant_id = '{ours}' AND code = 'king_suite'"#
    );
    desk.site.books().await.execute(&open).await;
}

/// What `one-property.txt` says.
fn pinned() -> BTreeSet<String> {
    let file = top().join("bins/server/tests/it/access/one-property.txt");
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter(|line| !line.is_empty());
    let pin = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [method, path, reason @ ..] = &words[..] else {
            panic!("{line}");
        };
        assert!(reason.len() > 1, "{path} has no reason");
        format!("{method} {path}")
    };
    lines.map(pin).collect()
}

/// The routes that let in who works for another property, and are not pinned; and those that are pinned and do not.
async fn misjudged(
    routes: &[Route],
    pinned: &BTreeSet<String>,
    ask: impl AsyncFn(&Route) -> Seen,
) -> Vec<String> {
    let mut found = Vec::new();
    for route in routes {
        let seen = ask(route).await;
        let refused = seen.status == 403 && seen.code == "property_limited";
        if refused == pinned.contains(&route.to_string()) {
            found.push(format!("{route}: {} {}", seen.status, seen.code));
        }
    }
    found
}

/// Somebody who may do everything, at the barn.
async fn at_the_barn(desk: &Desk, ours: TenantId) -> Visitor {
    open_barn(desk, ours).await;
    let own = OwnRole::made(desk, ours).await;
    own.limit_to(desk, BARN).await;
    own.member
}

#[tokio::test(flavor = "multi_thread")]
async fn who_works_for_one_property_gets_only_where_it_is_kept_apart() {
    let desk = Desk::open().await;
    let (pins, ours) = (Pins::read(), tenant(&desk, "remotemotel").await);
    let member = at_the_barn(&desk, ours).await;
    let mut routes = routes::all();
    routes.retain(|route| route.is_of_the_staff() && !pins.is_open(route) && !pins.is_known(route));
    assert!(routes.len() > 150, "only {} routes", routes.len());
    let there: Vec<String> = routes.iter().map(Route::to_string).collect();
    let pinned = pinned();
    let stale: Vec<_> = pinned.iter().filter(|pin| !there.contains(pin)).collect();
    assert!(stale.is_empty(), "strike them off: {stale:?}");
    let ask = async |route: &Route| member.knock(&desk, route).await;
    let found = misjudged(&routes, &pinned, ask).await;
    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_another_propertys_is_to_them_like_what_is_nobodys() {
    let desk = Desk::open().await;
    let ours = tenant(&desk, "remotemotel").await;
    let owner = program(&desk, ours, None).await;
    furnish(&desk, ours).await;
    put_on_the_list(&desk).await;
    let member = at_the_barn(&desk, ours).await;
    let mut books = desk.site.books().await;
    books.until_idle().await;
    let before = books.digests().await;
    let mut tried = 0;
    let pinned = pinned();
    for route in routes::all() {
        if !pinned.contains(&route.to_string()) || !route.path.contains("{id}") {
            continue;
        }
        let id = thing(&desk, &ours.to_string(), &route).await;
        let id = id.unwrap_or_else(|| panic!("{route}: there is nothing of ours to try it with"));
        let path = |id: &str| route.path.replace("{id}", id);
        let method = route.method.as_str();
        let body = body(&route);
        let to_them = member.call(&desk, method, &path(&id), &body).await;
        let unknown = member.call(&desk, method, &path(NOBODYS), &body).await;
        assert_eq!(to_them, unknown, "{route}");
        assert_eq!(to_them.status, 404, "{route}: {to_them:?}");
        let to_us = owner.call(&desk, method, &path(&id), &body).await;
        assert!(!matches!(to_us.status, 404 | 422), "{route}: {to_us:?}");
        tried += 1;
    }
    assert!(tried > 20, "only {tried} routes were tried");
    assert_eq!(books.digests().await, before);
}

/// What a write has to say to be understood.
fn body(route: &Route) -> Value {
    match route.path.rsplit('/').next() {
        Some("condition") => json!({ "condition": "clean" }),
        Some("inspect") => json!({ "passed": true }),
        _ => json!({}),
    }
}

/// A task for housekeeping at the first property.
async fn put_on_the_list(desk: &Desk) {
    let task = "INSERT INTO housekeeping.tasks (tenant_id, id, property_id, unit_id, date, kind, status, priority, minutes, created_at, updated_at)
        SELECT u.tenant_id, gen_random_uuid(), u.property_id, u.id, current_date, 'linen_change', 'open', 2, 10, now(), now()
        FROM inventory.units u WHERE u.number = '101'";
    desk.site.books().await.execute(task).await;
}

/// Ids and codes of whatever there is at the first property.
async fn marks(desk: &Desk) -> Vec<String> {
    let tables = [
        "inventory.units",
        "inventory.unit_groups",
        "inventory.blocks",
        "bookings.bookings",
        "bookings.reservations",
        "housekeeping.tasks",
    ];
    let ids =
        tables.map(|table| format!("SELECT id::text FROM {table} WHERE property_id <> '{BARN}'"));
    let all = format!(
        "{} UNION SELECT code FROM bookings.bookings",
        ids.join(" UNION ")
    );
    desk.site.books().await.lines(&all).await
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_show_what_is_of_their_property_and_nothing_else() {
    let desk = Desk::open().await;
    let ours = tenant(&desk, "remotemotel").await;
    let owner = program(&desk, ours, None).await;
    furnish(&desk, ours).await;
    put_on_the_list(&desk).await;
    let member = at_the_barn(&desk, ours).await;
    desk.site.books().await.until_idle().await;
    let marks = marks(&desk).await;
    let shows = |text: &str| marks.iter().any(|mark| text.contains(mark.as_str()));
    let nights = format!("?from={}&to={}", day(0), day(30));
    let mut telling = 0;
    for pin in pinned() {
        let Some(path) = pin.strip_prefix("GET ").filter(|path| !path.contains('{')) else {
            continue;
        };
        let dated = ["/blocks", "/tape-chart", "/availability-counters"];
        let dated = dated.iter().any(|end| path.ends_with(end));
        let path = format!("{path}{}", if dated { nights.as_str() } else { "" });
        let to_them = member.read(&desk, &path).await;
        assert_eq!(to_them.status, 200, "{path}: {}", to_them.text);
        assert!(!shows(&to_them.text), "{path} shows {}", to_them.text);
        telling += usize::from(shows(&owner.read(&desk, &path).await.text));
    }
    assert!(telling > 5, "only {telling} lists show anything");
    let groups = member.read(&desk, "/api/v1/unit-groups").await;
    assert!(groups.text.contains(LOFT), "{}", groups.text);
}

#[actix_web::test]
async fn a_route_that_forgets_whose_property_it_is_is_found() {
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, HttpResponse, web};

    let leaky = App::new().route(
        "/api/v1/guests",
        web::get().to(async || HttpResponse::Ok().finish()),
    );
    let app = init_service(leaky).await;
    let routes = ["/api/v1/guests"].map(|path| Route::new("GET", path));
    let ask = async |route: &Route| {
        let request = TestRequest::get().uri(&route.path).to_request();
        Seen {
            status: call_service(&app, request).await.status().as_u16(),
            location: String::new(),
            code: String::new(),
            detail: String::new(),
        }
    };
    let found = misjudged(&routes, &pinned(), ask).await;
    assert_eq!(found, ["GET /api/v1/guests: 200 "]);
}
