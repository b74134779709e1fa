//! What is kept on a member of the team is given out, and overwritten for good.

use diesel_async::SimpleAsyncConnection;
use motel_kernel::StaffId;
use motel_tenancy::team::{
    MemberChange, MemberKeepers, change_member, erase_member, export_member, members,
};
use motel_tenancy::{Role, Staff, TenancyError};
use serde_json::Value;

use crate::crew::{Crew, PASSWORD, token_in};

const EMAIL: &str = "quendoline@motel.example";

async fn erase(crew: &Crew, by: &Staff, id: StaffId) -> Result<(), TenancyError> {
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    erase_member(&mut tx, &MemberKeepers::none(), by.id, id, crew.now()).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn export(crew: &Crew, by: &Staff, id: StaffId) -> Result<Value, TenancyError> {
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    export_member(&mut tx, &MemberKeepers::none(), by.id, id, crew.now()).await
}

/// The tables that have a row of a member, besides the one of who is in the team.
async fn kept_on(crew: &Crew, member: StaffId) -> Vec<String> {
    let pointing = "SELECT DISTINCT conrelid::regclass::text AS word FROM pg_constraint WHERE confrelid = 'tenancy.staff'::regclass ORDER BY 1";
    let mut kept = Vec::new();
    for table in crew.words(pointing).await {
        let rows = format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%{member}%'");
        if crew.count(&rows).await > 0 {
            kept.push(table.trim_start_matches("tenancy.").to_owned());
        }
    }
    kept
}

/// Somebody who was invited and joined, with two sessions.
async fn joined(crew: &Crew) -> Staff {
    crew.invite(crew.owner.id, EMAIL, Role::FrontDesk)
        .await
        .unwrap();
    let link = token_in(&crew.post().await[0]);
    let new = motel_tenancy::team::NewMember {
        name: motel_kernel::PersonName::parse("Quendoline Xu").unwrap(),
        password: PASSWORD.into(),
    };
    let joined = motel_tenancy::team::accept_invitation(crew.db.db(), &link, &new, crew.now());
    let joined = joined.await.unwrap();
    crew.session(&joined).await;
    crew.session(&joined).await;
    joined
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_everything_and_is_for_who_leads_them_and_themselves() {
    let crew = Crew::open().await;
    let clerk = joined(&crew).await;
    let colleague = crew.take_in("rosa@motel.example", Role::FrontDesk).await;
    for by in [&crew.owner, &clerk] {
        let export = export(&crew, by, clerk.id).await.unwrap();
        assert_eq!(export["member"]["email"], EMAIL);
        assert_eq!(export["member"]["name"], "Quendoline Xu");
        assert_eq!(export["sessions"].as_array().unwrap().len(), 2);
        assert_eq!(export["invitations"][0]["state"], "accepted");
        assert!(!export.to_string().contains("argon2"), "{export}");
    }
    assert_eq!(
        export(&crew, &colleague, clerk.id)
            .await
            .unwrap_err()
            .code(),
        "beyond_role"
    );
    let nobody = export(&crew, &crew.owner, StaffId::new()).await;
    assert_eq!(nobody.unwrap_err().code(), "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_erased_stands_nowhere_and_their_work_has_an_author() {
    let crew = Crew::open().await;
    let clerk = joined(&crew).await;
    crew.guard(&clerk).await;
    erase(&crew, &crew.owner, clerk.id).await.unwrap();
    assert_eq!(kept_on(&crew, clerk.id).await, ["invitations"]);
    for table in [
        "staff",
        "invitations",
        "one_use_links",
        "sessions",
        "answers",
    ] {
        let left =
            format!("SELECT count(*) FROM tenancy.{table} t WHERE t::text ILIKE '%quendoline%'");
        assert_eq!(crew.count(&left).await, 0, "{table}");
    }
    assert_eq!(crew.sessions(&clerk).await, 0);
    let row = format!(
        "SELECT count(*) FROM tenancy.staff WHERE id = '{}' AND display_name = 'A former member' AND NOT active AND erased_at IS NOT NULL",
        clerk.id
    );
    assert_eq!(crew.count(&row).await, 1);
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    let team = members(&mut tx, None, 10).await.unwrap();
    assert_eq!(team.len(), 1, "{team:?}");
    // There is no way back.
    let back = change_member(
        &mut tx,
        crew.owner.id,
        clerk.id,
        MemberChange::Activate,
        crew.now(),
    )
    .await;
    assert_eq!(back.unwrap_err().code(), "not_found");
    drop(tx);
    assert_eq!(
        erase(&crew, &crew.owner, clerk.id)
            .await
            .unwrap_err()
            .code(),
        "not_found"
    );
    // The address is free again.
    crew.invite(crew.owner.id, EMAIL, Role::FrontDesk)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_owner_cannot_be_erased_and_nobody_by_who_does_not_lead_them() {
    let crew = Crew::open().await;
    let manager = crew.take_in("rosa@motel.example", Role::Manager).await;
    assert_eq!(
        erase(&crew, &crew.owner, crew.owner.id)
            .await
            .unwrap_err()
            .code(),
        "last_owner"
    );
    assert_eq!(
        erase(&crew, &manager, crew.owner.id)
            .await
            .unwrap_err()
            .code(),
        "beyond_role"
    );
    let second = crew.take_in("iris@motel.example", Role::Owner).await;
    erase(&crew, &second, crew.owner.id).await.unwrap();
    assert_eq!(
        erase(&crew, &second, second.id).await.unwrap_err().code(),
        "last_owner"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_address_now_that_the_erased_had_before_keeps_what_is_theirs() {
    let crew = Crew::open().await;
    let clerk = joined(&crew).await;
    // The clerk changed to another address, and somebody else was asked at the old one.
    let moved = format!(
        "UPDATE tenancy.staff SET email = 'q.xu@motel.example' WHERE id = '{}'",
        clerk.id
    );
    crew.db.admin().await.batch_execute(&moved).await.unwrap();
    crew.invite(crew.owner.id, EMAIL, Role::FrontDesk)
        .await
        .unwrap();
    erase(&crew, &crew.owner, clerk.id).await.unwrap();
    let open = format!(
        "SELECT count(*) FROM tenancy.invitations i JOIN tenancy.one_use_links l ON l.invitation_id = i.id
         WHERE i.email = '{EMAIL}' AND i.withdrawn_at IS NULL AND l.used_at IS NULL"
    );
    assert_eq!(crew.count(&open).await, 1);
    let left = "SELECT count(*) FROM tenancy.staff WHERE email LIKE '%xu%'";
    assert_eq!(crew.count(left).await, 0);
}
