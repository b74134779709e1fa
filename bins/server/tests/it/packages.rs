//! A package from the offer to the folio: what a search shows is what is booked, to the cent.

use serde_json::{Value, json};

use crate::desk::day;
use crate::office::Office;

const ADULTS: i64 = 2;

/// A wine evening for each guest and night, and an eighth off every night.
async fn office_with_packages() -> Office {
    let office = Office::open().await;
    let wine = json!({
        "code": "wine", "name": "Wine evening", "contents": ["a bottle of wine", "cheese"],
        "effect": { "kind": "extra", "amount_minor": 1533, "per": "person_night" },
    });
    office.post("/packages", wine).await.json(201);
    office.post("/packages", winter()).await.json(201);
    office
}

fn winter() -> Value {
    json!({
        "code": "winter", "name": "Winter sale", "contents": [],
        "effect": { "kind": "discount", "basis_points": 1250 },
    })
}

/// A second plan, on which the packages can be had or not.
async fn flexible_plan(office: &Office) {
    let plan = json!({
        "code": "flexible", "name": "Flexible", "derivation": { "parent": "standard", "basis_points": 1000 },
    });
    let made = office.post("/rate-plans", plan).await;
    assert_eq!(made.status, 201, "{}", made.text);
}

async fn search(office: &Office, more: &str) -> Value {
    let (check_in, check_out) = (day(20), day(23));
    let search = format!(
        "/availability?check_in={check_in}&check_out={check_out}&adults={ADULTS}&room_type=standard_queen{more}"
    );
    office.desk.get(&search).await.json(200)
}

/// What the search says the stay costs with a package.
async fn shown(office: &Office, package: &str) -> i64 {
    let found = search(office, "").await;
    let plans = found["rooms"][0]["plans"].as_array().unwrap().iter();
    let packages = plans.flat_map(|plan| plan["packages"].as_array().unwrap());
    let mut of_code = packages.filter(|one| one["code"] == package);
    let total = of_code.next().unwrap()["total_minor"].as_i64().unwrap();
    let alone = search(office, &format!("&package={package}")).await;
    assert_eq!(alone["rooms"][0]["plans"][0]["total_minor"], total);
    total
}

fn guest() -> Value {
    json!({ "full_name": "Ana Souza", "email": "ana@example.com" })
}

fn room(package: &str) -> Value {
    json!({
        "check_in": day(20), "check_out": day(23), "room_type": "standard_queen", "adults": ADULTS, "package": package,
    })
}

fn stay(package: &str) -> Value {
    json!({
        "arrival": day(20), "departure": day(23), "unit_group": "standard_queen", "adults": ADULTS, "package": package,
    })
}

fn ana() -> Value {
    json!({ "name": "Ana Souza", "email": "ana@example.com" })
}

async fn book_at_the_desk(office: &Office, stay: Value) -> Value {
    let wanted = json!({ "stays": [stay], "guest": ana() });
    let booking = office.post("/bookings", wanted).await.json(201);
    booking["reservations"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_search_shows_is_what_is_booked_whoever_books() {
    let office = office_with_packages().await;
    for package in ["wine", "winter"] {
        let total = shown(&office, package).await;

        let rooms = json!({ "rooms": [room(package)] });
        let quote = office.desk.post("/quotes", &rooms).await.json(201);
        assert_eq!(quote["total_minor"], total);
        assert_eq!(quote["rooms"][0]["package"]["code"], package);
        let quoted = json!({ "quote_id": quote["quote_id"], "guest": guest() });
        let booking = office.desk.post("/bookings", &quoted).await.json(201);
        assert_eq!(booking["total_minor"], total);

        let mut at_once = room(package);
        at_once["guest"] = guest();
        let booking = office.desk.post("/bookings", &at_once).await.json(201);
        assert_eq!(booking["total_minor"], total);
        assert_eq!(booking["rooms"][0]["package"]["code"], package);
        let folio = format!(
            "/bookings/{}/folio?email=ana@example.com",
            booking["code"].as_str().unwrap()
        );
        let folio = office.desk.get(&folio).await.json(200);
        assert_eq!(folio["balance_minor"], total, "{folio}");

        let quote = json!({ "stays": [stay(package)] });
        let quote = office.post("/quotes", quote).await.json(201);
        assert_eq!(quote["total"]["amount_minor"], total);
        assert_eq!(quote["stays"][0]["package"]["code"], package);
        let wanted = json!({ "stays": [stay(package)], "guest": ana() });
        let tried = office.post("/bookings?dry_run=true", wanted).await;
        assert_eq!(tried.json(200)["total"]["amount_minor"], total);
    }
    let reservation = book_at_the_desk(&office, stay("wine")).await;
    let agreed = json!({ "code": "wine", "name": "Wine evening", "contents": ["a bottle of wine", "cheese"] });
    assert_eq!(reservation["package"], agreed);
    let fee = &reservation["price"]["fees"][0];
    assert_eq!(fee["code"], "wine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_that_cannot_be_had_is_refused_with_the_reason() {
    let office = office_with_packages().await;
    flexible_plan(&office).await;
    let ended = json!({ "code": "ended", "booking_until": day(0) });
    let later = json!({ "code": "later", "stay_from": day(21) });
    let other = json!({ "code": "other", "rate_plans": ["flexible"] });
    for change in [ended, later, other] {
        let mut package = winter();
        package
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        office.post("/packages", package).await.json(201);
    }
    let cases = [
        ("nothing", "package_unknown"),
        ("ended", "package_not_now"),
        ("later", "package_other_dates"),
        ("other", "package_other_plan"),
    ];
    for (package, code) in cases {
        let mut room = room(package);
        room["rate_plan"] = json!("standard");
        let rooms = json!({ "rooms": [room] });
        let refused = office.desk.post("/quotes", &rooms).await.problem(422, code);
        assert_eq!(refused["errors"][0]["field"], "package");
        room["guest"] = guest();
        office
            .desk
            .post("/bookings", &room)
            .await
            .problem(422, code);
        let mut stay = stay(package);
        stay["rate_plan"] = json!("standard");
        let wanted = json!({ "stays": [stay] });
        office.post("/quotes", wanted).await.problem(422, code);
        let more = format!("&package={package}&rate_plan=standard");
        let found = search(&office, &more).await;
        assert_eq!(found["available"], false);
        assert_eq!(found["reasons"][0]["reasons"][0]["code"], code, "{found}");
    }
    // Without a plan it is the plan that goes with the package, though another is cheaper.
    let reservation = book_at_the_desk(&office, stay("other")).await;
    assert_eq!(reservation["rate_plan"], "flexible");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_keeps_the_package_as_it_was_agreed() {
    let office = office_with_packages().await;
    let wine = book_at_the_desk(&office, stay("wine")).await;
    let sale = book_at_the_desk(&office, stay("winter")).await;
    let packages = office.get("/packages").await.json(200);
    for package in packages["data"].as_array().unwrap() {
        let path = format!("/packages/{}", package["id"].as_str().unwrap());
        let delete = office.request(reqwest::Method::DELETE, &path);
        let gone = office.desk.send(delete.header("If-Match", "\"1\"")).await;
        assert_eq!(gone.status, 204, "{}", gone.text);
    }
    let longer = json!({ "departure": day(24) });
    let change = async |stay: &Value, change: &Value| {
        let path = format!("/reservations/{}", stay["id"].as_str().unwrap());
        office.patch(&path, Some("\"1\""), change).await
    };

    let wine_now = change(&wine, &longer).await.json(200)["reservation"].clone();
    assert_eq!(wine_now["package"], wine["package"]);
    let fees = |stay: &Value| -> i64 {
        let fees = stay["price"]["fees"].as_array().unwrap().iter();
        fees.map(|fee| fee["amount"]["amount_minor"].as_i64().unwrap())
            .sum()
    };
    assert_eq!((fees(&wine), fees(&wine_now)), (6 * 1533, 8 * 1533));

    let sale_now = change(&sale, &longer).await.json(200)["reservation"].clone();
    assert_eq!(sale_now["package"], sale["package"]);
    let nights = |stay: &Value| stay["price"]["nights"].as_array().unwrap().clone();
    assert_eq!(nights(&sale_now)[..3], nights(&sale)[..]);
    // The sale is over: the new night has today's price.
    let (without, with) = (nights(&wine_now)[3].clone(), nights(&sale_now)[3].clone());
    assert_eq!(without, with);

    // It can't be had any more, and it can be given up.
    let other = book_at_the_desk(&office, plain()).await;
    change(&other, &json!({ "package": "wine" }))
        .await
        .problem(422, "package_unknown");
    let given_up = json!({ "package": "" });
    let path = format!("/reservations/{}", sale["id"].as_str().unwrap());
    let plain = office.patch(&path, Some("\"2\""), &given_up).await;
    let plain = plain.json(200)["reservation"].clone();
    assert_eq!(plain["package"], Value::Null);
    assert_eq!(nights(&plain), nights(&wine_now));
}

fn plain() -> Value {
    let mut plain = stay("");
    plain.as_object_mut().unwrap().remove("package");
    plain
}
