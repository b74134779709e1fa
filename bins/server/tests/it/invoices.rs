//! A guest gets an invoice on paper and by mail, from the whole application.

use motel_mail::FileMailbox;
use serde_json::{Value, json};

use crate::desk::day;
use crate::office::Office;

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_issued_read_and_mailed() {
    let office = Office::open().await;
    let stay = json!({ "arrival": day(5), "departure": day(7), "unit_group": "standard_queen", "adults": 1 });
    let guest = json!({ "name": "Ana Souza", "email": "ana@example.com" });
    let booking = json!({ "stays": [stay], "guest": guest });
    let booking = office.post("/bookings", booking).await.json(201);
    let company = json!({ "kind": "company", "name": "Acme Ltd" });
    let path = format!("/bookings/{}/folios", booking["id"].as_str().unwrap());
    let opened = office.post(&path, company).await.json(201);
    let folio = opened["folio"]["id"].as_str().unwrap();
    let issue = format!("/folios/{folio}/actions/invoice");
    let wanted =
        json!({ "kind": "invoice", "language": "es", "addressee": { "company": "Acme Ltd" } });
    office
        .post(&issue, wanted.clone())
        .await
        .problem(409, "nothing_to_invoice");
    let extra = json!({ "kind": "extra", "code": "minibar", "amount_minor": 450, "currency": "USD", "description": "Minibar" });
    let path = format!("/folios/{folio}/postings");
    office.post(&path, extra).await.json(201);

    let made = office.post(&issue, wanted).await;
    let issued = made.json(201);
    let at = made.header("location").strip_prefix("/api/v1").unwrap();
    assert_eq!(office.get(at).await.json(200), issued);
    let number = issued["number"].as_str().unwrap();
    assert!(number.starts_with("INV-") && number.ends_with("-000001"));
    assert_eq!(issued["total"]["amount_minor"], 450);

    let pdf = office.get(&format!("{at}/document")).await;
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(pdf.text.starts_with("%PDF-"));
    let page = office.get(&format!("{at}/document?format=html")).await;
    assert!(page.text.contains("Factura") && page.text.contains(number));
    // What is shown in its own style needs a policy of its own.
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");

    let receiver = json!({ "email": "books@example.com" });
    let send = format!("{at}/actions/send");
    office.post(&send, receiver).await.json(200);
    let mut books = office.desk.site.books().await;
    books.until_idle().await;
    let mailbox = FileMailbox::open(office.desk.site.data_dir.path().join("mailbox"));
    let mails = mailbox.await.unwrap().list().await.unwrap();
    let sent: Vec<_> = mails
        .iter()
        .filter(|mail| mail.to == "books@example.com")
        .collect();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].attachments[0].name, format!("{number}.pdf"));
    assert!(sent[0].attachments[0].content.starts_with(b"%PDF-"));

    let found = office.get("/guests?q=ana").await.json(200);
    let guest = found["data"][0]["id"].as_str().unwrap();
    let path = format!("/guests/{guest}/export");
    let export: Value = office.get(&path).await.json(200);
    assert_eq!(export["kept"]["invoices"][0]["number"], number);
}
