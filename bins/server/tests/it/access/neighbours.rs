use motel_kernel::TenantId;
use reqwest::Method;
use serde_json::json;

use super::people::{Visitor, program, tenant};
use super::routes::{self, Route};
use crate::caller::stay;
use crate::desk::{Desk, day};

/// What the first word of a path names, and where that is kept.
const KEPT: &[(&str, &str)] = &[
    ("api-keys", "tenancy.api_keys"),
    ("appointments", "appointments.appointments"),
    ("blackouts", "appointments.blackouts"),
    ("blocks", "inventory.blocks"),
    ("bookings", "bookings.bookings"),
    ("cancellation-policies", "rates.cancellation_policies"),
    ("coupons", "vouchers.coupons"),
    ("fees", "taxes.fees"),
    ("folios", "billing.folios"),
    ("gift-cards", "vouchers.gift_cards"),
    ("guests", "guests.guests"),
    ("housekeeping", "housekeeping.tasks"),
    ("invoices", "invoices.documents"),
    ("knowledge", "knowledge.documents"),
    ("packages", "rates.packages"),
    ("payment-events", "billing.payment_events"),
    ("payments", "billing.payment_links"),
    ("postings", "billing.postings"),
    ("promo-codes", "rates.promo_codes"),
    ("quotes", "bookings.quotes"),
    ("rate-plans", "rates.rate_plans"),
    ("refunds", "billing.refunds"),
    ("reservations", "bookings.reservations"),
    ("roles", "tenancy.roles"),
    ("seasons", "rates.seasons"),
    ("services", "appointments.services"),
    ("stations", "appointments.stations"),
    ("taxes", "taxes.taxes"),
    ("unit-groups", "inventory.unit_groups"),
    ("units", "inventory.units"),
    ("upsell-rules", "upsells.rules"),
];

const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// Something of ours of as many kinds as a few calls make.
pub(super) async fn furnish(desk: &Desk, ours: TenantId) {
    let (from, until) = (day(3).to_string(), day(5).to_string());
    let wanted = stay("king_suite", &from, &until, "ana@example.com");
    let booking = desk.post("/bookings", &wanted).await.json(201);
    let link = json!({ "booking_code": booking["code"], "email": "ana@example.com" });
    desk.post("/payments/links", &link).await.json(201);
    let room =
        json!({ "check_in": from, "check_out": until, "room_type": "king_suite", "adults": 1 });
    let quote = json!({ "rooms": [room] });
    desk.post("/quotes", &quote).await.json(201);
    let query =
        format!("SELECT id FROM inventory.units WHERE tenant_id = '{ours}' AND number = '101'");
    let unit = desk.site.books().await.lines(&query).await.pop();
    let block = json!({
        "unit_id": unit, "kind": "out_of_service", "first_night": day(20), "until": day(22), "reason": "the shower drips",
    });
    let Visitor::Key(key) = program(desk, ours, None).await else {
        unreachable!("a program has a key")
    };
    let request = desk.request(Method::POST, "/api/v1/blocks");
    desk.send(request.bearer_auth(key).json(&block))
        .await
        .json(201);
}

/// The tenant's own thing of the kind that a path names; `None` where it names none by an id, or has none yet.
pub(super) async fn thing(desk: &Desk, tenant: &str, route: &Route) -> Option<String> {
    let rest = route.path.strip_prefix("/api/v1/")?;
    let (kind, rest) = rest.split_once('/')?;
    if !rest.contains("{id}") {
        return None;
    }
    let (_, table) = KEPT.iter().find(|(word, _)| *word == kind)?;
    let query = format!("SELECT id FROM {table} WHERE tenant_id = '{tenant}' ORDER BY id LIMIT 1");
    desk.site.books().await.lines(&query).await.pop()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_ours_is_to_the_neighbours_like_what_is_nobodys() {
    let desk = Desk::open().await;
    let ours = tenant(&desk, "remotemotel").await;
    let theirs = tenant(&desk, "harvest-table").await;
    let owner = program(&desk, ours, None).await;
    let neighbour = program(&desk, theirs, None).await;
    furnish(&desk, ours).await;
    let mut books = desk.site.books().await;
    books.until_idle().await;
    let before = books.digests().await;
    let mut tried = 0;
    for route in routes::all() {
        let Some(id) = thing(&desk, &ours.to_string(), &route).await else {
            continue;
        };
        let path = |id: &str| {
            route
                .path
                .replace("{id}", id)
                .replace("{document_id}", ID)
                .replace("{note_id}", ID)
        };
        let method = route.method.as_str();
        let (real, nobodys) = (path(&id), path(ID));
        let to_them = neighbour.call(&desk, method, &real, &json!({})).await;
        let unknown = neighbour.call(&desk, method, &nobodys, &json!({})).await;
        assert_eq!(to_them, unknown, "{route}");
        assert!(
            !(200..300).contains(&to_them.status),
            "{route}: {to_them:?}"
        );
        // A date may be missing before anything is looked for.
        if method == "GET" && to_them.status != 422 {
            assert_eq!(to_them.status, 404, "{route}: {to_them:?}");
            let to_us = owner.call(&desk, method, &real, &json!({})).await;
            assert!(to_us.status != 404, "{route} does not find ours: {to_us:?}");
        }
        tried += 1;
    }
    assert!(tried > 40, "only {tried} routes were tried");
    assert_eq!(books.digests().await, before);
}
