use motel_guests::commands::{self, NewConsent};
use motel_guests::queries::GuestFilter;
use motel_guests::{
    Channel, Country, DocumentDetails, DocumentKind, GuestEventKind, GuestsError, Keepers, queries,
};
use motel_kernel::GuestId;
use motel_tenancy::testing::{demo_tenant, other_tenant};

use crate::ledger::Ledger;
use crate::{at, database, details, guest};

#[tokio::test(flavor = "multi_thread")]
async fn the_survivor_has_it_all_and_old_ids_lead_there() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let ada = guest(&mut tx, "Ada Lovelace", "ada@example.com", None).await;
    let old = guest(
        &mut tx,
        "A. Lovelace",
        "old@example.com",
        Some("+14155550123"),
    )
    .await;
    let older = guest(&mut tx, "A. Byron", "older@example.com", None).await;
    commands::add_note(&mut tx, older.id, "likes tea", at(0))
        .await
        .unwrap();
    let passport = DocumentDetails {
        kind: DocumentKind::IdCard,
        issuing_country: Country::parse("GB").unwrap(),
        expires_on: None,
        last_four: "0042".to_owned(),
    };
    commands::add_document(&mut tx, old.id, &passport, at(0))
        .await
        .unwrap();
    let yes = NewConsent {
        channel: Channel::Email,
        given: true,
        source: "web form".to_owned(),
    };
    commands::note_consent(&mut tx, old.id, &yes, at(0))
        .await
        .unwrap();

    let ledger = Ledger::default();
    let keepers = Keepers::none().and(ledger.clone());
    commands::merge(&mut tx, &keepers, old.id, older.id, None, at(1))
        .await
        .unwrap();
    let one = commands::merge(&mut tx, &keepers, ada.id, old.id, Some(1), at(2)).await;
    let one = one.unwrap();
    assert_eq!((one.id, one.version), (ada.id, 2));
    assert_eq!(one.phone, old.phone, "what was never said is taken over");
    let asked = ledger.asked.lock().unwrap().clone();
    let expected = [(older.id, old.id), (old.id, ada.id)];
    assert_eq!(asked, expected.map(|(from, to)| format!("{from} is {to}")));

    for id in [ada.id, old.id, older.id] {
        assert_eq!(
            queries::find(&mut tx, id).await.unwrap().as_ref(),
            Some(&one)
        );
    }
    for email in ["ada@example.com", "old@example.com", "older@example.com"] {
        let email = details("x y", email, None).email;
        let found = queries::find_by_email(&mut tx, &email).await.unwrap();
        assert_eq!(found.as_ref(), Some(&one), "{email}");
    }
    assert_eq!(
        queries::notes(&mut tx, ada.id, None, 9)
            .await
            .unwrap()
            .len(),
        1
    );
    let documents = queries::documents(&mut tx, ada.id, None, 9).await.unwrap();
    assert_eq!(documents[0].details, passport);
    let consents = queries::current_consents(&mut tx, &[ada.id]).await.unwrap();
    assert_eq!((consents.len(), consents[0].given), (1, true));
    let all = queries::list(&mut tx, &GuestFilter::default(), None, 9).await;
    assert_eq!(all.unwrap(), std::slice::from_ref(&one));

    let person = queries::person(&mut tx, &one).await.unwrap();
    assert_eq!(person.ids, [ada.id, old.id, older.id]);
    let events = queries::events(&mut tx, &person.ids, None, 9)
        .await
        .unwrap();
    assert_eq!(events[0].kind, GuestEventKind::Merged);
    assert_eq!(events[0].merged_guest, Some(old.id));
    assert_eq!(events[0].fields, ["phone"]);
    assert_eq!(events.len(), 5, "the merged one's own among them");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_books_by_an_old_address_is_the_survivor() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let ada = guest(&mut tx, "Ada Lovelace", "ada@example.com", None).await;
    let old = guest(&mut tx, "A. Lovelace", "old@example.com", None).await;
    commands::merge(&mut tx, &Keepers::none(), ada.id, old.id, None, at(0))
        .await
        .unwrap();

    let booked = guest(&mut tx, "A. L.", "old@example.com", None).await;
    assert_eq!(booked.id, ada.id);
    assert_eq!(
        booked.email, old.email,
        "a booking is proven by the address it was made with"
    );
    let found = queries::find(&mut tx, old.id).await.unwrap().unwrap();
    assert_eq!((found.id, found.name), (ada.id, ada.name));
    let noted = commands::add_note(&mut tx, old.id, "came again", at(1)).await;
    let notes = queries::notes(&mut tx, ada.id, None, 9).await.unwrap();
    assert_eq!(
        notes,
        [noted.unwrap()],
        "a note by the old id is on the survivor"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_merged_is_refused() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let elsewhere = other_tenant(&database).await;
    let mut tx = database.db().tenant(elsewhere.tenant).await.unwrap();
    let stranger = guest(&mut tx, "Some Body", "some@example.com", None).await;
    tx.commit().await.unwrap();
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let ada = guest(&mut tx, "Ada Lovelace", "ada@example.com", None).await;
    let old = guest(&mut tx, "A. Lovelace", "old@example.com", None).await;
    let gone = guest(&mut tx, "Gone Girl", "gone@example.com", None).await;
    let none = Keepers::none();
    commands::erase(&mut tx, &none, gone.id, None, at(0))
        .await
        .unwrap();

    let stale = commands::merge(&mut tx, &none, ada.id, old.id, Some(7), at(1)).await;
    assert!(matches!(stale, Err(GuestsError::Stale)));
    for (survivor, merged, code) in [
        (ada.id, ada.id, "same_guest"),
        (ada.id, GuestId::new(), "not_found"),
        (GuestId::new(), ada.id, "not_found"),
        (ada.id, stranger.id, "not_found"),
        (ada.id, gone.id, "guest_erased"),
        (gone.id, ada.id, "guest_erased"),
    ] {
        let refused = commands::merge(&mut tx, &none, survivor, merged, None, at(1)).await;
        assert_eq!(refused.unwrap_err().code(), code);
    }
    commands::merge(&mut tx, &none, ada.id, old.id, None, at(2))
        .await
        .unwrap();
    let again = commands::merge(&mut tx, &none, ada.id, old.id, None, at(3)).await;
    assert!(matches!(again, Err(GuestsError::SameGuest)));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_keeper_cannot_follow_nothing_is_merged() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let ada = guest(&mut tx, "Ada Lovelace", "ada@example.com", None).await;
    let old = guest(&mut tx, "A. Lovelace", "old@example.com", None).await;
    tx.commit().await.unwrap();
    let broken = Ledger {
        broken: true,
        ..Ledger::default()
    };
    let keepers = Keepers::none().and(broken);
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let failed = commands::merge(&mut tx, &keepers, ada.id, old.id, None, at(0)).await;
    assert_eq!(failed.unwrap_err().code(), "internal");
    drop(tx);
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    assert_eq!(queries::find(&mut tx, old.id).await.unwrap(), Some(old));
}
