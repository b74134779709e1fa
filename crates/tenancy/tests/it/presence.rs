//! Whether somebody of the team is there follows from their sessions.

use diesel_async::SimpleAsyncConnection;
use motel_tenancy::team::{Presence, PresenceState, presences};
use motel_tenancy::{Role, Staff};

use crate::crew::Crew;

async fn presence(crew: &Crew, member: &Staff) -> Presence {
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    presences(&mut tx).await.unwrap().of(member.id)
}

/// Lets so much time pass since every session was used.
async fn silence(crew: &Crew, time: &str) {
    let sql = format!(
        "UPDATE tenancy.sessions SET created_at = created_at - interval '{time}', last_seen_at = last_seen_at - interval '{time}'"
    );
    crew.db.admin().await.batch_execute(&sql).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_something_is_online_and_away_after_two_minutes() {
    let crew = Crew::open().await;
    let clerk = crew.take_in("rosa@motel.example", Role::FrontDesk).await;
    let never = presence(&crew, &clerk).await;
    assert_eq!(
        (never.state, never.last_seen_at),
        (PresenceState::SignedOut, None)
    );

    crew.session(&clerk).await;
    assert_eq!(presence(&crew, &clerk).await.state, PresenceState::Online);
    assert_eq!(
        presence(&crew, &crew.owner).await.state,
        PresenceState::SignedOut
    );
    silence(&crew, "119 seconds").await;
    assert_eq!(presence(&crew, &clerk).await.state, PresenceState::Online);
    silence(&crew, "2 seconds").await;
    let away = presence(&crew, &clerk).await;
    assert_eq!(away.state, PresenceState::Away);
    assert!(away.last_seen_at.is_some());

    // Another device is a sign of life.
    crew.session(&clerk).await;
    assert_eq!(presence(&crew, &clerk).await.state, PresenceState::Online);
    silence(&crew, "12 hours").await;
    let over = presence(&crew, &clerk).await;
    assert_eq!(over.state, PresenceState::SignedOut);
    assert!(
        over.last_seen_at.is_some(),
        "when they were seen last is still known"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_out_is_gone_at_once_and_neighbours_are_not_seen() {
    let crew = Crew::open().await;
    let session = crew.session(&crew.owner).await;
    let mut tx = crew.db.db().tenant(crew.other.tenant).await.unwrap();
    let theirs = presences(&mut tx).await.unwrap().of(crew.owner.id);
    assert_eq!(theirs.state, PresenceState::SignedOut);
    assert_eq!(theirs.last_seen_at, None);
    drop(tx);

    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    motel_tenancy::commands::end_session(&mut tx, crew.owner.id, session.id)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        presence(&crew, &crew.owner).await.state,
        PresenceState::SignedOut
    );
}
