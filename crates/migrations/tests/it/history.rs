use std::collections::BTreeSet;

use motel_migrations as migrations;
use motel_testkit::TestDb;

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_history_applies_once() {
    let db = TestDb::new(&[]).await;
    let pending = migrations::pending(db.url()).await.unwrap();
    assert!(
        !pending.is_empty(),
        "a database of db's own migrations lacks those of the domains"
    );
    assert_eq!(migrations::run(db.url()).await.unwrap(), pending);
    assert_eq!(
        migrations::pending(db.url()).await.unwrap(),
        Vec::<String>::new()
    );
    assert_eq!(
        migrations::run(db.url()).await.unwrap(),
        Vec::<String>::new()
    );
}

#[test]
fn versions_are_unique() {
    let folders =
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations")).unwrap();
    let names: Vec<String> = folders
        .map(|folder| folder.unwrap().file_name().into_string().unwrap())
        .collect();
    let versions: BTreeSet<_> = names
        .iter()
        .map(|name| name.split('_').next().unwrap())
        .collect();
    assert_eq!(versions.len(), names.len(), "{names:?}");
}
