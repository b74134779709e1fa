//! What a house remembers: the profile, notes, consents, documents, and who wrote them.

use motel_guests::commands::{self, NewConsent};
use motel_guests::{
    Channel, Country, DocumentDetails, DocumentKind, GuestEventKind, GuestsError, Language,
    MOST_DOCUMENTS, Profile, queries,
};
use motel_kernel::{GuestId, GuestNoteId};
use motel_tenancy::testing::demo_tenant;

use crate::{at, database, guest};

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_is_changed_by_who_has_seen_it() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let ada = guest(&mut tx, "Ada Lovelace", "ada@example.com", None).await;
    let wanted = Profile {
        language: Some(Language::parse("en-GB").unwrap()),
        country: Some(Country::parse("GB").unwrap()),
        vip_level: 4,
        preferences: vec!["high floor".to_owned(), "no feathers".to_owned()],
        ..ada.profile()
    };
    let changed = commands::change(&mut tx, ada.id, &wanted, Some(1), at(0)).await;
    let changed = changed.unwrap();
    assert_eq!(changed.profile(), wanted);
    assert_eq!((changed.version, &changed.email), (2, &ada.email));
    let found = queries::find(&mut tx, ada.id).await.unwrap();
    assert_eq!(found, Some(changed));

    let stale = commands::change(&mut tx, ada.id, &ada.profile(), Some(1), at(1)).await;
    assert!(matches!(stale, Err(GuestsError::Stale)));
    let same = commands::change(&mut tx, ada.id, &wanted, Some(2), at(1)).await;
    assert_eq!(same.unwrap().version, 2, "nothing was changed");
    let nobody = commands::change(&mut tx, GuestId::new(), &wanted, None, at(1)).await;
    assert!(matches!(nobody, Err(GuestsError::NotFound("guest"))));

    let events = queries::events(&mut tx, &[ada.id], None, 10).await.unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].kind, GuestEventKind::Changed);
    let fields = ["language", "country", "vip_level", "preferences"];
    assert_eq!(events[0].fields, fields);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_changes_the_version_only_when_it_says_something_new() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let mut version = 0;
    for (name, phone, expected) in [
        ("Ada Lovelace", None, 1),
        ("Ada Lovelace", None, 1),
        ("Ada Lovelace", Some("+14155550123"), 2),
        ("Ada Lovelace", Some("+14155550123"), 2),
        ("Ada Lovelace", None, 2),
        ("Ada Byron", None, 3),
    ] {
        version = guest(&mut tx, name, "ada@example.com", phone).await.version;
        assert_eq!(version, expected, "{name} {phone:?}");
    }
    assert_eq!(version, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_stand_until_they_are_removed() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let ada = guest(&mut tx, "Ada Lovelace", "ada@example.com", None).await;
    let bea = guest(&mut tx, "Bea Miller", "bea@example.com", None).await;
    let mut written = Vec::new();
    for text in ["likes tea", "left a scarf", "asks for 201"] {
        let note = commands::add_note(&mut tx, ada.id, text, at(0)).await;
        written.push(note.unwrap());
    }
    let others = commands::remove_note(&mut tx, bea.id, written[1].id, at(1)).await;
    assert!(matches!(others, Err(GuestsError::NotFound("note"))));
    let unknown = commands::remove_note(&mut tx, ada.id, GuestNoteId::new(), at(1)).await;
    assert!(matches!(unknown, Err(GuestsError::NotFound("note"))));
    commands::remove_note(&mut tx, ada.id, written[1].id, at(1))
        .await
        .unwrap();

    let first = queries::notes(&mut tx, ada.id, None, 1).await.unwrap();
    assert_eq!(first[0].text, "asks for 201", "the newest first");
    let rest = queries::notes(&mut tx, ada.id, Some(first[0].id), 9).await;
    let rest: Vec<_> = rest.unwrap().into_iter().map(|note| note.text).collect();
    assert_eq!(rest, ["likes tea"]);
    let events = queries::events(&mut tx, &[ada.id], None, 10).await.unwrap();
    assert_eq!(events[0].kind, GuestEventKind::NoteRemoved);
    assert_eq!(events.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_word_on_a_channel_counts() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let ada = guest(&mut tx, "Ada Lovelace", "ada@example.com", None).await;
    for (minute, channel, given) in [
        (0, Channel::Email, true),
        (1, Channel::Sms, true),
        (2, Channel::Email, false),
        (3, Channel::Post, false),
        (4, Channel::Post, true),
    ] {
        let said = NewConsent {
            channel,
            given,
            source: "at the front desk".to_owned(),
        };
        commands::note_consent(&mut tx, ada.id, &said, at(minute))
            .await
            .unwrap();
    }
    let current = queries::current_consents(&mut tx, &[ada.id]).await.unwrap();
    let current: Vec<_> = current.iter().map(|it| (it.channel, it.given)).collect();
    let expected = [
        (Channel::Email, false),
        (Channel::Post, true),
        (Channel::Sms, true),
    ];
    assert_eq!(current, expected);
    let all = queries::consents(&mut tx, ada.id, None, 10).await.unwrap();
    assert_eq!(all.len(), 5, "what was said before stays known");
    let found = queries::find(&mut tx, ada.id).await.unwrap().unwrap();
    assert_eq!(
        found.version, 6,
        "who looks at the guest sees their consents"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_few() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let ada = guest(&mut tx, "Ada Lovelace", "ada@example.com", None).await;
    let passport = DocumentDetails {
        kind: DocumentKind::Passport,
        issuing_country: Country::parse("GB").unwrap(),
        expires_on: chrono::NaiveDate::from_ymd_opt(2031, 5, 1),
        last_four: "7K3F".to_owned(),
    };
    let first = commands::add_document(&mut tx, ada.id, &passport, at(0)).await;
    let first = first.unwrap();
    assert_eq!(first.details, passport);
    for _ in 1..MOST_DOCUMENTS {
        commands::add_document(&mut tx, ada.id, &passport, at(0))
            .await
            .unwrap();
    }
    let more = commands::add_document(&mut tx, ada.id, &passport, at(1)).await;
    assert!(matches!(more, Err(GuestsError::TooManyDocuments)));
    commands::remove_document(&mut tx, ada.id, first.id, at(1))
        .await
        .unwrap();
    let gone = commands::remove_document(&mut tx, ada.id, first.id, at(1)).await;
    assert!(matches!(gone, Err(GuestsError::NotFound("document"))));
    commands::add_document(&mut tx, ada.id, &passport, at(2))
        .await
        .unwrap();
}
