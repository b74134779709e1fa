//! A gift card is sold, mailed and paid with, a coupon is used and taken off: by HTTP alone.

use motel_mail::FileMailbox;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::caller::stay;
use crate::desk::day;
use crate::office::Office;

const EMAIL: &str = "ana@example.com";

async fn book(office: &Office, ahead: u64) -> Value {
    let (from, until) = (day(ahead).to_string(), day(ahead + 2).to_string());
    let wanted = stay("standard_queen", &from, &until, EMAIL);
    office.desk.post("/bookings", &wanted).await.json(201)
}

/// What a guest is told who wants to pay with a code.
async fn pay_with(office: &Office, booking: &Value, code: &str) -> Answer {
    let path = format!("/bookings/{}/vouchers", booking["code"].as_str().unwrap());
    let body = json!({ "email": EMAIL, "code": code });
    office.desk.post(&path, &body).await
}

async fn liability(office: &Office) -> (i64, i64) {
    let owed = office.get("/gift-card-liability").await.json(200);
    let minor = |field: &str| owed[field]["amount_minor"].as_i64().unwrap();
    (minor("total"), minor("ledger"))
}

async fn mailed_code(office: &Office) -> String {
    let mut books = office.desk.site.books().await;
    books.until_idle().await;
    let mailbox = FileMailbox::open(office.desk.site.data_dir.path().join("mailbox"));
    let mails = mailbox.await.unwrap().list().await.unwrap();
    let mail = mails
        .iter()
        .find(|mail| mail.to == "carla@example.com")
        .unwrap();
    let (_, rest) = mail.text.split_once("Its code: ").unwrap();
    rest.lines().next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_card_is_sold_mailed_paid_with_and_comes_back() {
    let office = Office::open().await;
    let card = json!({
        "amount_minor": 5_000, "currency": "USD", "paid_by": "cash", "buyer_email": "bea@example.com",
        "recipient_name": "Carla", "recipient_email": "carla@example.com", "message": "Enjoy!",
    });
    let tried = office.post("/gift-cards?dry_run=true", card.clone()).await;
    assert_eq!(tried.json(200)["balance"]["amount_minor"], 5_000);
    assert_eq!(liability(&office).await, (0, 0));
    let made = office.post_as("/gift-cards", Some("sale-1"), &card).await;
    let sold = made.json(201);
    assert_eq!(
        office
            .post_as("/gift-cards", Some("sale-1"), &card)
            .await
            .json(201),
        sold
    );
    assert!(!made.text.contains("\"code\""), "{}", made.text);
    assert_eq!(liability(&office).await, (5_000, 5_000));
    let at = made
        .header("location")
        .strip_prefix("/api/v1")
        .unwrap()
        .to_owned();

    let code = mailed_code(&office).await;
    let booking = book(&office, 30).await;
    let total = booking["total_minor"].as_i64().unwrap();
    let paid = pay_with(&office, &booking, &code).await.json(200);
    assert_eq!(
        (&paid["taken_off_minor"], &paid["balance_minor"]),
        (&json!(5_000), &json!(total - 5_000))
    );
    // Spent, unknown, and no code at all.
    let spent = pay_with(&office, &booking, &code)
        .await
        .problem(409, "voucher_not_usable");
    let unknown = pay_with(&office, &booking, "AAAAA-AAAAA-AAAAA-AAAAA").await;
    assert_eq!(
        unknown.problem(409, "voucher_not_usable")["detail"],
        spent["detail"]
    );
    let empty = pay_with(&office, &booking, "")
        .await
        .problem(422, "invalid_input");
    assert_eq!(empty["errors"][0]["field"], "code");
    let path = format!("/bookings/{}/vouchers", booking["code"].as_str().unwrap());
    let stranger = json!({ "email": "eve@example.com", "code": code });
    office
        .desk
        .post(&path, &stranger)
        .await
        .problem(404, "not_found");

    let cancel = format!("/bookings/{}/cancel", booking["code"].as_str().unwrap());
    office
        .desk
        .post(&cancel, &json!({ "email": EMAIL }))
        .await
        .json(200);
    let mut books = office.desk.site.books().await;
    books.until_idle().await;
    let shown = office.get(&at).await.json(200);
    assert_eq!(
        (&shown["state"], &shown["balance"]["amount_minor"]),
        (&json!("active"), &json!(5_000))
    );
    let kinds: Vec<_> = shown["movements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["kind"].clone())
        .collect();
    assert_eq!(kinds, ["issued", "redeemed", "given_back"]);

    let void = json!({ "reason": "she moved away", "paid_back_by": "cash" });
    let gone = office
        .post(&format!("{at}/actions/void"), void.clone())
        .await
        .json(200);
    assert_eq!(gone["state"], "void");
    office
        .post(&format!("{at}/actions/void"), void)
        .await
        .problem(409, "already_void");
    assert_eq!(liability(&office).await, (0, 0));
    let books = office.get("/reports/trial-balance").await.json(200);
    assert_eq!(books["totals"][0]["closing"]["amount_minor"], 0, "{books}");
}

/// Sells a gift card of $40 and prints it; answers its code.
async fn printed_card(office: &Office) -> String {
    let card = json!({ "amount_minor": 4_000, "currency": "USD", "paid_by": "card" });
    let sold = office.post("/gift-cards", card).await.json(201);
    let print = format!("/gift-cards/{}/actions/print", sold["id"].as_str().unwrap());
    let printed = office.post(&print, json!({})).await.json(200);
    let last_four = printed["gift_card"]["last_four"].as_str().unwrap();
    let found = office
        .get(&format!("/gift-cards?last_four={last_four}"))
        .await
        .json(200);
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
    printed["code"].as_str().unwrap().to_owned()
}

/// Makes a coupon, after what is wrong about it was refused; answers its path.
async fn made_coupon(office: &Office, coupon: &Value) -> String {
    let made = office.post("/coupons", coupon.clone()).await;
    let at = made
        .header("location")
        .strip_prefix("/api/v1")
        .unwrap()
        .to_owned();
    assert_eq!(made.json(201)["code"], "WINTER");
    office
        .post("/coupons", coupon.clone())
        .await
        .problem(409, "code_taken");
    office
        .put(&at, None, coupon)
        .await
        .problem(428, "if_match_required");
    let mut wrong = coupon.clone();
    wrong["room_types"] = json!(["igloo"]);
    let refused = office
        .post("/coupons", wrong)
        .await
        .problem(422, "invalid_input");
    assert_eq!(refused["errors"][0]["field"], "room_types");
    at
}

/// Takes off what was used, once.
async fn take_off(office: &Office, used: &Value) {
    let off = format!(
        "/voucher-uses/{}/actions/take-off",
        used["id"].as_str().unwrap()
    );
    let reason = json!({ "reason": "a mistake" });
    let left = office.post(&off, reason.clone()).await.json(200);
    assert_eq!(left["standing"]["amount_minor"], 0);
    office.post(&off, reason).await.problem(409, "taken_off");
    let line = format!(
        "/postings/{}/actions/reverse",
        used["posting_id"].as_str().unwrap()
    );
    office
        .post(&line, json!({ "reason": "again" }))
        .await
        .problem(409, "not_reversible");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_use_what_is_printed_and_take_it_off() {
    let office = Office::open().await;
    let code = printed_card(&office).await;
    let coupon = json!({
        "code": "winter", "name": "Winter", "currency": "USD", "worth": { "kind": "share", "basis_points": 1_000, "most_minor": 1_500 },
        "room_types": ["standard_queen"], "max_uses": 1,
    });
    let at = made_coupon(&office, &coupon).await;

    let booking = book(&office, 30).await;
    let id = office.get("/bookings").await.json(200)["data"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut books = office.desk.site.books().await;
    books.until_idle().await;
    let folio = office.get(&format!("/bookings/{id}/folio")).await.json(200);
    let folio = folio["folio"]["id"].as_str().unwrap();
    let on = format!("/folios/{folio}/vouchers");
    let total = booking["total_minor"].as_i64().unwrap();
    let worth = ((total + 5) / 10).min(1_500);
    let used = office
        .post(&on, json!({ "code": "Winter" }))
        .await
        .json(201);
    assert_eq!(used["amount"]["amount_minor"], worth);
    let part = json!({ "code": code, "amount_minor": 2_500 });
    let paid = office.post_as(&on, Some("part-1"), &part).await.json(201);
    assert_eq!(
        office.post_as(&on, Some("part-1"), &part).await.json(201),
        paid
    );
    let nothing = office.post(&on, json!({ "code": "NOTHING" })).await;
    let why = nothing.problem(409, "voucher_not_usable");
    assert!(
        why["detail"]
            .as_str()
            .unwrap()
            .contains("no gift card and no coupon"),
        "{why}"
    );
    office
        .put(&at, Some("\"1\""), &coupon)
        .await
        .problem(409, "coupon_used");

    let uses = format!("/bookings/{id}/vouchers");
    let listed = office.get(&uses).await.json(200);
    assert_eq!(listed["uses"], json!([used, paid]));
    for one in [&used, &paid] {
        take_off(&office, one).await;
    }
    let folio = office.get(&format!("/bookings/{id}/folio")).await.json(200);
    assert_eq!(folio["balance"]["amount_minor"], total);
    assert_eq!(liability(&office).await, (4_000, 4_000));
    let ended = office
        .post(&format!("{at}/actions/end"), json!({}))
        .await
        .json(200);
    assert!(
        ended["ended_at"].is_string() && ended["uses"] == 0,
        "{ended}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_pays_on_the_page_of_the_booking() {
    let office = Office::open().await;
    let worth = json!({ "kind": "amount", "amount_minor": 1_000 });
    let coupon = json!({ "code": "TEN", "name": "Ten off", "currency": "USD", "worth": worth });
    office.post("/coupons", coupon).await.json(201);
    let booking = book(&office, 30).await;
    let code = booking["code"].as_str().unwrap();
    let desk = &office.desk;
    // A stranger is asked whose booking it is.
    let page = format!("/booking/{code}");
    let stranger = desk
        .submit(&format!("{page}/voucher"), &[("voucher", "TEN")])
        .await;
    assert!(
        stranger.header("location").contains("/my-booking"),
        "{}",
        stranger.text
    );

    let proved = desk
        .submit("/my-booking", &[("code", code), ("email", EMAIL)])
        .await;
    let cookie = proved
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let with_cookie =
        |method, path: &str| desk.request(method, path).header("cookie", cookie.clone());
    let typing = async |typed: &str| {
        let fields = [("voucher", typed), ("once", "1")];
        let request = with_cookie(reqwest::Method::POST, &format!("{page}/voucher"));
        desk.send(request.form(&fields)).await
    };
    for wrong in ["NOTHING", "?", "AAAAA-AAAAA-AAAAA-AAAAA"] {
        let refused = typing(wrong).await;
        assert_eq!(refused.status, 422, "{wrong}: {}", refused.text);
        assert!(refused.text.contains("voucher-error"), "{}", refused.text);
    }
    for _ in 0..2 {
        let used = typing("ten").await;
        assert_eq!(used.status, 303, "{}", used.text);
        assert!(used.header("location").ends_with("?redeemed=1"));
    }
    let shown = desk
        .send(with_cookie(
            reqwest::Method::GET,
            &format!("{page}?redeemed=1"),
        ))
        .await;
    assert!(
        shown.text.contains("Coupon TEN") && shown.text.contains("-$10.00"),
        "{}",
        shown.text
    );
    let left = booking["total_minor"].as_i64().unwrap() - 1_000;
    let left = format!("Pay ${}.{:02} now", left / 100, left % 100);
    assert!(shown.text.contains(&left), "{left}: {}", shown.text);
}
