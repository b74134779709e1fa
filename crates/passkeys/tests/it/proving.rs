use chrono::Duration;
use motel_passkeys::PasskeyError;
use motel_tenancy::commands::Admission;
use motel_tenancy::second_factor::{Proof, begin_set_up, prove, renew_recovery_codes, turn_off};
use motel_tenancy::{StaffSession, TenancyError};
use secrecy::SecretString;

use crate::desk::{DANA, Desk, PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_stands_in_the_place_of_a_code_once_in_its_session_for_five_minutes() {
    let desk = Desk::open().await;
    let (mut authenticator, _, here) = desk.equip(&desk.dana).await;
    let there = desk.session(&desk.dana).await;
    let (password, code) = (SecretString::from(PASSWORD), SecretString::default());
    let show = async |session: &StaffSession, password: &SecretString| {
        let proof = Proof {
            password,
            code: &code,
        };
        prove(
            desk.db.db(),
            &desk.keys,
            session.claimant(),
            proof,
            desk.now(),
        )
        .await
    };
    let is_refused = |shown| matches!(shown, Err(TenancyError::NotProven));
    assert!(is_refused(show(&here, &password).await));
    desk.prove(&here, &mut authenticator).await.unwrap();
    assert!(is_refused(show(&there, &password).await), "another session");
    let wrong = SecretString::from("wrong");
    assert!(is_refused(show(&here, &wrong).await), "the passkey alone");
    assert!(show(&here, &password).await.is_ok());
    assert!(is_refused(show(&here, &password).await), "a second time");
    desk.prove(&here, &mut authenticator).await.unwrap();
    desk.later(Duration::minutes(5));
    assert!(is_refused(show(&here, &password).await), "too late");
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_make_the_member_wait() {
    let desk = Desk::open().await;
    let (mut authenticator, _, session) = desk.equip(&desk.dana).await;
    authenticator.verifies = false;
    for _ in 0..5 {
        let refused = desk.prove(&session, &mut authenticator).await;
        assert!(matches!(refused, Err(PasskeyError::Refused)), "{refused:?}");
    }
    authenticator.verifies = true;
    let waits = desk.prove(&session, &mut authenticator).await;
    let waits = waits.unwrap_err();
    assert_eq!(waits.code(), "too_many_attempts");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_passkeys_alone_sets_an_authenticator_up_by_one_and_has_no_codes_before() {
    let desk = Desk::open().await;
    let (mut authenticator, _, session) = desk.equip(&desk.dana).await;
    let (db, password, code) = (desk.db.db(), PASSWORD.into(), SecretString::default());
    let refused = begin_set_up(db, &desk.keys, &session, &password, desk.now()).await;
    assert!(matches!(refused, Err(TenancyError::NotProven)));
    desk.prove(&session, &mut authenticator).await.unwrap();
    let proof = Proof {
        password: &password,
        code: &code,
    };
    let none = renew_recovery_codes(db, &desk.keys, &session, proof, desk.now()).await;
    assert!(matches!(none, Err(TenancyError::NotFound("second factor"))));
    desk.prove(&session, &mut authenticator).await.unwrap();
    let begun = begin_set_up(db, &desk.keys, &session, &password, desk.now()).await;
    assert!(begun.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authenticator_goes_and_the_passkeys_stay_a_second_factor() {
    let desk = Desk::open().await;
    let (mut authenticator, _, session) = desk.equip(&desk.dana).await;
    desk.execute(
        "INSERT INTO tenancy.second_factors (tenant_id, staff_id, sealed, begun_in, begun_at, confirmed_at, last_step)
         SELECT tenant_id, id, 'sealed', gen_random_uuid(), now(), now(), 1 FROM tenancy.staff WHERE email = 'dana@motel.example'",
    )
    .await;
    let (db, password, code) = (desk.db.db(), PASSWORD.into(), SecretString::default());
    let proof = Proof {
        password: &password,
        code: &code,
    };
    desk.prove(&session, &mut authenticator).await.unwrap();
    let another = begin_set_up(db, &desk.keys, &session, &password, desk.now()).await;
    assert!(
        matches!(another, Err(TenancyError::NotProven)),
        "there is one"
    );
    desk.prove(&session, &mut authenticator).await.unwrap();
    turn_off(db, &desk.keys, &session, proof, desk.now())
        .await
        .unwrap();
    let left = "SELECT count(*) FROM tenancy.second_factors";
    assert_eq!(desk.number(left).await, 0);
    let admission = desk.try_password(DANA).await;
    assert!(
        matches!(admission, Admission::HalfAdmitted(_)),
        "{admission:?}"
    );
    // There is no other to turn off.
    desk.prove(&session, &mut authenticator).await.unwrap();
    let again = turn_off(db, &desk.keys, &session, proof, desk.now()).await;
    assert!(matches!(
        again,
        Err(TenancyError::NotFound("second factor"))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_none_is_asked_for_none() {
    let desk = Desk::open().await;
    let session = desk.session(&desk.dana).await;
    let mut authenticator = crate::authenticator::Authenticator::new();
    let none = desk.prove(&session, &mut authenticator).await;
    assert!(matches!(none, Err(PasskeyError::NotFound)), "{none:?}");
}
