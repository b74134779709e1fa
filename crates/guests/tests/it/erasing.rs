use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use motel_guests::commands::{self, NewConsent};
use motel_guests::{
    Channel, Country, DocumentDetails, DocumentKind, GuestEventKind, GuestsError, InTheWay,
    Keepers, Language, Profile, queries,
};
use motel_tenancy::testing::demo_tenant;
use motel_testkit::TestDb;

use crate::ledger::Ledger;
use crate::{at, database, guest};

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Everything in the tables of this crate, as text.
async fn everything(database: &TestDb) -> String {
    let mut admin = database.admin().await;
    let mut all = String::new();
    for table in ["guests", "notes", "consents", "documents", "guest_events"] {
        let rows: Vec<Row> =
            diesel::sql_query(format!("SELECT t::text AS line FROM guests.{table} t"))
                .load(&mut admin)
                .await
                .unwrap();
        all.extend(rows.into_iter().map(|row| row.line + "\n"));
    }
    all.to_lowercase()
}

const TRACES: [&str; 9] = [
    "ada@",
    "old@",
    "lovelace",
    "5550123",
    "5550199",
    "likes tea",
    "9x7q",
    "feathers",
    "en-gb",
];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_who_was_erased() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let ada = guest(
        &mut tx,
        "Ada Lovelace",
        "ada@example.com",
        Some("+14155550123"),
    )
    .await;
    let old = guest(
        &mut tx,
        "A. Lovelace",
        "old@example.com",
        Some("+14155550199"),
    )
    .await;
    let bea = guest(&mut tx, "Bea Miller", "bea@example.com", None).await;
    commands::add_note(&mut tx, ada.id, "Lovelace likes tea", at(0))
        .await
        .unwrap();
    commands::add_note(&mut tx, bea.id, "Miller", at(0))
        .await
        .unwrap();
    let passport = DocumentDetails {
        kind: DocumentKind::Passport,
        issuing_country: Country::parse("GB").unwrap(),
        expires_on: None,
        last_four: "9X7Q".to_owned(),
    };
    commands::add_document(&mut tx, ada.id, &passport, at(0))
        .await
        .unwrap();
    let said = NewConsent {
        channel: Channel::Email,
        given: true,
        source: "wrote from ada@example.com".to_owned(),
    };
    commands::note_consent(&mut tx, ada.id, &said, at(0))
        .await
        .unwrap();
    let profile = Profile {
        language: Some(Language::parse("en-GB").unwrap()),
        preferences: vec!["no feathers".to_owned()],
        vip_level: 2,
        ..ada.profile()
    };
    commands::change(&mut tx, ada.id, &profile, None, at(0))
        .await
        .unwrap();
    let ledger = Ledger::default();
    let keepers = Keepers::none().and(ledger.clone());
    commands::merge(&mut tx, &keepers, ada.id, old.id, None, at(1))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let before = everything(&database).await;
    for trace in TRACES {
        assert!(before.contains(trace), "{trace} would not be found");
    }

    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let seen = queries::find(&mut tx, ada.id).await.unwrap().unwrap();
    let stale = commands::erase(&mut tx, &keepers, ada.id, Some(1), at(2)).await;
    assert!(matches!(stale, Err(GuestsError::Stale)));
    let erased = commands::erase(&mut tx, &keepers, ada.id, Some(seen.version), at(2)).await;
    let erased = erased.unwrap();
    tx.commit().await.unwrap();
    let after = everything(&database).await;
    for trace in TRACES {
        assert!(!after.contains(trace), "{trace} is left in {after}");
    }
    assert!(after.contains("miller"), "others are left alone");
    assert_eq!((erased.id, erased.vip_level), (ada.id, 0));
    assert_eq!(erased.erased_at, Some(at(2).now));
    let asked = ledger.asked.lock().unwrap().last().cloned().unwrap();
    assert!(asked.contains("ada@example.com") && asked.contains("old@example.com"));

    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let left = queries::find(&mut tx, old.id).await.unwrap();
    assert_eq!(left, Some(erased), "the old id still leads there");
    let events = queries::events(&mut tx, &[ada.id], None, 1).await.unwrap();
    assert_eq!(events[0].kind, GuestEventKind::Erased);
    let again = guest(&mut tx, "Ada Lovelace", "ada@example.com", None).await;
    assert_ne!(again.id, ada.id, "who comes again is somebody new");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_still_expected_is_not_erased() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let ada = guest(&mut tx, "Ada Lovelace", "ada@example.com", None).await;
    let expecting = Ledger {
        obstacle: Some(InTheWay {
            code: "guest_expected",
            reason: "They come tomorrow".to_owned(),
        }),
        ..Ledger::default()
    };
    let keepers = Keepers::none().and(expecting.clone());
    let refused = commands::erase(&mut tx, &keepers, ada.id, None, at(0)).await;
    assert_eq!(refused.unwrap_err().code(), "guest_expected");
    assert!(
        expecting.asked.lock().unwrap().is_empty(),
        "nothing was begun"
    );
    assert_eq!(queries::find(&mut tx, ada.id).await.unwrap(), Some(ada));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_more_is_kept_on_who_was_erased() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let ada = guest(&mut tx, "Ada Lovelace", "ada@example.com", None).await;
    let none = Keepers::none();
    commands::erase(&mut tx, &none, ada.id, None, at(0))
        .await
        .unwrap();
    let profile = ada.profile();
    let changed = commands::change(&mut tx, ada.id, &profile, None, at(1)).await;
    assert!(matches!(changed, Err(GuestsError::Erased)));
    let noted = commands::add_note(&mut tx, ada.id, "was here", at(1)).await;
    assert!(matches!(noted, Err(GuestsError::Erased)));
    let again = commands::erase(&mut tx, &none, ada.id, None, at(1)).await;
    assert!(matches!(again, Err(GuestsError::Erased)));
}
