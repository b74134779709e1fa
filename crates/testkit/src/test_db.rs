use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use motel_db::Db;
use secrecy::{ExposeSecret, SecretString};

use crate::template;

/// Connections per test: enough to race, few enough that many tests run side by side.
const POOL_SIZE: u32 = 8;

/// A migrated database that lives as long as this value.
pub struct TestDb {
    db: Db,
    url: SecretString,
    name: String,
}

impl TestDb {
    /// A database with the tables of `owners` (crate names without `motel-`). Name the crates whose tables yours refer
    /// to as well.
    ///
    /// # Panics
    /// When there is no test server: a test that could not run has not passed.
    pub async fn new(owners: &[&str]) -> Self {
        let template = template::ready(owners).await;
        let name = format!("motel_test_{}", uuid::Uuid::now_v7().simple());
        let create = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy");
        on_server(&create).await;
        let url = server_url(&name);
        let db = Db::connect(&url, POOL_SIZE)
            .await
            .expect("the fresh test database takes connections");
        Self { db, url, name }
    }

    /// The pool, as the server has it: under row-level security.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// A superuser's connection, for set-up and for looking at rows past the tenant's walls.
    pub async fn admin(&self) -> AsyncPgConnection {
        connect(&self.url).await
    }

    /// The superuser's URL of this database.
    pub fn url(&self) -> &SecretString {
        &self.url
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let drop_database = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A test may end in a panic on any runtime, so the tidying up gets a thread and a runtime of its own.
        let tidy = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime
                .expect("a runtime to drop the test database")
                .block_on(on_server(&drop_database));
        });
        if tidy.join().is_err() {
            eprintln!("the test database {} was left behind", self.name);
        }
    }
}

/// Runs one statement in the server's maintenance database.
pub(crate) async fn on_server(sql: &str) {
    let mut connection = connect(&server_url("postgres")).await;
    connection
        .batch_execute(sql)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

pub(crate) async fn connect(url: &SecretString) -> AsyncPgConnection {
    AsyncPgConnection::establish(url.expose_secret())
        .await
        .expect("the test server takes connections")
}

/// The URL of a database on the test server.
pub(crate) fn server_url(database: &str) -> SecretString {
    let server = std::env::var("MOTEL_TEST_DATABASE_URL")
        .expect("MOTEL_TEST_DATABASE_URL names no test server: run `eval \"$(scripts/postgres test-env)\"` first");
    let (server, options) = server
        .split_once('?')
        .map_or((server.as_str(), None), |(url, options)| {
            (url, Some(options))
        });
    let (host, _) = server
        .rsplit_once('/')
        .expect("a URL such as postgres://user:password@127.0.0.1:5432/postgres");
    match options {
        Some(options) => format!("{host}/{database}?{options}").into(),
        None => format!("{host}/{database}").into(),
    }
}
