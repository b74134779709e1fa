use motel_tenancy::account::{ask_for_email, look_at_new_email, use_new_email};
use motel_tenancy::commands::Admission;
use motel_tenancy::passwords::{ask_for_password, change_password, may_reset};
use motel_tenancy::{AddressedToken, Role, StaffSession, TenancyError};
use secrecy::SecretString;

use crate::crew::{Crew, PASSWORD, token_in};
use crate::phone::proof;

const DANA: &str = "dana@motel.example";
const NEW: &str = "dana@sunrise.example";

async fn ask(
    crew: &Crew,
    session: &StaffSession,
    password: &str,
    new: &str,
) -> Result<(), TenancyError> {
    let (password, code) = (password.into(), SecretString::default());
    let (proof, new) = (proof(&password, &code), new.parse().unwrap());
    ask_for_email(crew.db.db(), &crew.keys, session, proof, &new, crew.now()).await
}

async fn take(
    crew: &Crew,
    token: &AddressedToken,
    kept: Option<&StaffSession>,
) -> Result<(), TenancyError> {
    let kept = kept.map(|session| session.id);
    use_new_email(crew.db.db(), token, kept, crew.now()).await
}

/// The link in the mail to the new address.
async fn link(crew: &Crew) -> AddressedToken {
    let mails = crew.post().await;
    token_in(mails.iter().find(|mail| mail.to == NEW).unwrap())
}

fn is_in(admission: &Admission) -> bool {
    matches!(admission, Admission::Admitted(_))
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_counts_when_its_link_is_used_and_the_old_one_is_told() {
    let crew = Crew::open().await;
    let session = crew.session(&crew.owner).await;
    crew.session(&crew.owner).await;
    let refused = ask(&crew, &session, "wrong", NEW).await;
    assert!(matches!(refused, Err(TenancyError::NotProven)));
    assert!(crew.post().await.is_empty());

    let email = DANA.parse().unwrap();
    ask_for_password(
        crew.db.db(),
        &email,
        "192.0.2.7".parse().unwrap(),
        crew.now(),
    )
    .await
    .unwrap();
    let reset = token_in(&crew.post().await[0]);
    ask(&crew, &session, PASSWORD, NEW).await.unwrap();
    let token = link(&crew).await;
    let mails = crew.mailbox.list().await.unwrap();
    let told = mails
        .iter()
        .find(|mail| mail.text.contains("asked for another e-mail"));
    assert_eq!(told.unwrap().to, DANA);
    assert!(
        is_in(&crew.try_in(DANA, PASSWORD).await),
        "nothing is changed yet"
    );
    let shown = look_at_new_email(crew.db.db(), &token, crew.now())
        .await
        .unwrap();
    assert_eq!(shown.unwrap().as_str(), NEW);
    assert_eq!(crew.sessions(&crew.owner).await, 2);

    take(&crew, &token, Some(&session)).await.unwrap();
    assert!(is_in(&crew.try_in(NEW, PASSWORD).await));
    assert_eq!(crew.try_in(DANA, PASSWORD).await, Admission::Refused);
    assert_eq!(crew.sessions(&crew.owner).await, 1);
    assert!(
        !may_reset(crew.db.db(), &reset, crew.now()).await.unwrap(),
        "it went to the old address"
    );
    assert!(matches!(
        take(&crew, &token, None).await,
        Err(TenancyError::LinkGone)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_in_use_is_told_and_who_asks_is_answered_alike() {
    let crew = Crew::open().await;
    crew.take_in(NEW, Role::FrontDesk).await;
    let session = crew.session(&crew.owner).await;
    ask(&crew, &session, PASSWORD, NEW).await.unwrap();
    let mails = crew.post().await;
    let to_them = mails.iter().find(|mail| mail.to == NEW).unwrap();
    assert!(
        to_them.text.contains("signs in to an account already") && !to_them.text.contains("?link=")
    );
    assert_eq!(mails.len(), 2);
    let links = "SELECT count(*) FROM tenancy.one_use_links WHERE purpose = 'change_email'";
    assert_eq!(crew.count(links).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_the_address_first_has_it() {
    let crew = Crew::open().await;
    let session = crew.session(&crew.owner).await;
    ask(&crew, &session, PASSWORD, NEW).await.unwrap();
    let token = link(&crew).await;
    crew.take_in(NEW, Role::FrontDesk).await;
    let taken = take(&crew, &token, None).await;
    assert!(matches!(taken, Err(TenancyError::EmailTaken)), "{taken:?}");
    assert_eq!(crew.sessions(&crew.owner).await, 1, "nothing else happened");
    assert!(is_in(&crew.try_in(DANA, PASSWORD).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_uses_at_once_one_wins_and_a_new_password_ends_the_link() {
    let crew = Crew::open().await;
    let session = crew.session(&crew.owner).await;
    ask(&crew, &session, PASSWORD, NEW).await.unwrap();
    let token = link(&crew).await;
    let (one, two) = tokio::join!(take(&crew, &token, None), take(&crew, &token, None));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");

    let session = crew.session(&crew.owner).await;
    ask(&crew, &session, PASSWORD, "dana@third.example")
        .await
        .unwrap();
    let mails = crew.post().await;
    let token = token_in(
        mails
            .iter()
            .find(|mail| mail.to == "dana@third.example")
            .unwrap(),
    );
    let (old, none, new) = (PASSWORD.into(), "".into(), "a wholly new password".into());
    let proof = proof(&old, &none);
    change_password(crew.db.db(), &crew.keys, &session, proof, &new, crew.now())
        .await
        .unwrap();
    assert!(matches!(
        take(&crew, &token, None).await,
        Err(TenancyError::LinkGone)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_mails_sent_without_end() {
    let crew = Crew::open().await;
    let session = crew.session(&crew.owner).await;
    for number in 0..3 {
        let new = format!("dana{number}@sunrise.example");
        ask(&crew, &session, PASSWORD, &new).await.unwrap();
    }
    let more = ask(&crew, &session, PASSWORD, NEW).await;
    assert!(
        matches!(more, Err(TenancyError::TooManyAttempts { seconds: 60 })),
        "{more:?}"
    );
}
