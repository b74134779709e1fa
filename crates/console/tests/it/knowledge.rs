use actix_web::test::TestRequest;
use diesel_async::SimpleAsyncConnection;
use motel_knowledge::commands::note_question;
use motel_llm::HashedEmbedder;

use crate::clerk::{Clerk, Seen};
use crate::motel::{CLERK, Motel, STRANGER, now};

const PAGE: &str = "/console/knowledge";

impl Clerk<'_> {
    async fn upload(&mut self, name: &str, text: &str) -> Seen {
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{text}\r\n\
             --edge\r\nContent-Disposition: form-data; name=\"valid_until\"\r\n\r\n\r\n--edge--\r\n"
        );
        let form = ("content-type", "multipart/form-data; boundary=edge");
        let request = TestRequest::post()
            .uri(&format!("{PAGE}/documents"))
            .insert_header(form)
            .set_payload(body);
        self.see(request).await
    }
}

async fn ask_in_vain(motel: &Motel, question: &str) {
    let mut tx = motel.tx().await;
    note_question(&mut tx, &HashedEmbedder, question, now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// The address that a form of the page sends to.
fn action(seen: &Seen, end: &str) -> String {
    let actions = seen.html.split("action=\"").skip(1);
    let mut actions = actions.filter_map(|rest| rest.split('"').next());
    let found = actions.find(|action| action.ends_with(end));
    found
        .unwrap_or_else(|| panic!("no {end} in {}", seen.html))
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_answers_what_guests_asked_in_vain() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let seen = owner.get(PAGE).await;
    assert!(seen.shows("Nothing was asked in vain") && seen.shows("There are no documents yet"));
    ask_in_vain(&motel, "is there a <helipad>").await;
    ask_in_vain(&motel, "do you have a helipad").await;
    let seen = owner.get(PAGE).await;
    assert!(seen.shows("asked 2 times") && seen.shows("do you have a helipad"));
    assert!(
        !seen.shows("<helipad>"),
        "what guests write is shown, not run"
    );

    let refused = owner
        .submit(
            &action(&seen, "/answer"),
            &[("question", "Helipad?"), ("answer", " ")],
        )
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.shows("The answer must not be empty."));
    let told = owner
        .submit(
            &action(&seen, "/answer"),
            &[("question", "Helipad?"), ("answer", "None.")],
        )
        .await;
    assert_eq!(told.location, "/console/knowledge?news=told");
    let seen = owner.get(&told.location).await;
    assert!(seen.shows("Nothing was asked in vain") && seen.shows("Helipad?"));

    ask_in_vain(&motel, "who wrote the odyssey").await;
    let seen = owner.get(PAGE).await;
    let dismiss = action(&seen, "/dismiss");
    assert_eq!(
        owner.post(&dismiss).await.location,
        "/console/knowledge?news=dismissed"
    );
    assert_eq!(
        owner.post(&dismiss).await.location,
        "/console/knowledge?news=question_closed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_typed_uploaded_and_removed() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let note = [
        ("title", "Snow week"),
        ("text", "Ski for free."),
        ("valid_until", "2026-11-30"),
    ];
    let told = owner.submit(&format!("{PAGE}/notes"), &note).await;
    assert_eq!(told.location, "/console/knowledge?news=told");
    assert_eq!(
        owner
            .upload("sauna.md", "# Sauna\n\nFrom 4 pm.")
            .await
            .status,
        303
    );
    let seen = owner.get(PAGE).await;
    assert!(seen.shows("uploads/Snow week.md") && seen.shows("Over since"));
    assert!(seen.shows("uploads/sauna.md") && seen.shows("for good"));

    let refused = owner.upload("rooms.pdf", "%PDF").await;
    assert!(refused.status == 422 && refused.shows("only the operator"));
    let refused = owner.upload("rooms.docx", "no such thing").await;
    assert!(refused.status == 422 && refused.shows("is no readable document"));
    let huge = owner.upload("huge.txt", &"word ".repeat(900_000)).await;
    assert!(huge.status == 422 && huge.shows("4 MiB"));

    let removed = owner.post(&action(&seen, "/remove")).await;
    assert_eq!(removed.location, "/console/knowledge?news=document_removed");
    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    let seen = stranger.get(PAGE).await;
    assert!(seen.shows("There are no documents yet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_front_desk_looks_and_changes_nothing() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    ask_in_vain(&motel, "is there a helipad").await;
    let sql = "UPDATE tenancy.staff SET role = 'front_desk'";
    motel.test.admin().await.batch_execute(sql).await.unwrap();
    let seen = clerk.get(PAGE).await;
    assert!(seen.status == 200 && seen.shows("helipad") && !seen.shows("Answer it"));
    let refused = clerk
        .submit(&format!("{PAGE}/notes"), &[("title", "A"), ("text", "B")])
        .await;
    assert!(refused.status == 403 && refused.shows("knowledge:write"));
}
