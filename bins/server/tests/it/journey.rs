//! A stay from the first question to the refund, by HTTP alone.

use serde_json::{Value, json};

use crate::caller::Caller;
use crate::desk::{Desk, day};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_asks_books_pays_and_cancels() {
    let desk = Desk::open().await;
    let (check_in, check_out) = (day(20), day(22));
    let search = format!(
        "/availability?check_in={check_in}&check_out={check_out}&adults=2&room_type=standard_queen"
    );
    let before = desk.get(&search).await.json(200);
    assert_eq!(before["rooms"][0]["available_count"], 5, "{before}");

    let booking = book_in_plain_words(&desk, &check_in.to_string(), &check_out.to_string()).await;
    let (code, total) = (booking["code"].as_str().unwrap(), &booking["total_minor"]);
    assert_eq!(*total, before["rooms"][0]["total_minor"]);
    let taken = desk.search(&search).await;
    assert_eq!(taken["rooms"][0]["available_count"], 4);

    let folio = format!("/bookings/{code}/folio?email=ana@example.com");
    assert_eq!(desk.get(&folio).await.json(200)["balance_minor"], *total);
    pay(&desk, code).await;
    let paid = desk.get(&folio).await.json(200);
    assert_eq!(paid["balance_minor"], 0, "{paid}");

    let cancel = (
        format!("/bookings/{code}/cancel"),
        json!({ "email": "ana@example.com" }),
    );
    let cancelled = desk.post(&cancel.0, &cancel.1).await.json(200);
    assert_eq!(cancelled["refund_due_minor"], *total, "{cancelled}");
    let after = desk.search(&search).await;
    assert_eq!(after["rooms"][0]["available_count"], 5);
    let settled = desk.get(&folio).await.json(200);
    assert_eq!(settled["refund_due_minor"], *total, "{settled}");

    mails_arrive_once(&desk, code).await;
    assert!(desk.site.books().await.unsound_sales().await.is_empty());
}

/// Chats until there is a code, beginning with something else.
async fn book_in_plain_words(desk: &Caller, check_in: &str, check_out: &str) -> Value {
    let dogs = desk.say(&Value::Null, "Hi! Do you take dogs?").await;
    assert!(dogs["reply"].as_str().unwrap().contains("$20"), "{dogs}");
    let conversation = &dogs["conversation_id"];
    let wish =
        format!("Then a standard queen for 2 adults without a dog, from {check_in} to {check_out}");
    desk.say(conversation, &wish).await;
    desk.say(conversation, "I'm Ana Souza").await;
    desk.say(conversation, "ana@example.com").await;
    let read_back = desk.say(conversation, "no phone, sorry").await;
    assert!(
        read_back["booking"].is_null(),
        "booked before the yes: {read_back}"
    );
    let booked = desk.say(conversation, "Yes please").await;
    let booking = &booked["booking"];
    assert_eq!(booking["check_in"], check_in, "{booked}");
    assert_eq!(booking["check_out"], check_out);
    booking.clone()
}

async fn pay(desk: &Caller, code: &str) {
    let wanted = json!({ "booking_code": code, "email": "ana@example.com" });
    let link = desk.post("/payments/links", &wanted).await;
    // The chat may have offered the same link before.
    assert!(matches!(link.status.as_u16(), 200 | 201), "{}", link.text);
    let link: Value = serde_json::from_str(&link.text).unwrap();
    let page = link["payment_url"].as_str().unwrap();
    assert_eq!(desk.get(page).await.status, 200);

    let declined = desk.submit(page, &[("choice", "decline")]).await;
    assert_eq!(declined.status, 303, "{}", declined.text);
    let paid = desk.submit(page, &[("choice", "pay")]).await;
    assert_eq!(paid.status, 303, "{}", paid.text);
    desk.submit(page, &[("choice", "pay")])
        .await
        .problem(409, "already_paid");
}

/// One mail that confirms, one that the booking is cancelled, and no third.
async fn mails_arrive_once(desk: &Desk, code: &str) {
    let both = desk.get_until("/dev/mailbox", |page| {
        (page.text.matches(code).count() >= 2).then(|| page.text.clone())
    });
    let page = both.await;
    for subject in ["/confirmed-", "/cancelled-"] {
        let found = page
            .lines()
            .filter(|line| line.contains(code) && line.contains(subject));
        assert_eq!(found.count(), 1, "{subject}: {page}");
    }
    assert_eq!(
        desk.site
            .books()
            .await
            .number("SELECT count(*) FROM mail.outbox")
            .await,
        2
    );
}
