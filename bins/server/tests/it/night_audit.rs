//! Two nights in the house, charged one by one as the days are closed.

use reqwest::Method;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::caller::stay;
use crate::office::Office;

impl Office {
    /// Days are closed by hand from now on.
    pub(crate) async fn close_by_hand(&self) -> String {
        let path = "/night-audit-schedule";
        let schedule = self.get(path).await;
        let request = self.request(Method::PUT, path);
        let request = request.header("If-Match", schedule.header("etag"));
        let by_hand = json!({ "automatic": false, "hour": 3 });
        self.desk.send(request.json(&by_hand)).await.json(200);
        let schedule = schedule.json(200);
        schedule["business_date"].as_str().unwrap().to_owned()
    }

    /// The folio once `wanted` nights are on it.
    async fn folio_with(&self, code: &str, wanted: usize) -> Value {
        let folio = format!("/bookings/{code}/folio?email=ana@example.com");
        let all_posted = |answer: &Answer| {
            let folio = answer.json(200);
            (rooms(&folio["postings"]).len() == wanted).then_some(folio)
        };
        self.desk.get_until(&folio, all_posted).await
    }
}

/// The nights among some lines.
fn rooms(lines: &Value) -> Vec<String> {
    let lines = lines.as_array().unwrap().iter();
    let rooms = lines.filter(|line| line["kind"] == "charge");
    rooms
        .map(|line| line["service_date"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nights_are_charged_as_they_pass_and_paid_at_the_end() {
    let office = Office::open().await;
    let first = office.close_by_hand().await;
    let today: chrono::NaiveDate = first.parse().unwrap();
    let (second, leaving) = (today + chrono::Days::new(1), today + chrono::Days::new(2));

    let wish = stay(
        "standard_queen",
        &first,
        &leaving.to_string(),
        "ana@example.com",
    );
    let booked = office.desk.post("/bookings", &wish).await.json(201);
    let (code, total) = (
        booked["code"].as_str().unwrap(),
        booked["total_minor"].clone(),
    );
    let found = office.get("/reservations?status=confirmed").await.json(200);
    let id = found["data"][0]["id"].as_str().unwrap().to_owned();
    let action = |name: &str| format!("/reservations/{id}/actions/{name}");
    office.post(&action("check-in"), json!({})).await.json(200);
    let folio = office.folio_with(code, 0).await;
    assert_eq!(
        rooms(&folio["pending"]),
        [first.clone(), second.to_string()]
    );
    assert_eq!(folio["balance_minor"], total);

    let closing = json!({ "business_date": first });
    let tried = office
        .post("/night-audits?dry_run=true", closing.clone())
        .await;
    let closed = office
        .post("/night-audits", closing.clone())
        .await
        .json(201);
    assert_eq!(tried.json(200)["charged_nights"], closed["charged_nights"]);
    assert_eq!(closed["statistics"]["sold"], 1, "{closed}");
    office
        .post("/night-audits", closing)
        .await
        .problem(409, "already_closed");
    let folio = office.folio_with(code, 1).await;
    assert_eq!(rooms(&folio["postings"]), std::slice::from_ref(&first));
    assert_eq!(rooms(&folio["pending"]), [second.to_string()]);
    assert_eq!(folio["balance_minor"], total);

    // The second night, by the sandbox's clock.
    let tomorrow = json!({ "business_date": second });
    office
        .post("/night-audits", tomorrow.clone())
        .await
        .problem(409, "not_begun");
    let a_day = json!({ "advance_by_seconds": 86_400 });
    office.post("/clock", a_day.clone()).await.json(200);
    office.post("/night-audits", tomorrow).await.json(201);
    let folio = office.folio_with(code, 2).await;
    assert_eq!(folio["pending"], json!([]));

    office.post("/clock", a_day).await.json(200);
    leave(&office, &action("check-out"), &found["data"][0], &total).await;
    let folio = office.folio_with(code, 2).await;
    assert_eq!(folio["balance_minor"], 0);
    let days = office.get("/night-audits").await.json(200);
    let days = days["data"].as_array().unwrap().iter();
    let dates: Vec<&Value> = days.map(|audit| &audit["business_date"]).collect();
    assert_eq!(dates, [&json!(second), &json!(first)]);
}

/// Nobody leaves who owes something, unless somebody says why.
async fn leave(office: &Office, check_out: &str, stay: &Value, total: &Value) {
    let refused = office.post(check_out, json!({})).await;
    refused.problem(409, "folio_not_even");
    let forced = json!({ "force": true });
    office
        .post(check_out, forced)
        .await
        .problem(422, "invalid_input");
    let tried = format!("{check_out}?dry_run=true");
    let forced = json!({ "force": true, "reason": "the company pays" });
    office.post(&tried, forced).await.json(200);

    let folio = format!("/bookings/{}/folio", stay["booking_id"].as_str().unwrap());
    let staff = office.get(&folio).await.json(200);
    assert_eq!(&staff["posted"]["amount_minor"], total);
    let cash = json!({
        "kind": "payment", "code": "cash", "amount_minor": total, "currency": "USD", "description": "Cash",
    });
    let folio = staff["folio"]["id"].as_str().unwrap();
    office
        .post(&format!("/folios/{folio}/postings"), cash)
        .await
        .json(201);
    office.post(check_out, json!({})).await.json(200);
}
