//! What the operator types: the binary itself.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use secrecy::ExposeSecret;

use crate::desk::{Desk, Site};

/// Runs the binary with these words, and types something into it.
fn run(site: &Site, words: &[&str], typed: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_remotemotel"))
        .args(words)
        .env_clear()
        .env("REMOTEMOTEL__DATABASE__URL", site.db.url().expose_secret())
        .env("REMOTEMOTEL__DATA_DIR", site.data_dir.path())
        // No settings file lies there.
        .current_dir(site.data_dir.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Who asks nothing may have ended before it was typed.
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn businesses_are_listed_suspended_deleted_and_restored() {
    let site = Site::seeded().await;
    let all = said(&run(&site, &["tenants", "list"], ""));
    assert_eq!(all.lines().count(), 3, "{all}");
    let one = said(&run(&site, &["tenants", "list", "--search", "HARVEST"], ""));
    assert!(
        one.starts_with("harvest-table  ") && one.lines().count() == 1,
        "{one}"
    );

    let suspend = ["tenants", "suspend", "harvest-table", "--reason", "unpaid"];
    let suspended = said(&run(&site, &suspend, ""));
    assert!(
        suspended.contains("suspended since") && suspended.contains(": unpaid"),
        "{suspended}"
    );
    assert!(
        !run(&site, &["tenants", "suspend", "harvest-table"], "")
            .status
            .success()
    );

    let delete = ["tenants", "delete", "harvest-table"];
    let slip = run(&site, &delete, "remotemotel\n");
    assert!(!slip.status.success(), "{slip:?}");
    let shown = said(&run(&site, &["tenants", "show", "harvest-table"], ""));
    assert!(
        shown.contains("suspended since") && shown.contains("owner    "),
        "{shown}"
    );
    let deleted = said(&run(&site, &delete, "harvest-table\n"));
    assert!(deleted.contains("deleted since"), "{deleted}");
    let purged = said(&run(&site, &["tenants", "purge", "--yes"], ""));
    assert_eq!(purged, "0 purged\n", "it is too early");
    let restored = said(&run(&site, &["tenants", "restore", "harvest-table"], ""));
    assert!(restored.contains("active since"), "{restored}");
    assert!(
        !run(&site, &["tenants", "show", "nobody"], "")
            .status
            .success()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn flags_are_rolled_out_and_unknown_ones_refused() {
    let site = Site::seeded().await;
    assert!(said(&run(&site, &["flags", "list"], "")).starts_with("guest_chat  100 %"));
    let tenth = said(&run(&site, &["flags", "roll-out", "guest_chat", "10"], ""));
    assert!(tenth.starts_with("guest_chat  10 %"), "{tenth}");
    let apart = ["flags", "override", "guest_chat", "remotemotel", "off"];
    let apart = said(&run(&site, &apart, ""));
    assert!(apart.contains("    remotemotel  off"), "{apart}");
    let mut books = site.books().await;
    let by = "SELECT actor FROM audit.entries WHERE thing = 'tenancy.flag_overrides'";
    assert_eq!(books.lines(by).await, ["operator"]);
    for words in [
        ["flags", "roll-out", "guest_cat", "10"],
        ["flags", "roll-out", "guest_chat", "101"],
        ["flags", "set", "guest_chat", "perhaps"],
    ] {
        assert!(!run(&site, &words, "").status.success(), "{words:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn logs_are_verified_and_a_touched_one_is_named() {
    let site = Site::seeded().await;
    let waiting = said(&run(&site, &["audit", "verify"], ""));
    assert!(waiting.contains("not chained yet"), "{waiting}");
    motel_audit::commands::chain_entries(site.db.db())
        .await
        .unwrap();
    let all = said(&run(&site, &["audit", "verify"], ""));
    assert_eq!(all.lines().count(), 3, "{all}");
    assert!(all.lines().all(|line| line.contains("  holds until ")));
    let mut books = site.books().await;
    books
        .execute(
            "SET session_replication_role = replica;
             UPDATE audit.entries SET actor = 'guest' WHERE seq = 2 AND tenant_id = (SELECT tenant_id FROM tenancy.tenants WHERE slug = 'remotemotel')",
        )
        .await;
    let one = ["audit", "verify", "--tenant", "harvest-table"];
    assert_eq!(said(&run(&site, &one, "")).lines().count(), 1);
    let broken = run(&site, &["audit", "verify"], "");
    assert!(!broken.status.success(), "{broken:?}");
    let told = String::from_utf8(broken.stdout).unwrap();
    let told = told.lines().find(|line| line.starts_with("remotemotel  "));
    let named = "BROKEN: entry 2 was changed; it holds until 1";
    assert!(told.unwrap().contains(named), "{told:?}");
    let nobody = ["audit", "verify", "--tenant", "nobody"];
    assert!(!run(&site, &nobody, "").status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_to_rehearse_and_nobody_to_do_it_are_failures() {
    let site = Site::seeded().await;
    let nobody = run(&site, &["rehearse"], "");
    assert!(!nobody.status.success(), "{nobody:?}");
    let nothing = run(&site, &["rehearse", "--built-in", "--json"], "");
    assert!(!nothing.status.success(), "{nothing:?}");
    let summary: serde_json::Value = serde_json::from_slice(&nothing.stdout).unwrap();
    assert_eq!(summary["rehearsed"], 0);
    let told = String::from_utf8(nothing.stderr).unwrap();
    assert!(told.contains("nothing to rehearse"), "{told}");
    let both = ["rehearse", "--built-in", "--model", "a-model"];
    assert!(!run(&site, &both, "").status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_is_rehearsed_and_says_the_same_again() {
    let desk = Desk::open().await;
    let said = desk.say(&serde_json::Value::Null, "hello").await;
    desk.say(&said["conversation_id"], "do you take dogs?")
        .await;
    let again = run(&desk.site, &["rehearse", "--built-in", "--json"], "");
    assert!(again.status.success(), "{again:?}");
    let told = String::from_utf8(again.stdout).unwrap();
    let summary: serde_json::Value = serde_json::from_str(told.lines().last().unwrap()).unwrap();
    assert_eq!(
        (&summary["rehearsed"], &summary["agreement"]),
        (&serde_json::json!(2), &serde_json::json!(100))
    );
    let shown = run(&desk.site, &["rehearse", "--built-in", "--last", "1"], "");
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(
        shown.contains("2 rehearsed") && shown.contains("100 % agreement"),
        "{shown}"
    );
}
