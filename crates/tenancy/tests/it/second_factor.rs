use chrono::Duration;
use motel_seal::{Keyring, MasterKey};
use motel_tenancy::commands::Admission;
use motel_tenancy::passwords::change_password;
use motel_tenancy::second_factor::{
    Answered, confirm_set_up, recovery_codes_left, renew_recovery_codes, rewrap_second_factor,
    set_up_begun,
};
use motel_tenancy::{AddressedToken, TenancyError};
use secrecy::{ExposeSecret, SecretString};

use crate::crew::{Crew, PASSWORD};
use crate::phone::{Phone, STEP, is_in, proof};

const DANA: &str = "dana@motel.example";

#[tokio::test(flavor = "multi_thread")]
async fn it_counts_once_a_code_was_shown_and_then_every_other_session_ends() {
    let crew = Crew::open().await;
    let session = crew.session(&crew.owner).await;
    crew.session(&crew.owner).await;
    let unproven = crew.begin(&session, "wrong").await;
    assert!(matches!(unproven, Err(TenancyError::NotProven)));
    let begun = crew.begin(&session, PASSWORD).await.unwrap();
    let phone = Phone::reading(&begun);
    assert!(
        begun
            .address
            .expose_secret()
            .starts_with("otpauth://totp/Motel%20DM001:dana%40motel.example?secret=")
    );
    let admitted = crew.try_in(DANA, PASSWORD).await;
    assert!(matches!(admitted, Admission::Admitted(_)), "{admitted:?}");

    let confirm =
        async |code| confirm_set_up(crew.db.db(), &crew.keys, &session, &code, crew.now()).await;
    let wrong = confirm(phone.wrong(crew.now())).await;
    assert!(matches!(wrong, Err(TenancyError::NotProven)));
    let again = set_up_begun(crew.db.db(), &crew.keys, &session, crew.now()).await;
    assert_eq!(
        again.unwrap().unwrap().key.expose_secret(),
        begun.key.expose_secret()
    );
    assert_eq!(crew.sessions(&crew.owner).await, 2);
    let codes = confirm(phone.code(crew.now())).await.unwrap();
    assert_eq!(codes.len(), 10);
    assert_eq!(crew.sessions(&crew.owner).await, 1);
    let twice = confirm(phone.code(crew.now() + STEP)).await;
    assert!(matches!(twice, Err(TenancyError::NotFound(_))));
    let shown = set_up_begun(crew.db.db(), &crew.keys, &session, crew.now()).await;
    assert!(shown.unwrap().is_none(), "nobody sees the key again");

    crew.later(STEP);
    let answered = crew.show(DANA, &phone.code(crew.now())).await;
    let Answered::Admitted(member) = answered else {
        panic!("{answered:?}");
    };
    assert_eq!(member.id, crew.owner.id);
    let again = crew.begin(&session, PASSWORD).await;
    assert!(
        matches!(again, Err(TenancyError::NotProven)),
        "there is one"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_is_of_one_session_and_lasts_a_quarter_of_an_hour() {
    let crew = Crew::open().await;
    let (here, there) = (
        crew.session(&crew.owner).await,
        crew.session(&crew.owner).await,
    );
    let phone = Phone::reading(&crew.begin(&here, PASSWORD).await.unwrap());
    let confirm = async |session| {
        let code = phone.code(crew.now());
        confirm_set_up(crew.db.db(), &crew.keys, session, &code, crew.now()).await
    };
    assert!(matches!(
        confirm(&there).await,
        Err(TenancyError::NotFound(_))
    ));
    crew.later(Duration::minutes(15));
    assert!(matches!(
        confirm(&here).await,
        Err(TenancyError::NotFound(_))
    ));
    let admitted = crew.try_in(DANA, PASSWORD).await;
    assert!(matches!(admitted, Admission::Admitted(_)), "{admitted:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_once_and_a_clock_may_be_one_step_off() {
    let crew = Crew::open().await;
    let guarded = crew.guard(&crew.owner).await;
    let phone = guarded.phone;
    for off in [-2, 2] {
        let code = phone.code(crew.now() + STEP * off);
        assert_eq!(crew.show(DANA, &code).await, Answered::Refused, "{off}");
    }
    // That of the step before was used to set it up.
    let before = phone.code(crew.now() - STEP);
    assert_eq!(crew.show(DANA, &before).await, Answered::Refused);
    let next = phone.code(crew.now() + STEP);
    assert!(is_in(&crew.show(DANA, &next).await));
    assert_eq!(crew.show(DANA, &next).await, Answered::Refused, "replayed");
    let now = phone.code(crew.now());
    assert_eq!(
        crew.show(DANA, &now).await,
        Answered::Refused,
        "older than one that was used"
    );
    crew.later(STEP * 3);
    let late = phone.code(crew.now() - STEP);
    assert!(is_in(&crew.show(DANA, &late).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_show_one_code_at_once_one_gets_in() {
    let crew = Crew::open().await;
    let guarded = crew.guard(&crew.owner).await;
    for _ in 0..3 {
        let code = guarded.phone.code(crew.now());
        let (one, two) = (crew.challenge(DANA).await, crew.challenge(DANA).await);
        let (one, two) = tokio::join!(crew.answer(&one, &code), crew.answer(&two, &code));
        assert!(is_in(&one) != is_in(&two), "{one:?} {two:?}");
        crew.later(STEP);
        // And of two codes for one challenge.
        let word = crew.challenge(DANA).await;
        let (code, recovery) = (guarded.phone.code(crew.now()), &guarded.recovery[0]);
        let (one, two) = tokio::join!(crew.answer(&word, &code), crew.answer(&word, recovery));
        assert!(is_in(&one) != is_in(&two), "{one:?} {two:?}");
        crew.later(STEP);
        if is_in(&two) {
            break;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_works_once_and_new_ones_take_the_place_of_the_old() {
    let crew = Crew::open().await;
    let guarded = crew.guard(&crew.owner).await;
    let [first, second, ..] = &guarded.recovery[..] else {
        panic!("ten codes");
    };
    let typed = first.expose_secret().to_lowercase().replace('-', " ");
    assert!(is_in(&crew.show(DANA, &typed.into()).await));
    assert_eq!(crew.show(DANA, first).await, Answered::Refused);
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    assert_eq!(
        recovery_codes_left(&mut tx, crew.owner.id).await.unwrap(),
        9
    );
    drop(tx);

    let renew = async |code: &_| {
        let password = PASSWORD.into();
        let proof = proof(&password, code);
        renew_recovery_codes(
            crew.db.db(),
            &crew.keys,
            &guarded.session,
            proof,
            crew.now(),
        )
        .await
    };
    assert!(matches!(renew(first).await, Err(TenancyError::NotProven)));
    let fresh = renew(&guarded.phone.code(crew.now())).await.unwrap();
    assert_eq!(fresh.len(), 10);
    assert_eq!(crew.show(DANA, second).await, Answered::Refused);
    assert!(is_in(&crew.show(DANA, &fresh[9]).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_make_the_member_wait_whichever_challenge_they_answer() {
    let crew = Crew::open().await;
    let guarded = crew.guard(&crew.owner).await;
    let wrong = guarded.phone.wrong(crew.now());
    let words = [
        "",
        "no code",
        wrong.expose_secret(),
        "000 00",
        "AAAA-AAAA-AAAA-AAAA",
    ];
    for word in words {
        assert_eq!(
            crew.show(DANA, &word.into()).await,
            Answered::Refused,
            "{word}"
        );
    }
    let right = guarded.phone.code(crew.now());
    assert_eq!(
        crew.show(DANA, &right).await,
        Answered::TooMany { seconds: 60 }
    );
    crew.later(Duration::seconds(60));
    let right = guarded.phone.code(crew.now());
    assert!(is_in(&crew.show(DANA, &right).await));
    crew.later(STEP);
    let wrong = guarded.phone.wrong(crew.now());
    for _ in 0..4 {
        assert_eq!(
            crew.show(DANA, &wrong).await,
            Answered::Refused,
            "counted anew"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_password_does_not_empty_the_count_of_codes() {
    let crew = Crew::open().await;
    let guarded = crew.guard(&crew.owner).await;
    let password = PASSWORD.into();
    let show = async |code: &SecretString| {
        let proof = proof(&password, code);
        let (session, new) = (&guarded.session, "a wholly new password".into());
        change_password(crew.db.db(), &crew.keys, session, proof, &new, crew.now()).await
    };
    let wrong = guarded.phone.wrong(crew.now());
    for _ in 0..5 {
        let refused = show(&wrong).await;
        assert!(
            matches!(refused, Err(TenancyError::NotProven)),
            "{refused:?}"
        );
    }
    let waits = show(&guarded.phone.code(crew.now())).await;
    assert!(
        matches!(waits, Err(TenancyError::TooManyAttempts { seconds: 60 })),
        "{waits:?}"
    );
    crew.later(Duration::minutes(1));
    show(&guarded.phone.code(crew.now())).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_is_over_after_five_minutes_or_a_new_password_or_an_answer() {
    let crew = Crew::open().await;
    let guarded = crew.guard(&crew.owner).await;
    let code = || guarded.phone.code(crew.now());
    let word = crew.challenge(DANA).await;
    crew.later(Duration::minutes(5));
    assert_eq!(crew.answer(&word, &code()).await, Answered::Over);

    let word = crew.challenge(DANA).await;
    assert!(is_in(&crew.answer(&word, &code()).await));
    crew.later(STEP);
    assert_eq!(crew.answer(&word, &code()).await, Answered::Over);

    let word = crew.challenge(DANA).await;
    crew.later(STEP);
    let (old, shown, new) = (PASSWORD.into(), code(), "a wholly new password".into());
    change_password(
        crew.db.db(),
        &crew.keys,
        &guarded.session,
        proof(&old, &shown),
        &new,
        crew.now(),
    )
    .await
    .unwrap();
    crew.later(STEP);
    assert_eq!(crew.answer(&word, &code()).await, Answered::Over);

    // Nor is a word of one business anything to another.
    let elsewhere = format!("{}{}", crew.other.tenant.as_uuid().simple(), "0".repeat(64));
    let elsewhere = AddressedToken::parse(&elsewhere).unwrap();
    assert_eq!(crew.answer(&elsewhere, &code()).await, Answered::Over);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_kept_shows_a_key_or_a_code() {
    let crew = Crew::open().await;
    let session = crew.session(&crew.owner).await;
    let begun = crew.begin(&session, PASSWORD).await.unwrap();
    let phone = Phone::reading(&begun);
    let code = phone.code(crew.now());
    let codes = confirm_set_up(crew.db.db(), &crew.keys, &session, &code, crew.now());
    let codes = codes.await.unwrap();
    let key = totp_rs::Secret::try_from_base32(begun.key.expose_secret()).unwrap();
    let bare = format!(
        "SELECT count(*) FROM tenancy.second_factors WHERE position('\\x{}'::bytea IN sealed) > 0",
        hex::encode(key.as_bytes())
    );
    assert_eq!(crew.count(&bare).await, 0);
    let letters = codes[0].expose_secret().replace('-', "");
    let kept =
        format!("SELECT count(*) FROM tenancy.recovery_codes WHERE digest = sha256('{letters}')");
    assert_eq!(crew.count(&kept).await, 1, "a digest and nothing else");
    assert_eq!(
        crew.count("SELECT count(*) FROM tenancy.recovery_codes")
            .await,
        10
    );
    assert!(!format!("{begun:?} {codes:?}").contains(begun.key.expose_secret()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_master_key_changes_no_second_factor() {
    let mut crew = Crew::open().await;
    let (old, new) = (MasterKey::generate(), MasterKey::generate());
    let both = format!("{}\n{}", *old.expose(), *new.expose());
    crew.keys = Keyring::new(old);
    let guarded = crew.guard(&crew.owner).await;
    crew.keys = Keyring::parse(&both).unwrap();
    let rewrap = async || {
        let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
        let rewrapped = rewrap_second_factor(&mut tx, &crew.keys, crew.owner.id)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        rewrapped
    };
    assert_eq!((rewrap().await, rewrap().await), (true, false));
    crew.keys = Keyring::new(new);
    let code = guarded.phone.code(crew.now());
    assert!(is_in(&crew.show(DANA, &code).await));
}
