use chrono::Duration;
use futures::future::join_all;
use motel_tenancy::commands::{Admission, open_session};
use motel_tenancy::{Device, Role};

use crate::crew::{Crew, PASSWORD};

const DANA: &str = "dana@motel.example";

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_not_there_is_locked_like_one_that_is() {
    let crew = Crew::open().await;
    for email in [DANA, "nobody@motel.example"] {
        for _ in 0..5 {
            assert_eq!(
                crew.try_in(email, "wrong").await,
                Admission::Refused,
                "{email}"
            );
        }
        let right = crew.try_in(email, PASSWORD).await;
        assert_eq!(right, Admission::TooMany { seconds: 60 }, "{email}");
    }
    crew.later(Duration::seconds(60));
    assert_eq!(crew.try_in(DANA, "wrong").await, Admission::Refused);
    assert_eq!(
        crew.try_in(DANA, PASSWORD).await,
        Admission::TooMany { seconds: 120 }
    );
    crew.later(Duration::seconds(120));
    assert!(matches!(
        crew.try_in(DANA, PASSWORD).await,
        Admission::Admitted(_)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_password_clears_what_was_counted() {
    let crew = Crew::open().await;
    for _ in 0..3 {
        for _ in 0..4 {
            assert_eq!(crew.try_in(DANA, "wrong").await, Admission::Refused);
        }
        // However the address is spelt.
        let admitted = crew.try_in(" Dana@Motel.example", PASSWORD).await;
        let Admission::Admitted(member) = admitted else {
            panic!("{admitted:?}");
        };
        assert_eq!(member.id, crew.owner.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_tries_many_accounts_is_stopped_by_address_and_others_are_not() {
    let crew = Crew::open().await;
    for number in 0..20 {
        let email = format!("guess-{number}@motel.example");
        assert_eq!(crew.try_in(&email, "wrong").await, Admission::Refused);
    }
    assert_eq!(
        crew.try_in(DANA, PASSWORD).await,
        Admission::TooMany { seconds: 60 }
    );
    let elsewhere = crew.try_in_from(DANA, PASSWORD, "192.0.2.8").await;
    assert!(matches!(elsewhere, Admission::Admitted(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_of_one_moment_are_counted_one_by_one() {
    let crew = Crew::open().await;
    let guesses = (0..12).map(|_| crew.try_in(DANA, "wrong"));
    let answers = join_all(guesses).await;
    let looked_at = answers
        .iter()
        .filter(|answer| **answer == Admission::Refused);
    assert_eq!(looked_at.count(), 5, "{answers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_counted_long_ago_is_swept_and_names_nobody() {
    let crew = Crew::open().await;
    crew.try_in(DANA, "wrong").await;
    let named =
        "SELECT count(*) FROM tenancy.attempts WHERE encode(subject, 'escape') LIKE '%dana%'";
    assert_eq!(crew.count(named).await, 0);
    crew.take_in("mia@motel.example", Role::Manager).await;
    crew.later(Duration::hours(25));
    crew.try_in("mia@motel.example", "wrong").await;
    crew.sweep().await;
    assert_eq!(
        crew.count("SELECT count(*) FROM tenancy.attempts").await,
        2,
        "the fresh ones stay: of the account and of the address"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hash_of_other_costs_is_made_anew_at_sign_in() {
    use diesel_async::SimpleAsyncConnection;
    let crew = Crew::open().await;
    // "correct horse battery", made with 8 MiB and one pass.
    let cheap = argon2_cheap();
    let weaken = format!("UPDATE tenancy.staff SET password_hash = '{cheap}'");
    crew.db.admin().await.batch_execute(&weaken).await.unwrap();
    let outdated = "SELECT count(*) FROM tenancy.staff WHERE password_hash LIKE '%m=8192,%'";
    assert_eq!(crew.try_in(DANA, "wrong").await, Admission::Refused);
    assert_eq!(crew.count(outdated).await, 1, "a guess changes nothing");
    for _ in 0..2 {
        let admitted = crew.try_in(DANA, PASSWORD).await;
        assert!(matches!(admitted, Admission::Admitted(_)), "{admitted:?}");
        assert_eq!(crew.count(outdated).await, 0);
    }
}

fn argon2_cheap() -> String {
    use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
    let cheap = Params::new(8_192, 1, 1, None).unwrap();
    let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, cheap);
    cheap
        .hash_password(PASSWORD.as_bytes())
        .unwrap()
        .to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_elsewhere_does_not_keep_the_owner_out() {
    let crew = Crew::open().await;
    let home = "192.0.2.9";
    let Admission::Admitted(dana) = crew.try_in_from(DANA, PASSWORD, home).await else {
        panic!("the owner gets in");
    };
    let device = Device::new("Desk", home.parse().ok());
    let mut tx = crew.db.db().tenant(dana.tenant_id).await.unwrap();
    open_session(&mut tx, &dana, &device).await.unwrap();
    tx.commit().await.unwrap();

    let elsewhere = "198.51.100.7";
    for _ in 0..5 {
        let guess = crew.try_in_from(DANA, "wrong", elsewhere).await;
        assert_eq!(guess, Admission::Refused);
    }
    let stranger = crew.try_in_from(DANA, PASSWORD, elsewhere).await;
    assert_eq!(stranger, Admission::TooMany { seconds: 60 });
    let owner = crew.try_in_from(DANA, PASSWORD, home).await;
    assert!(matches!(owner, Admission::Admitted(_)), "{owner:?}");
    // Who got in there has let nobody off elsewhere, and who guesses at home waits like anybody.
    let stranger = crew.try_in_from(DANA, PASSWORD, elsewhere).await;
    assert_eq!(stranger, Admission::TooMany { seconds: 60 });
    for _ in 0..5 {
        let guess = crew.try_in_from(DANA, "wrong", home).await;
        assert_eq!(guess, Admission::Refused);
    }
    let owner = crew.try_in_from(DANA, PASSWORD, home).await;
    assert_eq!(owner, Admission::TooMany { seconds: 60 });
}
