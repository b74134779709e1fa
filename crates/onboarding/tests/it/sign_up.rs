//! Asking for a business, and founding it by the mailed link.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::Duration;
use diesel_async::SimpleAsyncConnection;
use motel_mail::{Mail, MailError, Mailer};
use motel_onboarding::OnboardingError;
use motel_onboarding::sign_up::{
    Asked, NewOwner, ask_to_sign_up, confirm_sign_up, look_at_sign_up,
};
use motel_tenancy::commands::{Admission, Visitor, admit};
use motel_tenancy::{Role, TenancyError, TenantKind};

use crate::lobby::{Lobby, PASSWORD, new, own, owner, word};

#[tokio::test(flavor = "multi_thread")]
async fn a_mailed_link_founds_a_business_with_a_property_and_an_owner() {
    let lobby = Lobby::open().await;
    let link = lobby.word("Sunrise Motel", "dana@sunrise.example").await;
    let look = look_at_sign_up(lobby.db.db(), &link, lobby.now()).await;
    let look = look.unwrap().unwrap();
    assert_eq!(look.business, "Sunrise Motel");
    let founded = lobby.confirm(&link).await.unwrap();
    assert_eq!(founded.tenant.slug.as_str(), "sunrise-motel");
    assert_eq!(founded.owner.role, Role::Owner);
    // What the telephone number tells.
    let property = &founded.property;
    assert_eq!(property.currency.code(), "EUR");
    assert_eq!(property.timezone, chrono_tz::Europe::Berlin);
    assert_eq!(property.address.country, "DE");
    assert!(!property.address.is_told());

    let visitor = Visitor {
        email: "dana@sunrise.example",
        password: &PASSWORD.into(),
        address: "192.0.2.7".parse().unwrap(),
    };
    let admitted = admit(lobby.db.db(), visitor, lobby.now()).await.unwrap();
    assert!(matches!(admitted, Admission::Admitted(staff) if staff.tenant_id == founded.tenant.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_good_for_one_use_and_one_day() {
    let lobby = Lobby::open().await;
    let link = lobby.word("Sunrise Motel", "dana@sunrise.example").await;
    lobby.later(Duration::hours(24) - Duration::seconds(1));
    let look = look_at_sign_up(lobby.db.db(), &link, lobby.now()).await;
    assert!(look.unwrap().is_some(), "looking uses nothing");
    let short = NewOwner {
        password: "short".into(),
        ..owner()
    };
    let refused = confirm_sign_up(lobby.db.db(), &link, &short, &own(), lobby.now()).await;
    assert!(matches!(
        refused.err(),
        Some(OnboardingError::Tenancy(TenancyError::UnfitPassword))
    ));
    lobby.confirm(&link).await.unwrap();
    gone(&lobby.confirm(&link).await.map(|_| ()));

    let late = lobby.word("Late Motel", "late@sunrise.example").await;
    lobby.later(Duration::hours(24));
    gone(&lobby.confirm(&late).await.map(|_| ()));
    lobby.post().await;
    let left = lobby
        .count("SELECT count(*) FROM onboarding.sign_ups")
        .await;
    assert_eq!(left, 0, "what is over is forgotten");
}

fn gone(confirmed: &Result<(), OnboardingError>) {
    let gone = matches!(
        confirmed,
        Err(OnboardingError::Tenancy(TenancyError::LinkGone))
    );
    assert!(gone, "{confirmed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_uses_at_once_one_founds_the_business() {
    let lobby = Lobby::open().await;
    let first = lobby.word("Sunrise Motel", "dana@sunrise.example").await;
    // Asked twice: either link may be the one, and they wait for each other in no circle.
    lobby.later(Duration::seconds(5));
    let second = lobby.word("Sunrise Motel", "dana@sunrise.example").await;
    assert_ne!(first, second);
    let uses = [&first, &second, &first, &second, &first, &second];
    let done = futures::future::join_all(uses.map(|link| lobby.confirm(link))).await;
    let founded = done.iter().filter(|done| done.is_ok()).count();
    assert_eq!(founded, 1, "{done:?}");
    for refused in done.into_iter().filter(Result::is_err) {
        gone(&refused.map(|_| ()));
    }
    for (table, rows) in [("tenants", 1), ("properties", 1), ("staff", 1)] {
        let count = format!("SELECT count(*) FROM tenancy.{table}");
        assert_eq!(lobby.count(&count).await, rows, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn businesses_of_one_name_get_addresses_of_their_own_also_at_once() {
    let lobby = Lobby::open().await;
    let lakeside = lobby.word("Lakeside", "lake@sunrise.example").await;
    let lakeside = lobby.confirm(&lakeside).await.unwrap();
    assert_eq!(lakeside.tenant.slug.as_str(), "lakeside-2");
    let mut links = Vec::new();
    for guest in 0..5 {
        let email = format!("dana{guest}@sunrise.example");
        links.push(lobby.word("Админ", &email).await);
    }
    let founded = futures::future::join_all(links.iter().map(|link| lobby.confirm(link))).await;
    let mut slugs: Vec<String> = founded
        .into_iter()
        .map(|founded| founded.unwrap().tenant.slug.to_string())
        .collect();
    slugs.sort();
    // The word itself is the installation's.
    let expected = ["admin-2", "admin-3", "admin-4", "admin-5", "admin-6"];
    assert_eq!(slugs, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_account_is_told_by_mail_alone() {
    let lobby = Lobby::open().await;
    let link = lobby.word("Sunrise Motel", "dana@sunrise.example").await;
    let before = lobby.word("Second Motel", "dana@sunrise.example").await;
    lobby.confirm(&link).await.unwrap();
    gone(&lobby.confirm(&before).await.map(|_| ()));
    // The same answer, in capitals too.
    assert_eq!(
        lobby.ask("Third Motel", "Dana@Sunrise.EXAMPLE").await,
        Asked::Noted
    );
    lobby.later(Duration::seconds(5));
    let mails = lobby.post().await;
    let known = mails
        .iter()
        .find(|mail| mail.subject == "You have an account already")
        .unwrap();
    assert_eq!(known.to, "dana@sunrise.example");
    assert!(known.text.contains("https://motel.example/console/sign-in"));
    assert!(known.text.contains("/console/forgot-password"));
    assert!(!known.text.contains("link="), "{}", known.text);
    assert_eq!(known.from, "hello@motel.example");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_was_taken_meanwhile_founds_nothing_and_leaves_nothing() {
    let lobby = Lobby::open().await;
    let demo = motel_tenancy::testing::demo_tenant(&lobby.db).await;
    let link = lobby.word("Sunrise Motel", "dana@sunrise.example").await;
    let mut tx = lobby.db.db().tenant(demo.tenant).await.unwrap();
    let member = motel_tenancy::NewStaff {
        email: "dana@sunrise.example".parse().unwrap(),
        password: PASSWORD.into(),
        display_name: "Dana".to_owned(),
        role: Role::FrontDesk,
    };
    motel_tenancy::commands::create_staff(&mut tx, &member)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let taken = lobby.confirm(&link).await.err();
    assert!(matches!(
        taken,
        Some(OnboardingError::Tenancy(TenancyError::EmailTaken))
    ));
    let tenants = lobby.count("SELECT count(*) FROM tenancy.tenants").await;
    assert_eq!(tenants, 1, "the demo's alone");
    let used = "SELECT count(*) FROM onboarding.sign_ups WHERE used_at IS NOT NULL";
    assert_eq!(lobby.count(used).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_floods_a_mailbox_or_asks_without_end() {
    let lobby = Lobby::open().await;
    for _ in 0..5 {
        let asked = lobby.ask("Sunrise Motel", "victim@else.example").await;
        assert_eq!(asked, Asked::Noted, "the same answer each time");
    }
    assert_eq!(lobby.post().await.len(), 3, "and three mails");
    for _ in 0..5 {
        let asked = lobby.ask("Sunrise Motel", "other@else.example").await;
        assert_eq!(asked, Asked::Noted);
    }
    let asked = lobby.ask("Sunrise Motel", "third@else.example").await;
    let Asked::TooMany { seconds } = asked else {
        panic!("{asked:?}")
    };
    assert!((300..=361).contains(&seconds), "{seconds}");
    let elsewhere = lobby.ask_from("Sunrise Motel", "third@else.example", "192.0.2.8");
    assert_eq!(elsewhere.await, Asked::Noted);
}

#[tokio::test(flavor = "multi_thread")]
async fn so_many_sign_ups_are_open_at_a_time() {
    let lobby = Lobby::open().await;
    let fill = "INSERT INTO onboarding.sign_ups (id, email, business, kind, created_at, expires_at)
        SELECT gen_random_uuid(), 'a@b.example', 'Full', 'motel', '2026-12-01T14:30Z', '2026-12-02T14:30Z'
        FROM generate_series(1, 5000)";
    let mut admin = lobby.db.admin().await;
    admin.batch_execute(fill).await.unwrap();
    let new = new("Sunrise", "dana@sunrise.example", TenantKind::Motel);
    let address = "192.0.2.7".parse().unwrap();
    let ask = async || ask_to_sign_up(lobby.db.db(), &new, address, lobby.now()).await;
    let refused = ask().await;
    assert!(matches!(refused, Err(OnboardingError::TooManyOpen)));
    let use_one = "UPDATE onboarding.sign_ups SET used_at = now() WHERE id = (SELECT min(id::text)::uuid FROM onboarding.sign_ups)";
    admin.batch_execute(use_one).await.unwrap();
    assert_eq!(ask().await.unwrap(), Asked::Noted);
    assert!(matches!(ask().await, Err(OnboardingError::TooManyOpen)));
    lobby.later(Duration::minutes(31));
    let asked = ask_to_sign_up(lobby.db.db(), &new, address, lobby.now()).await;
    assert_eq!(
        asked.unwrap(),
        Asked::Noted,
        "others wait for an hour at most"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_network_asks_twenty_times_a_day_whatever_its_addresses() {
    let lobby = Lobby::open().await;
    let ask = async |guest: u16, from: &str| {
        let email = format!("guest{guest}@else.example");
        lobby.ask_from("Sunrise Motel", &email, from).await
    };
    for guest in 0..20 {
        let from = format!("2001:db8:0:{:x}::1", guest / 5);
        assert_eq!(ask(guest, &from).await, Asked::Noted, "{guest}");
    }
    let Asked::TooMany { seconds } = ask(20, "2001:db8:0:ff::1").await else {
        panic!("the twenty-first")
    };
    assert!((4_000..=4_321).contains(&seconds), "{seconds}");
    assert_eq!(ask(21, "2001:db8:0:100::1").await, Asked::Noted);
}

/// Nobody takes it.
struct Broken;

#[async_trait]
impl Mailer for Broken {
    async fn send(&self, _: &Mail) -> Result<(), MailError> {
        Err(MailError::Timeout)
    }
}

/// Takes every mail but those to one address.
struct Choosy(Arc<dyn Mailer>);

#[async_trait]
impl Mailer for Choosy {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        match mail.to.email.as_str() {
            "nobody@made-up.example" => Err(MailError::Timeout),
            _ => self.0.send(mail).await,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_takes_no_mail_keeps_nobody_waiting() {
    let lobby = Lobby::open().await;
    lobby.ask("Made Up", "nobody@made-up.example").await;
    lobby.later(Duration::seconds(1));
    lobby.ask("Sunrise Motel", "dana@sunrise.example").await;
    let choosy: Arc<dyn Mailer> = Arc::new(Choosy(lobby.mailer()));
    lobby.post_by(&choosy).await.unwrap();
    let mails = lobby.post().await;
    let to: Vec<_> = mails.iter().map(|mail| &*mail.to).collect();
    assert_eq!(to, ["dana@sunrise.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_nobody_took_is_sent_later_and_its_link_works() {
    let lobby = Lobby::open().await;
    lobby.ask("Sunrise Motel", "dana@sunrise.example").await;
    let broken: Arc<dyn Mailer> = Arc::new(Broken);
    assert!(lobby.post_by(&broken).await.is_err());
    assert_eq!(lobby.post().await.len(), 0, "its wait is not over");
    lobby.later(Duration::seconds(60));
    let mails = lobby.post().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(lobby.post().await, mails, "and it is sent once");
    lobby.confirm(&word(&mails[0])).await.unwrap();
    let kept = "SELECT count(*) FROM onboarding.sign_ups t WHERE t::text LIKE '%link=%' OR mail_at IS NOT NULL";
    assert_eq!(lobby.count(kept).await, 0);
}
