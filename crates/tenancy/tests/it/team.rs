use chrono::Duration;
use motel_kernel::PersonName;
use motel_tenancy::commands::Admission;
use motel_tenancy::team::{
    InvitationState, MemberChange, NewMember, TeamRefusal, accept_invitation, change_member,
    invitations, is_taken_elsewhere, look_at_invitation, members, resend_invitation,
    withdraw_invitation,
};
use motel_tenancy::{AddressedToken, Role, Staff, TenancyError};

use crate::crew::{Crew, PASSWORD, token_in};

async fn accept(crew: &Crew, token: &AddressedToken, name: &str) -> Result<Staff, TenancyError> {
    let new = NewMember {
        name: PersonName::parse(name).unwrap(),
        password: PASSWORD.into(),
    };
    accept_invitation(crew.db.db(), token, &new, crew.now()).await
}

async fn change(
    crew: &Crew,
    by: &Staff,
    who: &Staff,
    change: MemberChange,
) -> Result<Staff, TenancyError> {
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    let changed = change_member(&mut tx, by.id, who.id, change, crew.now()).await?;
    tx.commit().await.unwrap();
    Ok(changed)
}

fn refusal<T: std::fmt::Debug>(result: Result<T, TenancyError>) -> TeamRefusal {
    match result {
        Err(TenancyError::Team(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_invited_joins_once_in_the_role_that_was_said() {
    let crew = Crew::open().await;
    let invitation = crew
        .invite(crew.owner.id, "mia@motel.example", Role::Manager)
        .await
        .unwrap();
    let mail = crew.post().await.remove(0);
    assert_eq!(
        (mail.to.as_str(), mail.subject.as_str()),
        ("mia@motel.example", "Join the team of Motel DM001")
    );
    let token = token_in(&mail);
    let look = look_at_invitation(crew.db.db(), &token, crew.now())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (look.business.as_str(), look.role),
        ("Motel DM001", Role::Manager.into())
    );
    let mia = accept(&crew, &token, "Mia Lund").await.unwrap();
    assert_eq!(
        (
            mia.tenant_id,
            mia.email.as_str(),
            mia.role,
            mia.display_name.as_str()
        ),
        (
            crew.demo.tenant,
            "mia@motel.example",
            Role::Manager.into(),
            "Mia Lund"
        )
    );
    let admitted = crew.try_in("mia@motel.example", PASSWORD).await;
    assert!(matches!(admitted, Admission::Admitted(_)));
    let gone = accept(&crew, &token, "Mia Again").await;
    assert!(matches!(gone, Err(TenancyError::LinkGone)), "{gone:?}");

    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    let listed = invitations(&mut tx, None, 10).await.unwrap();
    assert_eq!(listed[0].state(crew.now()), InvitationState::Accepted);
    assert_eq!(members(&mut tx, None, 10).await.unwrap().len(), 2);
    let over = withdraw_invitation(&mut tx, crew.owner.id, invitation.id, crew.now()).await;
    assert_eq!(refusal(over), TeamRefusal::InvitationOver);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_accept_one_invitation_at_once_are_one_member() {
    let crew = Crew::open().await;
    for number in 0..3 {
        let email = format!("new-{number}@motel.example");
        crew.invite(crew.owner.id, &email, Role::FrontDesk)
            .await
            .unwrap();
        let mails = crew.post().await;
        let token = token_in(mails.iter().find(|mail| mail.to == email).unwrap());
        let (one, two) = tokio::join!(accept(&crew, &token, "One"), accept(&crew, &token, "Two"));
        assert!(
            matches!(
                (&one, &two),
                (Ok(_), Err(TenancyError::LinkGone)) | (Err(TenancyError::LinkGone), Ok(_))
            ),
            "{one:?} {two:?}"
        );
        let joined = format!("SELECT count(*) FROM tenancy.staff WHERE email = '{email}'");
        assert_eq!(crew.count(&joined).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_sent_again_or_withdrawn_or_runs_out() {
    let crew = Crew::open().await;
    let owner = crew.owner.id;
    let first = crew
        .invite(owner, "mia@motel.example", Role::FrontDesk)
        .await
        .unwrap();
    let again = crew
        .invite(owner, "mia@motel.example", Role::FrontDesk)
        .await;
    assert_eq!(refusal(again), TeamRefusal::AlreadyInvited);
    let old = token_in(&crew.post().await[0]);
    crew.later(Duration::days(8));
    assert_eq!(first.state(crew.now()), InvitationState::Expired);
    assert_eq!(
        look_at_invitation(crew.db.db(), &old, crew.now())
            .await
            .unwrap(),
        None
    );

    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    let resent = resend_invitation(&mut tx, owner, first.id, crew.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(resent.state(crew.now()), InvitationState::Open);
    let mails = crew.post().await;
    assert_eq!(mails.len(), 2);
    let fresh = mails
        .iter()
        .map(token_in)
        .find(|token| *token != old)
        .unwrap();
    assert!(
        look_at_invitation(crew.db.db(), &fresh, crew.now())
            .await
            .unwrap()
            .is_some()
    );

    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    withdraw_invitation(&mut tx, owner, first.id, crew.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let gone = accept(&crew, &fresh, "Mia").await;
    assert!(matches!(gone, Err(TenancyError::LinkGone)), "{gone:?}");
    crew.invite(owner, "mia@motel.example", Role::FrontDesk)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_leads_above_their_role() {
    let crew = Crew::open().await;
    let manager = crew.take_in("mia@motel.example", Role::Manager).await;
    let clerk = crew.take_in("cleo@motel.example", Role::FrontDesk).await;
    for (by, role) in [
        (&manager, Role::Owner),
        (&manager, Role::Manager),
        (&clerk, Role::Housekeeping),
    ] {
        let refused = crew.invite(by.id, "new@motel.example", role).await;
        assert_eq!(refusal(refused), TeamRefusal::BeyondRole, "{role}");
    }
    crew.invite(manager.id, "new@motel.example", Role::FrontDesk)
        .await
        .unwrap();
    for (who, what) in [
        (&clerk, MemberChange::Role(Role::Manager.into())),
        (&crew.owner, MemberChange::Deactivate),
        (&manager, MemberChange::Role(Role::Owner.into())),
    ] {
        let refused = change(&crew, &manager, who, what).await;
        assert_eq!(refusal(refused), TeamRefusal::BeyondRole, "{what:?}");
    }
    let moved = change(
        &crew,
        &manager,
        &clerk,
        MemberChange::Role(Role::Housekeeping.into()),
    )
    .await;
    assert_eq!(moved.unwrap().role, Role::Housekeeping);
    // A session that is older than a demotion helps nobody.
    change(&crew, &crew.owner, &manager, MemberChange::Deactivate)
        .await
        .unwrap();
    let refused = change(&crew, &manager, &clerk, MemberChange::Deactivate).await;
    assert_eq!(refusal(refused), TeamRefusal::BeyondRole);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_let_go_is_signed_out_and_may_come_back() {
    let crew = Crew::open().await;
    let clerk = crew.take_in("cleo@motel.example", Role::FrontDesk).await;
    crew.session(&clerk).await;
    crew.session(&crew.owner).await;
    change(&crew, &crew.owner, &clerk, MemberChange::Deactivate)
        .await
        .unwrap();
    assert_eq!(
        (
            crew.sessions(&clerk).await,
            crew.sessions(&crew.owner).await
        ),
        (0, 1)
    );
    assert_eq!(
        crew.try_in("cleo@motel.example", PASSWORD).await,
        Admission::Refused
    );
    change(&crew, &crew.owner, &clerk, MemberChange::Activate)
        .await
        .unwrap();
    let admitted = crew.try_in("cleo@motel.example", PASSWORD).await;
    assert!(matches!(admitted, Admission::Admitted(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_owner_stays_also_when_two_let_go_of_each_other_at_once() {
    let crew = Crew::open().await;
    for what in [
        MemberChange::Deactivate,
        MemberChange::Role(Role::Manager.into()),
    ] {
        let refused = change(&crew, &crew.owner, &crew.owner, what).await;
        assert_eq!(refusal(refused), TeamRefusal::LastOwner);
    }
    let second = crew.take_in("olaf@motel.example", Role::Owner).await;
    let demote = MemberChange::Role(Role::Manager.into());
    let (one, two) = tokio::join!(
        change(&crew, &crew.owner, &second, demote),
        change(&crew, &second, &crew.owner, demote)
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let owners = "SELECT count(*) FROM tenancy.staff WHERE role = 'owner' AND active";
    assert_eq!(crew.count(owners).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_business_is_out_of_reach_and_stays_unnamed() {
    let crew = Crew::open().await;
    let invitation = crew
        .invite(crew.owner.id, "mia@motel.example", Role::FrontDesk)
        .await
        .unwrap();
    let mut tx = crew.db.db().tenant(crew.other.tenant).await.unwrap();
    let now = crew.now();
    let by = crew.owner.id;
    let unknown = change_member(&mut tx, by, crew.owner.id, MemberChange::Deactivate, now).await;
    assert!(
        matches!(unknown, Err(TenancyError::NotFound("member"))),
        "{unknown:?}"
    );
    for unknown in [
        resend_invitation(&mut tx, by, invitation.id, now).await,
        withdraw_invitation(&mut tx, by, invitation.id, now).await,
    ] {
        assert!(
            matches!(unknown, Err(TenancyError::NotFound("invitation"))),
            "{unknown:?}"
        );
    }
    assert!(members(&mut tx, None, 10).await.unwrap().is_empty());
    assert!(invitations(&mut tx, None, 10).await.unwrap().is_empty());
    drop(tx);

    let db = crew.db.db();
    let dana = &crew.owner.email;
    assert!(
        is_taken_elsewhere(db, crew.other.tenant, dana)
            .await
            .unwrap()
    );
    assert!(
        !is_taken_elsewhere(db, crew.demo.tenant, dana)
            .await
            .unwrap()
    );
    let own = crew
        .invite(crew.owner.id, dana.as_str(), Role::FrontDesk)
        .await;
    assert_eq!(refusal(own), TeamRefusal::AlreadyMember);
    // Somebody who got an account elsewhere after they were invited hears it when they accept, and the link stays.
    let token = token_in(&crew.post().await[0]);
    let moved = format!(
        "INSERT INTO tenancy.staff (tenant_id, id, email, password_hash, display_name, role)
         SELECT '{}', gen_random_uuid(), 'mia@motel.example', password_hash, 'Mia', 'owner' FROM tenancy.staff LIMIT 1",
        crew.other.tenant
    );
    diesel_async::SimpleAsyncConnection::batch_execute(&mut crew.db.admin().await, &moved)
        .await
        .unwrap();
    let taken = accept(&crew, &token, "Mia").await;
    assert!(matches!(taken, Err(TenancyError::EmailTaken)), "{taken:?}");
    assert!(look_at_invitation(db, &token, now).await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_asked_for_who_may_not_any_more_counts_for_nothing() {
    let crew = Crew::open().await;
    let max = crew.take_in("max@motel.example", Role::Owner).await;
    let second = crew
        .invite(max.id, "second@motel.example", Role::Owner)
        .await;
    let invitation = second.unwrap();
    let token = token_in(&crew.post().await.remove(0));
    change(&crew, &crew.owner, &max, MemberChange::Deactivate)
        .await
        .unwrap();
    let refused = accept(&crew, &token, "Max Again").await;
    assert!(
        matches!(refused, Err(TenancyError::LinkGone)),
        "{refused:?}"
    );

    // Whoever sends it again stands for it.
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    resend_invitation(&mut tx, crew.owner.id, invitation.id, crew.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mails = crew.post().await;
    let mut tokens = mails.iter().map(token_in);
    let fresh = tokens.find(|it| *it != token).unwrap();
    let accepted = accept(&crew, &fresh, "Max Again").await;
    assert_eq!(accepted.unwrap().role, Role::Owner);
}
