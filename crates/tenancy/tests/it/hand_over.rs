//! An owner hands the business over.

use motel_kernel::StaffId;
use motel_tenancy::second_factor::{Claimant, Proof};
use motel_tenancy::team::{MemberChange, change_member, hand_over};
use motel_tenancy::{Role, Staff, TenancyError};

use crate::crew::{Crew, PASSWORD};

async fn give(crew: &Crew, by: &Staff, to: StaffId, password: &str) -> Result<(), TenancyError> {
    prove_and_give(crew, by, to, password, "").await
}

async fn prove_and_give(
    crew: &Crew,
    by: &Staff,
    to: StaffId,
    password: &str,
    code: &str,
) -> Result<(), TenancyError> {
    let by = Claimant {
        tenant: crew.demo.tenant,
        member: by.id,
        session: None,
    };
    let (password, code) = (password.into(), code.into());
    let proof = Proof {
        password: &password,
        code: &code,
    };
    hand_over(crew.db.db(), &crew.keys, by, to, proof, crew.now()).await
}

async fn roles(crew: &Crew, role: Role) -> i64 {
    crew.count(&format!(
        "SELECT count(*) FROM tenancy.staff WHERE role = '{role}'"
    ))
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_is_the_owner_and_who_gave_it_a_manager() {
    let crew = Crew::open().await;
    let heir = crew.take_in("rosa@motel.example", Role::FrontDesk).await;
    let session = crew.session(&crew.owner).await;
    give(&crew, &crew.owner, heir.id, PASSWORD).await.unwrap();
    assert_eq!(
        (
            roles(&crew, Role::Owner).await,
            roles(&crew, Role::Manager).await
        ),
        (1, 1)
    );
    assert!(session.role.is_owner(), "as it was when it was read");
    assert_eq!(
        crew.sessions(&crew.owner).await,
        1,
        "they go on working, as a manager"
    );
    // It cannot be taken back by who gave it.
    let back = give(&crew, &crew.owner, crew.owner.id, PASSWORD)
        .await
        .unwrap_err();
    assert_eq!(back.code(), "beyond_role");
    give(&crew, &heir, crew.owner.id, PASSWORD).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_the_password_an_owner_and_somebody_who_is_there() {
    let crew = Crew::open().await;
    let heir = crew.take_in("rosa@motel.example", Role::Manager).await;
    let wrong = give(&crew, &crew.owner, heir.id, "wrong").await;
    assert!(matches!(wrong, Err(TenancyError::NotProven)), "{wrong:?}");
    for (by, to) in [(&heir, crew.owner.id), (&crew.owner, crew.owner.id)] {
        assert_eq!(
            give(&crew, by, to, PASSWORD).await.unwrap_err().code(),
            "beyond_role"
        );
    }
    assert_eq!(
        give(&crew, &crew.owner, StaffId::new(), PASSWORD)
            .await
            .unwrap_err()
            .code(),
        "not_found"
    );
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    change_member(
        &mut tx,
        crew.owner.id,
        heir.id,
        MemberChange::Deactivate,
        crew.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        give(&crew, &crew.owner, heir.id, PASSWORD)
            .await
            .unwrap_err()
            .code(),
        "not_found"
    );
    assert_eq!(roles(&crew, Role::Owner).await, 1);
    for _ in 0..6 {
        let wrong = give(&crew, &crew.owner, heir.id, "wrong").await;
        assert!(wrong.is_err());
    }
    let waits = give(&crew, &crew.owner, heir.id, PASSWORD).await;
    assert!(
        matches!(waits, Err(TenancyError::TooManyAttempts { .. })),
        "{waits:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_second_factor_shows_a_code_too() {
    let crew = Crew::open().await;
    let heir = crew.take_in("rosa@motel.example", Role::Manager).await;
    let guarded = crew.guard(&crew.owner).await;
    let without = give(&crew, &crew.owner, heir.id, PASSWORD).await;
    assert!(
        matches!(without, Err(TenancyError::NotProven)),
        "{without:?}"
    );
    let code = guarded.phone.code(crew.now());
    let code = secrecy::ExposeSecret::expose_secret(&code).to_owned();
    prove_and_give(&crew, &crew.owner, heir.id, PASSWORD, &code)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hand_overs_at_once_leave_an_owner() {
    let crew = Crew::open().await;
    let one = crew.take_in("rosa@motel.example", Role::Manager).await;
    let other = crew.take_in("iris@motel.example", Role::Manager).await;
    let (first, second) = tokio::join!(
        give(&crew, &crew.owner, one.id, PASSWORD),
        give(&crew, &crew.owner, other.id, PASSWORD)
    );
    let done = [first.is_ok(), second.is_ok()];
    assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
    assert_eq!(roles(&crew, Role::Owner).await, 1);
}
