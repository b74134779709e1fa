use chrono::Duration;
use motel_tenancy::commands::Admission;
use motel_tenancy::passwords::{
    Asked, ask_for_password, change_password, may_reset, reset_password,
};
use motel_tenancy::{AddressedToken, Role, TenancyError};

use crate::crew::{Crew, PASSWORD, token_in};
use crate::phone::proof;

const NEW: &str = "a wholly new password";

async fn ask(crew: &Crew, email: &str, from: &str) -> Asked {
    let email = email.parse().unwrap();
    ask_for_password(crew.db.db(), &email, from.parse().unwrap(), crew.now())
        .await
        .unwrap()
}

async fn link(crew: &Crew) -> AddressedToken {
    assert_eq!(
        ask(crew, "dana@motel.example", "192.0.2.7").await,
        Asked::Noted
    );
    let mails = crew.post().await;
    let newest = mails
        .iter()
        .max_by(|a, b| a.key.as_str().cmp(b.key.as_str()));
    token_in(newest.unwrap())
}

async fn reset(crew: &Crew, token: &AddressedToken, password: &str) -> Result<(), TenancyError> {
    reset_password(crew.db.db(), token, &password.into(), crew.now()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_gives_one_new_password_and_signs_out_everywhere() {
    let crew = Crew::open().await;
    crew.session(&crew.owner).await;
    crew.session(&crew.owner).await;
    let (first, second) = (link(&crew).await, link(&crew).await);
    assert_ne!(first, second);
    let mail = crew.mailbox.list().await.unwrap().remove(0);
    assert_eq!(
        (mail.to.as_str(), mail.subject.as_str(), mail.from.as_str()),
        (
            "dana@motel.example",
            "A new password for Motel DM001",
            "stay@motel.example"
        )
    );
    assert!(
        mail.text
            .contains("https://motel.example/console/new-password?link="),
        "{}",
        mail.text
    );

    assert!(may_reset(crew.db.db(), &first, crew.now()).await.unwrap());
    let unfit = reset(&crew, &first, "too short").await;
    assert!(
        matches!(unfit, Err(TenancyError::UnfitPassword)),
        "{unfit:?}"
    );
    assert_eq!(crew.sessions(&crew.owner).await, 2);
    reset(&crew, &first, NEW).await.unwrap();
    assert_eq!(crew.sessions(&crew.owner).await, 0);
    assert_eq!(
        crew.try_in("dana@motel.example", PASSWORD).await,
        Admission::Refused
    );
    let admitted = crew.try_in("dana@motel.example", NEW).await;
    assert!(matches!(admitted, Admission::Admitted(_)));
    for over in [first, second] {
        assert!(!may_reset(crew.db.db(), &over, crew.now()).await.unwrap());
        let gone = reset(&crew, &over, "yet another password").await;
        assert!(matches!(gone, Err(TenancyError::LinkGone)), "{gone:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_uses_at_once_one_wins() {
    let crew = Crew::open().await;
    for _ in 0..3 {
        let token = link(&crew).await;
        let (one, two) = tokio::join!(
            reset(&crew, &token, "the first password"),
            reset(&crew, &token, "the second password")
        );
        let winner = match (one, two) {
            (Ok(()), Err(TenancyError::LinkGone)) => "the first password",
            (Err(TenancyError::LinkGone), Ok(())) => "the second password",
            others => panic!("{others:?}"),
        };
        let admitted = crew.try_in("dana@motel.example", winner).await;
        assert!(matches!(admitted, Admission::Admitted(_)), "{admitted:?}");
        crew.later(Duration::hours(2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_lasts_an_hour_and_works_for_its_own_business_only() {
    let crew = Crew::open().await;
    let token = link(&crew).await;
    crew.later(Duration::minutes(59));
    assert!(may_reset(crew.db.db(), &token, crew.now()).await.unwrap());
    crew.later(Duration::minutes(1));
    assert!(!may_reset(crew.db.db(), &token, crew.now()).await.unwrap());
    let gone = reset(&crew, &token, NEW).await;
    assert!(matches!(gone, Err(TenancyError::LinkGone)), "{gone:?}");

    let mails = crew.mailbox.list().await.unwrap();
    let (_, rest) = mails[0].text.split_once("?link=").unwrap();
    let word: String = rest.chars().take(96).collect();
    let other = crew.other.tenant.as_uuid().simple().to_string();
    let moved = AddressedToken::parse(&format!("{other}{}", &word[32..])).unwrap();
    assert!(!may_reset(crew.db.db(), &moved, crew.now()).await.unwrap());
    // Nor does what is stored help: the token stands in the mail alone.
    let stored = format!(
        "SELECT count(*) FROM tenancy.one_use_links, jobs.events
         WHERE one_use_links::text LIKE '%{0}%' OR events::text LIKE '%{0}%'",
        &word[32..]
    );
    assert_eq!(crew.count(&stored).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_tells_nothing_and_mails_no_flood() {
    let crew = Crew::open().await;
    let gone = crew.take_in("gone@motel.example", Role::FrontDesk).await;
    let sql = format!(
        "UPDATE tenancy.staff SET active = false WHERE id = '{}'",
        gone.id
    );
    diesel_async::SimpleAsyncConnection::batch_execute(&mut crew.db.admin().await, &sql)
        .await
        .unwrap();
    for email in ["nobody@motel.example", "gone@motel.example"] {
        assert_eq!(ask(&crew, email, "192.0.2.7").await, Asked::Noted);
    }
    assert!(crew.post().await.is_empty());
    for number in 0..5 {
        let from = format!("198.51.100.{number}");
        assert_eq!(ask(&crew, "dana@motel.example", &from).await, Asked::Noted);
    }
    assert_eq!(crew.post().await.len(), 3, "three in an hour");
    for _ in 0..8 {
        assert_eq!(
            ask(&crew, "nobody@motel.example", "192.0.2.7").await,
            Asked::Noted
        );
    }
    let asked = ask(&crew, "dana@motel.example", "192.0.2.7").await;
    assert_eq!(asked, Asked::TooMany { seconds: 60 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_account_is_opened_by_a_new_password() {
    let crew = Crew::open().await;
    for _ in 0..5 {
        crew.try_in("dana@motel.example", "wrong").await;
    }
    let token = link(&crew).await;
    reset(&crew, &token, NEW).await.unwrap();
    let admitted = crew.try_in("dana@motel.example", NEW).await;
    assert!(matches!(admitted, Admission::Admitted(_)), "{admitted:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_tried_again_keeps_its_link() {
    let crew = Crew::open().await;
    let token = link(&crew).await;
    // As if the worker had died after sending and before it said so.
    let again =
        "UPDATE jobs.deliveries SET status = 'pending', run_at = now() - interval '1 second'";
    let mut admin = crew.db.admin().await;
    diesel_async::SimpleAsyncConnection::batch_execute(&mut admin, again)
        .await
        .unwrap();
    assert_eq!(crew.post().await.len(), 1);
    assert!(may_reset(crew.db.db(), &token, crew.now()).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_knows_the_old_password_changes_it_and_stays_signed_in_here() {
    let crew = Crew::open().await;
    let here = crew.session(&crew.owner).await;
    crew.session(&crew.owner).await;
    let token = link(&crew).await;
    let change = async |old: &str, new: &str| {
        let (old, new, none) = (old.into(), new.into(), "".into());
        let proof = proof(&old, &none);
        change_password(crew.db.db(), &crew.keys, &here, proof, &new, crew.now()).await
    };
    assert!(matches!(
        change("wrong", NEW).await,
        Err(TenancyError::NotProven)
    ));
    assert!(matches!(
        change(PASSWORD, "short").await,
        Err(TenancyError::UnfitPassword)
    ));
    assert_eq!(crew.sessions(&crew.owner).await, 2);
    change(PASSWORD, NEW).await.unwrap();
    assert_eq!(crew.sessions(&crew.owner).await, 1);
    assert!(!may_reset(crew.db.db(), &token, crew.now()).await.unwrap());
    for _ in 0..5 {
        let wrong = change(PASSWORD, NEW).await;
        assert!(matches!(wrong, Err(TenancyError::NotProven)));
    }
    let locked = change(NEW, "yet another password").await;
    assert!(matches!(
        locked,
        Err(TenancyError::TooManyAttempts { seconds: 60 })
    ));
}
