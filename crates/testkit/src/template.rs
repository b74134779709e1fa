use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use diesel::dsl::sql;
use diesel::sql_types::Bool;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::test_db::{connect, on_server, server_url};

/// One template is made at a time on a server, whichever test program asks.
const MAKING_TEMPLATES: i64 = 7_305_201;

/// The name of a database that holds the migrated tables of `owners`, made now if it is not there yet.
pub(crate) async fn ready(owners: &[&str]) -> String {
    let name = name_for(owners);
    let mut server = connect(&server_url("postgres")).await;
    if exists(&mut server, &name).await {
        return name;
    }
    let lock = format!("SELECT pg_advisory_lock({MAKING_TEMPLATES})");
    server
        .batch_execute(&lock)
        .await
        .expect("the lock on making templates");
    if !exists(&mut server, &name).await {
        make(&name, owners).await;
    }
    // The lock goes with the connection.
    name
}

/// Same crates and same migrations, same template: a changed migration gets a new one.
fn name_for(owners: &[&str]) -> String {
    let owners: BTreeSet<_> = owners.iter().copied().collect();
    let mut crates = DefaultHasher::new();
    owners.hash(&mut crates);
    format!(
        "motel_template_{}_{:08x}",
        motel_migrations::digest(),
        crates.finish() as u32
    )
}

async fn make(name: &str, owners: &[&str]) {
    let half_made = format!("{name}_half");
    on_server(&format!("DROP DATABASE IF EXISTS {half_made} WITH (FORCE)")).await;
    on_server(&format!("CREATE DATABASE {half_made}")).await;
    migrate(&half_made, owners);
    on_server(&format!("ALTER DATABASE {half_made} RENAME TO {name}")).await;
}

/// Migrations need a multi-threaded runtime, which a test need not have.
fn migrate(database: &str, owners: &[&str]) {
    let url = server_url(database);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime to migrate on");
            runtime
                .block_on(motel_migrations::run_for(&url, owners))
                .expect("the migrations run")
        });
    });
}

async fn exists(server: &mut AsyncPgConnection, name: &str) -> bool {
    let query = format!("EXISTS (SELECT FROM pg_database WHERE datname = '{name}')");
    diesel::select(sql::<Bool>(&query))
        .get_result(server)
        .await
        .expect("the list of databases")
}
