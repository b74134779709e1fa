//! The page of one's passkeys, without a script: what makes and shows them is a browser's.

use diesel_async::SimpleAsyncConnection;

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, PASSWORD, STRANGER};

const PAGE: &str = "/console/passkeys";
const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// Gives a clerk a passkey, as far as the page shows it.
async fn equip(motel: &Motel, email: &str) {
    let whose = format!("FROM tenancy.staff WHERE email = '{email}'");
    let sql = format!(
        "INSERT INTO tenancy.passkey_holders SELECT tenant_id, id, '2026-11-30 12:00Z' {whose};
         INSERT INTO passkeys.credentials (tenant_id, id, staff_id, credential_id, name, key, created_at, doubted_at)
         SELECT tenant_id, '{ID}', id, '0123456789abcdef', 'My <telephone>',
                '{{\"cred\": {{\"counter\": 3, \"backup_state\": true}}}}', '2026-11-30 12:00Z', '2026-11-30 13:00Z' {whose}"
    );
    motel.test.admin().await.batch_execute(&sql).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_what_there_is_and_offers_to_add_one_where_a_browser_can() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::at_the_door(&motel).await;
    let door = clerk.get("/console/sign-in").await;
    assert!(door.shows("data-passkey-sign-in=\"alone\" hidden"));
    assert_eq!(clerk.get(PAGE).await.location, "/console/sign-in");
    clerk.sign_in(CLERK, PASSWORD).await;
    let none = clerk.get(PAGE).await;
    assert!(none.shows("You have none yet.") && none.shows("0 of 20"));
    // Without a script the form stays hidden, and the page says why.
    assert!(none.shows("data-passkey-add hidden") && none.shows("data-passkey-unable"));
    assert!(!none.shows("Code of your second factor"));
    equip(&motel, CLERK).await;
    let one = clerk.get(PAGE).await;
    assert!(one.shows("My &#60;telephone&#62;") && one.shows("1 of 20") && one.shows("Backed up"));
    assert!(one.shows("not used yet") && one.shows("somebody may have a copy"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_renames_and_removes_ones_own_and_nobody_elses() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    equip(&motel, CLERK).await;
    let (rename, remove) = (format!("{PAGE}/{ID}/rename"), format!("{PAGE}/{ID}/remove"));
    let theirs = stranger.submit(&rename, &[("name", "Mine")]).await;
    assert_eq!(theirs.status, 404);
    let proof = [("password", PASSWORD), ("code", "")];
    assert_eq!(stranger.submit(&remove, &proof).await.status, 404);
    let done = clerk.submit(&rename, &[("name", "Tablet")]).await;
    assert_eq!(done.location, "/console/passkeys?news=passkey_renamed");
    assert!(clerk.get(&done.location).await.shows("Tablet"));
    let empty = clerk.submit(&rename, &[("name", " ")]).await;
    assert!(empty.status == 422 && empty.shows("1 to 60 characters"));
    let wrong = clerk
        .submit(&remove, &[("password", "wrong"), ("code", "")])
        .await;
    assert!(wrong.status == 422 && wrong.shows("Password or code is not right."));
    let done = clerk.submit(&remove, &proof).await;
    assert_eq!(done.location, "/console/passkeys?news=passkey_removed");
    assert!(clerk.get(PAGE).await.shows("You have none yet."));
}
