use chrono::Duration;
use motel_passkeys::{PasskeyError, RelyingParty, queries};
use motel_tenancy::TenancyError;
use motel_tenancy::commands::Admission;

use crate::authenticator::Authenticator;
use crate::desk::{DANA, Desk, PASSWORD, is_in, is_not_proven};

#[tokio::test(flavor = "multi_thread")]
async fn the_first_is_a_second_factor_from_then_on_and_ends_what_was_open() {
    let desk = Desk::open().await;
    let elsewhere = desk.session(&desk.dana).await;
    let (_, kept, session) = desk.equip(&desk.dana).await;
    assert_eq!(kept.name.as_str(), "My telephone");
    assert!(!kept.backed_up && kept.last_used_at.is_none());
    let told = format!(
        "SELECT count(*) FROM tenancy.notices WHERE kind = 'passkey_added' AND email = '{DANA}'"
    );
    assert_eq!(desk.number(&told).await, 1);
    let open = |id| {
        format!("SELECT count(*) FROM tenancy.sessions WHERE id = '{id}' AND ended_at IS NULL")
    };
    assert_eq!(desk.number(&open(elsewhere.id)).await, 0);
    assert_eq!(desk.number(&open(session.id)).await, 1);
    let admission = desk.try_password(DANA).await;
    assert!(
        matches!(admission, Admission::HalfAdmitted(_)),
        "the password alone: {admission:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_the_password_and_from_the_second_on_a_passkey_too() {
    let desk = Desk::open().await;
    let session = desk.session(&desk.dana).await;
    let refused = desk.begin_adding(&session, "wrong").await.unwrap_err();
    assert!(is_not_proven(&refused), "{refused}");
    let (mut first, _, session) = desk.equip(&desk.dana).await;
    let refused = desk.begin_adding(&session, PASSWORD).await.unwrap_err();
    assert!(is_not_proven(&refused), "{refused}");
    desk.prove(&session, &mut first).await.unwrap();
    let begun = desk.begin_adding(&session, PASSWORD).await.unwrap();
    let excluded = begun.options["excludeCredentials"].as_array().unwrap();
    assert_eq!(excluded.len(), 1, "what is there already is not made again");
    let mut second = Authenticator::new();
    let made = second.make(&begun.options);
    desk.add(&session, &begun, made).await.unwrap();
    assert!(is_in(&desk.come_in(&mut second).await, &desk.dana));
    assert!(is_in(&desk.come_in(&mut first).await, &desk.dana));
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_are_asked_for_what_signs_in_alone() {
    let desk = Desk::open().await;
    let session = desk.session(&desk.dana).await;
    let begun = desk.begin_adding(&session, PASSWORD).await.unwrap();
    let selection = &begun.options["authenticatorSelection"];
    assert_eq!(selection["residentKey"], "required");
    assert_eq!(selection["requireResidentKey"], true);
    assert_eq!(selection["userVerification"], "required");
    assert_eq!(begun.options["rp"]["id"], "motel.example");
    assert_eq!(begun.options["user"]["name"], DANA);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_is_of_one_session_and_good_once_for_five_minutes() {
    let desk = Desk::open().await;
    let (here, there) = (
        desk.session(&desk.dana).await,
        desk.session(&desk.dana).await,
    );
    let begun = desk.begin_adding(&here, PASSWORD).await.unwrap();
    let mut authenticator = Authenticator::new();
    let made = authenticator.make(&begun.options);
    let elsewhere = desk.add(&there, &begun, made.clone()).await;
    assert!(
        matches!(elsewhere, Err(PasskeyError::CeremonyOver)),
        "{elsewhere:?}"
    );
    desk.add(&here, &begun, made.clone()).await.unwrap();
    let again = desk.add(&here, &begun, made.clone()).await;
    assert!(
        matches!(again, Err(PasskeyError::CeremonyOver)),
        "{again:?}"
    );

    desk.prove(&here, &mut authenticator).await.unwrap();
    let begun = desk.begin_adding(&here, PASSWORD).await.unwrap();
    let made = Authenticator::new().make(&begun.options);
    desk.later(Duration::minutes(5));
    let late = desk.add(&here, &begun, made).await;
    assert!(matches!(late, Err(PasskeyError::CeremonyOver)), "{late:?}");
    desk.sweep().await;
    let left = "SELECT (SELECT count(*) FROM passkeys.ceremonies) + (SELECT count(*) FROM passkeys.arrivals)";
    assert_eq!(desk.number(left).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_made_elsewhere_or_without_verification_is_refused() {
    let desk = Desk::open().await;
    let session = desk.session(&desk.dana).await;
    let spoil: [fn(&mut Authenticator); 3] = [
        |it| it.origin = "https://motel.example.evil.example".to_owned(),
        |it| it.verifies = false,
        // So short that others may have it.
        |it| it.id.truncate(15),
    ];
    for spoil in spoil {
        let begun = desk.begin_adding(&session, PASSWORD).await.unwrap();
        let mut authenticator = Authenticator::new();
        spoil(&mut authenticator);
        let made = authenticator.make(&begun.options);
        let refused = desk.add(&session, &begun, made).await;
        assert!(matches!(refused, Err(PasskeyError::Refused)), "{refused:?}");
    }
    // What was made for another question.
    let (first, begun) = (
        desk.begin_adding(&session, PASSWORD).await.unwrap(),
        desk.begin_adding(&session, PASSWORD).await.unwrap(),
    );
    let made = Authenticator::new().make(&first.options);
    let refused = desk.add(&session, &begun, made).await;
    assert!(matches!(refused, Err(PasskeyError::Refused)), "{refused:?}");
    assert_eq!(
        desk.number("SELECT count(*) FROM passkeys.credentials")
            .await,
        0
    );
    let admission = desk.try_password(DANA).await;
    assert!(matches!(admission, Admission::Admitted(_)), "{admission:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_of_one_member_in_the_whole_installation_and_they_keep_twenty() {
    let desk = Desk::open().await;
    let (mut taken, _, session) = desk.equip(&desk.dana).await;
    let theirs = desk.session(&desk.oleg).await;
    let begun = desk.begin_adding(&theirs, PASSWORD).await.unwrap();
    let made = taken.make(&begun.options);
    let known = desk.add(&theirs, &begun, made).await;
    assert!(matches!(known, Err(PasskeyError::AlreadyKept)), "{known:?}");
    // Nothing else of it is left: their password alone signs them in.
    let admission = desk.try_password("oleg@other.example").await;
    assert!(matches!(admission, Admission::Admitted(_)), "{admission:?}");

    desk.execute(
        "INSERT INTO passkeys.credentials (tenant_id, id, staff_id, credential_id, name, key, created_at)
         SELECT tenant_id, gen_random_uuid(), staff_id, uuid_send(gen_random_uuid()), name, key, created_at
         FROM passkeys.credentials, generate_series(1, 19)",
    )
    .await;
    taken.user = Some(desk.dana.id.as_uuid().as_bytes().to_vec());
    desk.prove(&session, &mut taken).await.unwrap();
    let full = desk.begin_adding(&session, PASSWORD).await;
    assert!(matches!(full, Err(PasskeyError::TooMany)), "{full:?}");
    let mut tx = desk.db.db().tenant(desk.demo.tenant).await.unwrap();
    let kept = queries::passkeys_of(&mut tx, desk.dana.id).await.unwrap();
    assert_eq!(kept.len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ended_meanwhile_adds_nothing() {
    let desk = Desk::open().await;
    let session = desk.session(&desk.dana).await;
    let begun = desk.begin_adding(&session, PASSWORD).await.unwrap();
    let made = Authenticator::new().make(&begun.options);
    // As another password ends it.
    desk.execute("UPDATE tenancy.sessions SET ended_at = now()")
        .await;
    let refused = desk.add(&session, &begun, made).await;
    assert!(
        matches!(
            refused,
            Err(PasskeyError::Tenancy(TenancyError::NotFound("session")))
        ),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn where_browsers_make_none_nothing_is_asked() {
    let mut desk = Desk::open().await;
    desk.party = RelyingParty::at("http://motel.example");
    let session = desk.session(&desk.dana).await;
    let refused = desk.begin_adding(&session, PASSWORD).await;
    assert!(
        matches!(refused, Err(PasskeyError::Unavailable)),
        "{refused:?}"
    );
}
