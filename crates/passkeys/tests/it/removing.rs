use chrono::Duration;
use motel_passkeys::{PasskeyError, PasskeyKeeper, PasskeyName, commands, queries};
use motel_tenancy::commands::{Admission, open_session};
use motel_tenancy::second_factor::Answered;
use motel_tenancy::team::{
    MemberChange, MemberKeepers, change_member, erase_member, export_member,
};
use motel_tenancy::{Device, Role, TenancyError};

use crate::authenticator::Authenticator;
use crate::desk::{DANA, Desk, PASSWORD, is_in, is_not_proven};

const LEFT: &str = "SELECT (SELECT count(*) FROM passkeys.credentials) + (SELECT count(*) FROM passkeys.ceremonies)
    + (SELECT count(*) FROM tenancy.passkey_holders)";

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_a_proof_ends_other_sessions_and_leaves_the_password() {
    let desk = Desk::open().await;
    let (mut authenticator, kept, session) = desk.equip(&desk.dana).await;
    let refused = desk.remove(&session, &kept).await.unwrap_err();
    assert!(is_not_proven(&refused), "{refused}");
    desk.session(&desk.dana).await;
    desk.prove(&session, &mut authenticator).await.unwrap();
    desk.remove(&session, &kept).await.unwrap();
    let open = "SELECT count(*) FROM tenancy.sessions WHERE ended_at IS NULL";
    assert_eq!(desk.number(open).await, 1);
    assert_eq!(desk.number(LEFT).await, 0);
    assert_eq!(desk.come_in(&mut authenticator).await, Answered::Refused);
    let admission = desk.try_password(DANA).await;
    assert!(matches!(admission, Admission::Admitted(_)), "{admission:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_showed_one_before_it_was_removed_is_not_signed_in_after() {
    let desk = Desk::open().await;
    let (mut stolen, kept, session) = desk.equip(&desk.dana).await;
    desk.prove(&session, &mut stolen).await.unwrap();
    let begun = desk.begin_adding(&session, PASSWORD).await.unwrap();
    let mut other = Authenticator::new();
    let made = other.make(&begun.options);
    desk.add(&session, &begun, made).await.unwrap();
    let Answered::Admitted(shown) = desk.come_in(&mut stolen).await else {
        panic!("it is right so far");
    };
    desk.later(Duration::seconds(1));
    desk.prove(&session, &mut other).await.unwrap();
    desk.remove(&session, &kept).await.unwrap();
    let mut tx = desk.db.db().tenant(desk.demo.tenant).await.unwrap();
    let late = open_session(&mut tx, &shown, &Device::default()).await;
    assert!(
        matches!(late, Err(TenancyError::NotFound("member"))),
        "{late:?}"
    );
    assert!(is_in(&desk.come_in(&mut other).await, &desk.dana));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_only_second_factor_stays_where_the_business_asks_for_one() {
    let desk = Desk::open().await;
    let (mut authenticator, kept, session) = desk.equip(&desk.dana).await;
    desk.execute("UPDATE tenancy.tenants SET second_factor_required = true")
        .await;
    desk.prove(&session, &mut authenticator).await.unwrap();
    let refused = desk.remove(&session, &kept).await;
    assert!(
        matches!(refused, Err(PasskeyError::LastFactor)),
        "{refused:?}"
    );
    assert!(is_in(&desk.come_in(&mut authenticator).await, &desk.dana));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_touches_the_passkeys_of_others() {
    let desk = Desk::open().await;
    let (_, danas, _) = desk.equip(&desk.dana).await;
    let (mut olegs, _, oleg) = desk.equip(&desk.oleg).await;
    desk.prove(&oleg, &mut olegs).await.unwrap();
    let refused = desk.remove(&oleg, &danas).await;
    assert!(
        matches!(refused, Err(PasskeyError::NotFound)),
        "{refused:?}"
    );
    let name = PasskeyName::parse("Mine now").unwrap();
    for (tenant, member) in [
        (desk.other.tenant, desk.oleg.id),
        // Of the same business, somebody else.
        (desk.demo.tenant, desk.oleg.id),
    ] {
        let mut tx = desk.db.db().tenant(tenant).await.unwrap();
        let refused = commands::rename_passkey(&mut tx, member, danas.id, &name).await;
        assert!(
            matches!(refused, Err(PasskeyError::NotFound)),
            "{refused:?}"
        );
    }
    let mut tx = desk.db.db().tenant(desk.demo.tenant).await.unwrap();
    let renamed = commands::rename_passkey(&mut tx, desk.dana.id, danas.id, &name).await;
    assert_eq!(renamed.unwrap().name, name);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leads_somebody_takes_their_passkeys_off_with_the_second_factor() {
    let desk = Desk::open().await;
    let (mut authenticator, ..) = desk.equip(&desk.dana).await;
    let boss = desk.second_owner().await;
    let mut tx = desk.db.db().tenant(desk.demo.tenant).await.unwrap();
    let change = MemberChange::TakeOffSecondFactor;
    change_member(&mut tx, boss, desk.dana.id, change, desk.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(desk.number(LEFT).await, 0);
    assert_eq!(desk.come_in(&mut authenticator).await, Answered::Refused);
    let admission = desk.try_password(DANA).await;
    assert!(matches!(admission, Admission::Admitted(_)), "{admission:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_erased_leaves_none_and_before_that_gets_them_in_the_export() {
    let desk = Desk::open().await;
    let (mut authenticator, _, session) = desk.equip(&desk.dana).await;
    commands::begin_proof(desk.db.db(), &desk.party, &session, desk.now())
        .await
        .unwrap();
    let boss = desk.second_owner().await;
    let keepers = MemberKeepers::none().and(PasskeyKeeper);
    let mut tx = desk.db.db().tenant(desk.demo.tenant).await.unwrap();
    let export = export_member(&mut tx, &keepers, boss, desk.dana.id, desk.now())
        .await
        .unwrap();
    assert_eq!(export["kept"]["passkeys"][0]["name"], "My telephone");
    erase_member(&mut tx, &keepers, boss, desk.dana.id, desk.now())
        .await
        .unwrap();
    let kept = queries::passkeys_of(&mut tx, desk.dana.id).await.unwrap();
    assert!(kept.is_empty());
    tx.commit().await.unwrap();
    assert_eq!(desk.number(LEFT).await, 0);
    assert_eq!(desk.come_in(&mut authenticator).await, Answered::Refused);
}

impl Desk {
    async fn second_owner(&self) -> motel_kernel::StaffId {
        let boss = motel_tenancy::NewStaff {
            email: "boss@motel.example".parse().unwrap(),
            password: crate::desk::PASSWORD.into(),
            display_name: "Boss".to_owned(),
            role: Role::Owner,
        };
        let mut tx = self.db.db().tenant(self.demo.tenant).await.unwrap();
        let boss = motel_tenancy::commands::create_staff(&mut tx, &boss).await;
        tx.commit().await.unwrap();
        boss.unwrap().id
    }
}
