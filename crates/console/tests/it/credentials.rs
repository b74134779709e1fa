use diesel::sql_types::Text;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER};

const PAGE: &str = "/console/credentials";
const TOKEN: &str = "0123456789abcdef0123456789abcdef";

async fn become_a(motel: &Motel, role: &str) {
    let sql = format!("UPDATE tenancy.staff SET role = '{role}'");
    motel.test.admin().await.batch_execute(&sql).await.unwrap();
}

async fn kept(motel: &Motel) -> Vec<String> {
    let mut admin = motel.test.admin().await;
    let query = "SELECT last_four FROM credentials.credentials";
    diesel::dsl::sql::<Text>(query)
        .load(&mut admin)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_sets_replaces_and_removes_what_nobody_sees_again() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let seen = owner.get(PAGE).await;
    assert!(seen.shows("Not set") && seen.shows("Set it") && !seen.shows("Remove it"));
    let action = format!("{PAGE}/twilio");

    let refused = owner.submit(&action, &[("auth_token", "hunter2")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.shows("16 to 200 visible characters") && !refused.shows("hunter2"));
    assert_eq!(kept(&motel).await, [""; 0]);

    for (token, end) in [("fedcba98765432100123", "0123"), (TOKEN, "cdef")] {
        let set = owner.submit(&action, &[("auth_token", token)]).await;
        assert_eq!(set.location, "/console/credentials?news=credential_set");
        assert_eq!(kept(&motel).await, [end]);
    }
    let seen = owner.get("/console/credentials?news=credential_set").await;
    assert!(seen.shows("ends in") && seen.shows("cdef") && seen.shows("Set by Dana"));
    assert!(!seen.shows("0123456789"), "{}", seen.html);

    // The neighbours see nothing of it.
    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    let seen = stranger.get(PAGE).await;
    assert!(seen.shows("Not set") && !seen.shows("cdef"));
    stranger.post(&format!("{action}/remove")).await;
    assert_eq!(kept(&motel).await, ["cdef"]);

    let removed = owner.post(&format!("{action}/remove")).await;
    assert_eq!(
        removed.location,
        "/console/credentials?news=credential_removed"
    );
    assert_eq!(kept(&motel).await, [""; 0]);
    let acme = owner
        .submit("/console/credentials/acme", &[("auth_token", TOKEN)])
        .await;
    assert_eq!(acme.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_owner_sees_that_it_is_set_at_most() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    become_a(&motel, "manager").await;
    let seen = clerk.get(PAGE).await;
    assert!(seen.status == 200 && seen.shows("Only an owner") && !seen.shows("Set it"));
    let action = format!("{PAGE}/twilio");
    let refused = clerk.submit(&action, &[("auth_token", TOKEN)]).await;
    assert!(refused.status == 403 && refused.shows("credentials:write"));
    become_a(&motel, "front_desk").await;
    let refused = clerk.get(PAGE).await;
    assert!(refused.status == 403 && refused.shows("credentials:read"));
    assert!(!refused.shows("/console/credentials"));
    assert_eq!(kept(&motel).await, [""; 0]);
}
