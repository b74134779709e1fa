use diesel_async::SimpleAsyncConnection;

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER};

const PAGE: &str = "/console/audit";

async fn execute(motel: &Motel, sql: &str) {
    motel.test.admin().await.batch_execute(sql).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_sees_what_was_changed_and_says_for_how_long_it_is_kept() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let seen = owner.get(PAGE).await;
    assert!(seen.status == 200 && seen.shows("rates: rate plans"));
    assert!(seen.shows("They are kept for 730 days") && seen.shows("Set it"));
    let none = owner.get(&format!("{PAGE}?thing=rates.nothing")).await;
    assert!(none.shows("Nothing of that kind was changed"));

    let keep = format!("{PAGE}/retention");
    for odd in ["89", "3651", "", "many"] {
        let refused = owner.submit(&keep, &[("days", odd)]).await;
        assert_eq!(refused.status, 422, "{odd}");
        assert!(refused.shows("must lie between 90 and 3650 days"));
    }
    for days in ["100", "200"] {
        let set = owner.submit(&keep, &[("days", days)]).await;
        assert_eq!(set.location, "/console/audit?news=audit_kept");
    }
    let seen = owner.get(&format!("{PAGE}?thing=audit.retention")).await;
    assert!(seen.shows("<del>100</del>") && seen.shows("<ins>200</ins>"));
    assert!(seen.shows("They are kept for 200 days"));

    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    let seen = stranger.get(&format!("{PAGE}?thing=audit.retention")).await;
    assert!(seen.shows("Nothing of that kind was changed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_named_and_the_chain_is_walked_when_asked() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let refused = owner.get(&format!("{PAGE}?from=yesterday&request=7")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.shows("“From” cannot be read.") && refused.shows("“Request” cannot be read."));
    let earlier = owner.get(&format!("{PAGE}?actor=system&before=1")).await;
    assert!(earlier.status == 200 && !earlier.shows("Earlier changes"));
    let days = owner
        .get(&format!("{PAGE}?from=2026-01-01&until=2000-01-01"))
        .await;
    assert!(days.shows("Nothing of that kind was changed"));

    motel_audit::commands::chain_entries(motel.test.db())
        .await
        .unwrap();
    let sound = owner.get(&format!("{PAGE}?check=yes")).await;
    assert!(sound.shows("The log is as it was written"));
    let touched = format!(
        "SET session_replication_role = replica; DELETE FROM audit.entries WHERE seq = 2 AND tenant_id = '{}'",
        motel.demo.tenant
    );
    execute(&motel, &touched).await;
    let broken = owner.get(&format!("{PAGE}?check=yes")).await;
    assert!(broken.shows("entry 2 is missing"), "{}", broken.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_looks_and_the_front_desk_does_not() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    execute(&motel, "UPDATE tenancy.staff SET role = 'manager'").await;
    let seen = clerk.get(PAGE).await;
    assert!(seen.status == 200 && seen.shows("Only an owner says for how long"));
    let keep = format!("{PAGE}/retention");
    let refused = clerk.submit(&keep, &[("days", "100")]).await;
    assert!(refused.status == 403 && refused.shows("audit-log:write"));
    execute(&motel, "UPDATE tenancy.staff SET role = 'front_desk'").await;
    let refused = clerk.get(PAGE).await;
    assert!(refused.status == 403 && refused.shows("audit-log:read"));
    assert!(!refused.shows("/console/audit\""));
}
