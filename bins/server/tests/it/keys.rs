//! The master keys of a whole installation: made at the first start, changed while the front desk is open, and in no log.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use motel_kernel::SystemClock;
use motel_seal::{Keyring, MasterKey};
use remotemotel::keys::{SEALED, rotate};
use remotemotel::{keyring, serve};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::json;

use crate::answer::Answer;
use crate::binary::Binary;
use crate::desk::{Desk, Site};
use crate::office::{Office, key_of};

const PATH: &str = "/credentials/twilio";
const TOKEN: &str = "0123456789abcdef0123456789abcdef";

fn lines(keys: &[&MasterKey]) -> String {
    let lines: Vec<_> = keys.iter().map(|key| key.expose().to_string()).collect();
    lines.join("\n")
}

async fn set(office: &Office, token: &str) -> Answer {
    let body = json!({ "auth_token": token });
    let request = office.request(Method::PUT, PATH).json(&body);
    office.desk.send(request).await
}

/// The master keys that secrets are under.
async fn in_use(office: &Office) -> Vec<String> {
    let mut books = office.desk.site.books().await;
    books
        .lines("SELECT DISTINCT encode(key_id, 'hex') FROM credentials.credentials")
        .await
}

/// What `doctor` says of a site, with the keys of a file or those in a folder.
fn doctor(site: &Site, data_dir: &Path, keys_file: Option<&Path>) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_remotemotel"));
    command
        .arg("doctor")
        .env_clear()
        .env("REMOTEMOTEL__DATABASE__URL", site.db.url().expose_secret())
        .env("REMOTEMOTEL__DATA_DIR", data_dir)
        .current_dir(data_dir);
    if let Some(file) = keys_file {
        command.env("REMOTEMOTEL__SECRETS__KEYS_FILE", file);
    }
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_makes_a_key_and_the_next_one_finds_it() {
    let office = Office::of(Desk::open().await).await;
    let site = &office.desk.site;
    let made = keyring::find(&site.settings(0)).unwrap().unwrap();
    set(&office, TOKEN).await.json(200);
    assert_eq!(in_use(&office).await, [made.sealing_key().to_string()]);
    let again = keyring::keep(&site.settings(0)).unwrap();
    assert_eq!(again.sealing_key(), made.sealing_key());
}

/// A node with a folder of its own, or a database on a new machine: what a throw-away key sealed would be lost with it.
#[tokio::test(flavor = "multi_thread")]
async fn no_key_is_made_where_secrets_are_under_another() {
    let office = Office::of(Desk::open().await).await;
    set(&office, TOKEN).await.json(200);
    let needed = in_use(&office).await.remove(0);
    let site = &office.desk.site;
    let elsewhere = tempfile::tempdir().unwrap();
    let mut settings = site.settings(0);
    settings.data_dir = elsewhere.path().to_owned();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let opening = serve::run(listener, &settings, Arc::new(SystemClock));
    let opening = tokio::time::timeout(Duration::from_secs(60), opening).await;
    let refused = opening.unwrap().unwrap_err().to_string();
    assert!(refused.contains(&needed), "{refused}");
    assert!(keyring::find(&settings).unwrap().is_none());
    let said = doctor(site, elsewhere.path(), None);
    assert!(
        said.contains(&format!("WRONG    secrets: {refused}")),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_not_called_unneeded_where_nothing_could_be_counted() {
    let site = Site::bare().await;
    let folder = site.data_dir.path();
    let file = folder.join("keys.txt");
    let keys = [MasterKey::generate(), MasterKey::generate()];
    fs::write(&file, lines(&[&keys[0], &keys[1]])).unwrap();
    let said = doctor(&site, folder, Some(&file));
    assert!(said.contains("can be taken away"), "{said}");
    let gone = "ALTER TABLE credentials.credentials RENAME TO elsewhere";
    site.books().await.execute(gone).await;
    let said = doctor(&site, folder, Some(&file));
    assert!(said.contains("WRONG    secrets: what is under"), "{said}");
    assert!(!said.contains("can be taken away"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_move_to_a_new_key_while_the_front_desk_is_open() {
    let (old, new) = (MasterKey::generate(), MasterKey::generate());
    let office = Office::with(|settings| settings.secrets.keys = Some(lines(&[&old]).into())).await;
    let db = office.desk.site.db.db();
    set(&office, TOKEN).await.json(200);
    let both = Keyring::parse(&lines(&[&old, &new])).unwrap();

    // Somebody goes on setting it all the while, at a node that does not know the new key yet.
    let (done, _) = tokio::join!(rotate(db, &both), set(&office, "fedcba9876543210"));
    let done = done.unwrap();
    assert!(done.failed.is_empty(), "{done:?}");
    let rest = rotate(db, &both).await.unwrap();
    assert!(rest.failed.is_empty() && done.moved + rest.moved >= 1);
    assert_eq!(in_use(&office).await, [new.id().to_string()]);
    let shown = office.get(PATH).await.json(200);
    assert_eq!(shown["last_four"], "3210");
    assert_eq!(rotate(db, &both).await.unwrap().moved, 0);

    // Without the key it is under, it stays as it is, and the key is named.
    let third = Keyring::new(MasterKey::generate());
    let failed = rotate(db, &third).await.unwrap().failed;
    assert!(failed.len() == 1 && failed[0].contains(&new.id().to_string()));
    assert_eq!(in_use(&office).await, [new.id().to_string()]);
}

/// Who seals something in another table has `keys` count it and take it over, and adds it to the list.
#[tokio::test(flavor = "multi_thread")]
async fn no_table_is_forgotten_when_keys_are_changed() {
    let site = Site::bare().await;
    let sealed =
        "SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE attname = 'sealed' AND relkind = 'r' ORDER BY 1";
    assert_eq!(site.books().await.lines(sealed).await, SEALED);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_stands_in_the_log() {
    let site = Site::seeded().await;
    let binary = Binary::start(&site).await;
    let key = key_of(&site).await;
    for (token, status) in [(TOKEN, 200), ("hunter2hunter2 hunter2", 422)] {
        let request = binary
            .caller
            .request(Method::PUT, &format!("/api/v1{PATH}"))
            .bearer_auth(&key)
            .json(&json!({ "auth_token": token }));
        let answer = binary.caller.send(request).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        assert!(!answer.text.contains(token), "{}", answer.text);
    }
    let master = fs::read_to_string(site.data_dir.path().join("keys/master.key")).unwrap();
    let log = fs::read_to_string(site.data_dir.path().join("log")).unwrap();
    assert!(
        log.contains("/api/v1/credentials/twilio"),
        "nothing is logged"
    );
    for secret in [TOKEN, "hunter2", master.trim(), &key] {
        assert!(!log.contains(secret), "a secret stands in the log");
    }
}
