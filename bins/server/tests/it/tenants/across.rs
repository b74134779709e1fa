//! What a query is held to its business by, in the source: it runs in the transaction of one tenant, so that row-level security holds it
//! (`attack.rs`), or in one across tenants, which stands in `across.txt` with its reason. There is no third way: nothing but `motel-db`
//! opens a connection, or says whose it is.
//!
//! [`a_query_across_businesses_that_nobody_thought_of_is_found`] writes one and sees it named.

use std::fs;

use crate::desk::top;
use crate::routes::rust_files;

/// How a transaction across tenants begins.
const ACROSS: [&str; 2] = ["platform(", "redoable("];

/// What only the crate with the connections writes: opening one, and saying for whom it works.
const BELOW: [&str; 5] = [
    "AsyncPgConnection::establish",
    "PgConnection::establish",
    "app.tenant_id",
    "SET ROLE",
    "SET LOCAL ROLE",
];

/// Who else does: the operator's check-up, which looks at the roles themselves.
const LOOKS_AT_ROLES: [&str; 1] = ["bins/server/src/doctor/database.rs"];

/// What the wall stands on, and what sets it up.
const BELOW_THE_WALL: [&str; 3] = ["crates/testkit/", "crates/db/", "crates/migrations/"];

/// Every source file of the program, as its path from the top and its text; without what only tests are built with.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["crates", "bins/server"] {
        for file in rust_files(&top().join(folder)) {
            let path = file.strip_prefix(top()).unwrap().to_str().unwrap();
            let program = path.contains("/src/") && !path.ends_with("/testing.rs");
            let below = BELOW_THE_WALL.iter().any(|crates| path.starts_with(crates));
            if program && !below {
                found.push((path.to_owned(), fs::read_to_string(&file).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Where a source works across tenants, as `<path>: <purpose>`, each as often as it does.
fn places(path: &str, source: &str) -> Vec<String> {
    let begun = ACROSS.iter().flat_map(|begin| source.split(begin).skip(1));
    let purpose = |rest: &str| {
        let words = rest.split(')').next().unwrap().trim();
        words.trim_end_matches(',').trim_matches('"').to_owned()
    };
    begun
        .map(|rest| format!("{path}: {}", purpose(rest)))
        .collect()
}

/// The pinned ones, each under a reason, and as often as it stands there.
fn pinned() -> Vec<String> {
    let file = top().join("bins/server/tests/it/tenants/across.txt");
    let text = fs::read_to_string(file).unwrap();
    let mut reason = "";
    let mut pinned = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(words) = line.strip_prefix('[') {
            reason = words.trim_end_matches(']');
        } else if !line.is_empty() {
            assert!(reason.len() > 20, "{line} stands under no reason");
            pinned.push(line.to_owned());
        }
    }
    pinned
}

/// Those of `some` that `others` have not, or not as often.
fn beyond(some: &[String], others: &[String]) -> Vec<String> {
    let mut left = others.to_vec();
    let mut beyond = some.to_vec();
    beyond.retain(|it| match left.iter().position(|other| other == it) {
        Some(place) => {
            left.swap_remove(place);
            false
        }
        None => true,
    });
    beyond
}

#[test]
fn all_that_works_across_businesses_is_listed_with_its_reason() {
    let sources = sources();
    assert!(sources.len() > 500, "only {} files", sources.len());
    let there: Vec<String> = sources
        .iter()
        .flat_map(|(path, source)| places(path, source))
        .collect();
    assert!(there.len() > 50, "only {there:?}");
    let pinned = pinned();
    let unlisted = beyond(&there, &pinned);
    assert!(unlisted.is_empty(), "not in across.txt: {unlisted:#?}");
    let gone = beyond(&pinned, &there);
    assert!(gone.is_empty(), "strike them off: {gone:#?}");
}

#[test]
fn nothing_else_opens_a_connection_or_says_whose_it_is() {
    let mut found = Vec::new();
    for (path, source) in sources() {
        if !LOOKS_AT_ROLES.contains(&path.as_str()) {
            found.extend(past_the_wall(&path, &source));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

fn past_the_wall(path: &str, source: &str) -> Vec<String> {
    let words = BELOW.iter().filter(|word| source.contains(**word));
    words.map(|word| format!("{path}: {word}")).collect()
}

#[test]
fn a_query_across_businesses_that_nobody_thought_of_is_found() {
    let leaky = r#"
        let mut tx = db
            .platform(
                "count everybody's guests",
            )
            .await?;
        let all = guests::table.count().get_result(tx.conn()).await?;
    "#;
    let found = places("crates/guests/src/queries/all.rs", leaky);
    assert_eq!(
        beyond(&found, &pinned()),
        ["crates/guests/src/queries/all.rs: count everybody's guests"]
    );
    // A second one that says the same as a first is one more.
    let twice = [pinned()[0].clone(), pinned()[0].clone()];
    assert_eq!(beyond(&twice, &pinned()), twice[..1]);
    let worse = r#"tx.conn().batch_execute("SET LOCAL ROLE motel_platform").await?"#;
    assert_eq!(past_the_wall("a.rs", worse), ["a.rs: SET LOCAL ROLE"]);
}
