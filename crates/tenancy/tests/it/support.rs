//! Whoever runs the installation comes in where the business lets them.

use motel_kernel::PersonName;
use motel_tenancy::commands::open_session;
use motel_tenancy::support::{
    NewVisit, SupportHours, SupportVisit, enter, let_support_in, look_at_visit, support_access,
    support_visits, turn_support_out, visit,
};
use motel_tenancy::{AddressedToken, Device, Reason, Role, RoleRef, Staff, TenancyError};
use secrecy::ExposeSecret;

use crate::crew::Crew;

async fn let_in(crew: &Crew, hours: u8) {
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    let hours = SupportHours::new(hours).unwrap();
    let_support_in(&mut tx, crew.owner.id, hours).await.unwrap();
    tx.commit().await.unwrap();
}

async fn turn_out(crew: &Crew) -> bool {
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    let was_in = turn_support_out(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    was_in
}

async fn ask(crew: &Crew) -> Result<(SupportVisit, AddressedToken), TenancyError> {
    let new = NewVisit {
        visitor: PersonName::parse("Kim Lee").unwrap(),
        reason: Reason::parse("the calendar looks wrong").unwrap(),
    };
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    let (visit, word) = visit(&mut tx, &new, crew.now()).await?;
    tx.commit().await.unwrap();
    Ok((visit, AddressedToken::parse(word.expose_secret()).unwrap()))
}

/// Comes in and opens a session, as the page does.
async fn come_in(crew: &Crew, token: &AddressedToken) -> Result<Staff, TenancyError> {
    let mut tx = crew.db.db().tenant(token.tenant()).await.unwrap();
    let visitor = enter(&mut tx, token, crew.now()).await?;
    open_session(&mut tx, &visitor, &Device::default())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Ok(visitor)
}

async fn is_over(crew: &Crew) {
    let past = "UPDATE tenancy.support_accesses SET opened_at = opened_at - interval '2 hours', ends_at = now() - interval '1 second'";
    let mut admin = crew.db.admin().await;
    diesel_async::SimpleAsyncConnection::batch_execute(&mut admin, past)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_unless_they_are_let_in() {
    let crew = Crew::open().await;
    let refused = ask(&crew).await;
    assert!(
        matches!(refused, Err(TenancyError::NotFound(_))),
        "{refused:?}"
    );
    let_in(&crew, 1).await;
    is_over(&crew).await;
    let late = ask(&crew).await;
    assert!(matches!(late, Err(TenancyError::NotFound(_))), "{late:?}");
    assert_eq!(
        crew.count("SELECT count(*) FROM tenancy.staff WHERE display_name LIKE 'Support%'")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_let_in_comes_once_as_the_front_desk_and_is_on_record() {
    let crew = Crew::open().await;
    let_in(&crew, 4).await;
    let (made, token) = ask(&crew).await.unwrap();
    let seen = look_at_visit(crew.db.db(), &token, crew.now())
        .await
        .unwrap();
    assert_eq!(seen.as_ref(), Some(&made));
    let visitor = come_in(&crew, &token).await.unwrap();
    assert_eq!(
        (visitor.role, visitor.display_name.as_str()),
        (RoleRef::Program(Role::FrontDesk), "Support: Kim Lee")
    );
    let again = come_in(&crew, &token).await;
    assert!(matches!(again, Err(TenancyError::LinkGone)), "{again:?}");
    assert_eq!(
        look_at_visit(crew.db.db(), &token, crew.now())
            .await
            .unwrap(),
        None
    );
    let within = "SELECT count(*) FROM tenancy.sessions s JOIN tenancy.support_visits v USING (tenant_id, staff_id) WHERE s.expires_at = v.ends_at";
    assert_eq!(crew.count(within).await, 1, "a session outlives the visit");

    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    assert_eq!(support_visits(&mut tx).await.unwrap(), [made]);
    let mut other = crew.db.db().tenant(crew.other.tenant).await.unwrap();
    assert_eq!(support_visits(&mut other).await.unwrap(), []);
    assert_eq!(support_access(&mut other).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_turned_out_is_out_at_once_and_links_that_wait_are_worth_nothing() {
    let crew = Crew::open().await;
    let_in(&crew, 72).await;
    let (_, token) = ask(&crew).await.unwrap();
    let (_, waiting) = ask(&crew).await.unwrap();
    let visitor = come_in(&crew, &token).await.unwrap();
    assert_eq!(crew.sessions(&visitor).await, 1);
    assert!(turn_out(&crew).await);
    assert_eq!(crew.sessions(&visitor).await, 0);
    let active = "SELECT count(*) FROM tenancy.staff WHERE active";
    assert_eq!(crew.count(active).await, 1, "the owner alone");
    // Nor when they are let in again.
    let_in(&crew, 1).await;
    let late = come_in(&crew, &waiting).await;
    assert!(matches!(late, Err(TenancyError::LinkGone)), "{late:?}");
    assert!(turn_out(&crew).await);
    assert!(!turn_out(&crew).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_time_is_over_the_visitor_is_let_go() {
    let crew = Crew::open().await;
    let_in(&crew, 1).await;
    let (_, token) = ask(&crew).await.unwrap();
    let visitor = come_in(&crew, &token).await.unwrap();
    crew.sweep().await;
    assert_eq!(crew.sessions(&visitor).await, 1, "their time is not over");
    is_over(&crew).await;
    crew.sweep().await;
    assert_eq!(crew.sessions(&visitor).await, 0);
    let closed = "SELECT count(*) FROM tenancy.support_accesses WHERE closed_at IS NOT NULL";
    assert_eq!(crew.count(closed).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_and_a_closing_door_take_turns() {
    let crew = Crew::open().await;
    let_in(&crew, 4).await;
    let (_, token) = ask(&crew).await.unwrap();
    let (came, _) = tokio::join!(come_in(&crew, &token), turn_out(&crew));
    let open = "SELECT count(*) FROM tenancy.sessions WHERE ended_at IS NULL";
    assert_eq!(crew.count(open).await, 0, "{came:?}");
}
