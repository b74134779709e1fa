//! What ends a second factor, and what a remembered device is worth.

use chrono::Duration;
use motel_kernel::StaffId;
use motel_tenancy::commands::Admission;
use motel_tenancy::passwords::change_password;
use motel_tenancy::second_factor::{
    admit_remembered, forget_device, remember_device, remembered_devices, turn_off,
};
use motel_tenancy::team::{MemberChange, TeamRefusal, change_member};
use motel_tenancy::{AddressedToken, Device, Role, Staff, TenancyError};
use secrecy::{ExposeSecret, SecretString};

use crate::crew::{Crew, PASSWORD};
use crate::phone::{Guarded, STEP, is_in, proof};

const DANA: &str = "dana@motel.example";

async fn off(
    crew: &Crew,
    guarded: &Guarded,
    password: &str,
    code: &SecretString,
) -> Result<(), TenancyError> {
    let password = password.into();
    let proof = proof(&password, code);
    turn_off(
        crew.db.db(),
        &crew.keys,
        &guarded.session,
        proof,
        crew.now(),
    )
    .await
}

async fn take_off(crew: &Crew, by: StaffId, member: StaffId) -> Result<Staff, TenancyError> {
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    let change = MemberChange::TakeOffSecondFactor;
    let changed = change_member(&mut tx, by, member, change, crew.now()).await?;
    tx.commit().await.unwrap();
    Ok(changed)
}

/// The word by which a device of the member is known.
async fn remember(crew: &Crew, member: &Staff) -> AddressedToken {
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    let member = motel_tenancy::account::own_account(&mut tx, member.id)
        .await
        .unwrap();
    drop(tx);
    let device = Device::new("Desk", "192.0.2.7".parse().ok());
    let word = remember_device(crew.db.db(), &member, &device, crew.now())
        .await
        .unwrap();
    AddressedToken::parse(word.expose_secret()).unwrap()
}

async fn is_remembered(crew: &Crew, email: &str, password: &str, word: &AddressedToken) -> bool {
    let half = crew.half(email, password).await;
    let admitted = admit_remembered(crew.db.db(), &half, word, crew.now()).await;
    admitted
        .unwrap()
        .is_some_and(|member| member.email.as_str() == email)
}

#[tokio::test(flavor = "multi_thread")]
async fn turning_it_off_takes_password_and_code_and_ends_the_other_sessions() {
    let crew = Crew::open().await;
    let guarded = crew.guard(&crew.owner).await;
    remember(&crew, &crew.owner).await;
    let code = guarded.phone.code(crew.now());
    for (password, code) in [
        ("wrong", &code),
        (PASSWORD, &guarded.phone.wrong(crew.now())),
        (PASSWORD, &SecretString::default()),
    ] {
        let refused = off(&crew, &guarded, password, code).await;
        assert!(
            matches!(refused, Err(TenancyError::NotProven)),
            "{refused:?}"
        );
    }
    assert!(is_in(&crew.show(DANA, &guarded.recovery[3]).await));
    off(&crew, &guarded, PASSWORD, &code).await.unwrap();
    assert_eq!(crew.sessions(&crew.owner).await, 1);
    let admitted = crew.try_in(DANA, PASSWORD).await;
    assert!(matches!(admitted, Admission::Admitted(_)), "{admitted:?}");
    let left = "SELECT (SELECT count(*) FROM tenancy.second_factors) + (SELECT count(*) FROM tenancy.recovery_codes)
        + (SELECT count(*) FROM tenancy.remembered_devices WHERE ended_at IS NULL) AS count";
    assert_eq!(crew.count(left).await, 0);
    let again = off(&crew, &guarded, PASSWORD, &code).await;
    assert!(matches!(again, Err(TenancyError::NotFound(_))), "{again:?}");
    // And it can be set up again.
    crew.guard(&crew.owner).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leads_somebody_takes_it_off_them_and_they_are_told() {
    let crew = Crew::open().await;
    let mia = crew.take_in("mia@motel.example", Role::FrontDesk).await;
    let max = crew.take_in("max@motel.example", Role::Manager).await;
    let guarded = crew.guard(&mia).await;
    crew.guard(&crew.owner).await;
    for (by, member, refusal) in [
        (mia.id, max.id, TeamRefusal::BeyondRole),
        (max.id, crew.owner.id, TeamRefusal::BeyondRole),
        (crew.owner.id, crew.owner.id, TeamRefusal::OwnAccount),
    ] {
        let refused = take_off(&crew, by, member).await;
        assert!(
            matches!(&refused, Err(TenancyError::Team(it)) if *it == refusal),
            "{refused:?}"
        );
    }
    let changed = take_off(&crew, max.id, mia.id).await.unwrap();
    assert!(changed.second_factor_at.is_none());
    assert_eq!(crew.sessions(&mia).await, 0);
    let admitted = crew.try_in("mia@motel.example", PASSWORD).await;
    assert!(matches!(admitted, Admission::Admitted(_)), "{admitted:?}");
    take_off(&crew, max.id, mia.id).await.unwrap();
    let mails = crew.post().await;
    assert_eq!(mails.len(), 1, "what is so already is told nobody");
    assert_eq!(mails[0].to, "mia@motel.example");
    assert!(
        mails[0].text.contains("took the second factor off"),
        "{}",
        mails[0].text
    );
    drop(guarded);
    // The owner keeps theirs.
    crew.half(DANA, PASSWORD).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_remembered_for_thirty_days_and_for_its_member() {
    let crew = Crew::open().await;
    let mia = crew.take_in("mia@motel.example", Role::FrontDesk).await;
    crew.guard(&crew.owner).await;
    crew.guard(&mia).await;
    let word = remember(&crew, &crew.owner).await;
    assert!(is_remembered(&crew, DANA, PASSWORD, &word).await);
    assert!(!is_remembered(&crew, "mia@motel.example", PASSWORD, &word).await);
    let admission = crew.try_in(DANA, "wrong").await;
    assert_eq!(admission, Admission::Refused, "a device is no password");
    crew.later(Duration::days(30) - Duration::seconds(1));
    assert!(is_remembered(&crew, DANA, PASSWORD, &word).await);
    crew.later(Duration::seconds(1));
    assert!(!is_remembered(&crew, DANA, PASSWORD, &word).await);
    crew.later(Duration::seconds(1));
    crew.sweep().await;
    assert_eq!(
        crew.count("SELECT count(*) FROM tenancy.remembered_devices")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_forgotten_by_its_member_by_a_new_password_and_with_the_factor() {
    let crew = Crew::open().await;
    let mia = crew.take_in("mia@motel.example", Role::FrontDesk).await;
    let guarded = crew.guard(&crew.owner).await;
    let word = remember(&crew, &crew.owner).await;
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    let listed = remembered_devices(&mut tx, crew.owner.id, crew.now())
        .await
        .unwrap();
    assert_eq!((listed.len(), listed[0].user_agent.as_str()), (1, "Desk"));
    let id = listed[0].id;
    assert!(
        !forget_device(&mut tx, mia.id, id, crew.now())
            .await
            .unwrap()
    );
    assert!(
        forget_device(&mut tx, crew.owner.id, id, crew.now())
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    assert!(!is_remembered(&crew, DANA, PASSWORD, &word).await);

    let word = remember(&crew, &crew.owner).await;
    let new = "a wholly new password";
    crew.later(STEP);
    let (old, code) = (PASSWORD.into(), guarded.phone.code(crew.now()));
    change_password(
        crew.db.db(),
        &crew.keys,
        &guarded.session,
        proof(&old, &code),
        &new.into(),
        crew.now(),
    )
    .await
    .unwrap();
    assert!(!is_remembered(&crew, DANA, new, &word).await);

    let word = remember(&crew, &crew.owner).await;
    crew.later(STEP);
    off(&crew, &guarded, new, &guarded.phone.code(crew.now()))
        .await
        .unwrap();
    let session = crew.try_in(DANA, new).await;
    assert!(matches!(session, Admission::Admitted(_)), "{session:?}");
    let open = "SELECT count(*) FROM tenancy.remembered_devices WHERE ended_at IS NULL";
    assert_eq!(crew.count(open).await, 0, "{word:?}");
}
