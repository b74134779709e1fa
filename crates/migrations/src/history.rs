use diesel::migration::{Migration, MigrationSource, Result as MigrationResult};
use diesel::pg::Pg;
use diesel_async::{AsyncConnection, AsyncMigrationHarness, AsyncPgConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use secrecy::{ExposeSecret, SecretString};

use crate::MigrationError;

const HISTORY: EmbeddedMigrations = embed_migrations!("../../migrations");

/// Migrations of some owners. A migration is named `<version>_<owner>_<what>`; the owner is a crate.
struct OwnedBy<'a>(Option<&'a [&'a str]>);

impl OwnedBy<'_> {
    fn takes(&self, name: &str) -> bool {
        let owner = name.split('_').nth(1).unwrap_or_default();
        self.0
            .is_none_or(|owners| owner == "db" || owners.contains(&owner))
    }
}

impl MigrationSource<Pg> for OwnedBy<'_> {
    fn migrations(&self) -> MigrationResult<Vec<Box<dyn Migration<Pg>>>> {
        let mut history: Vec<Box<dyn Migration<Pg>>> = HISTORY.migrations()?;
        history.retain(|migration| self.takes(&migration.name().to_string()));
        Ok(history)
    }
}

/// Applies what is pending of the whole history; answers the names of what it applied. `url` needs the right to create
/// roles, schemas and extensions. Needs a multi-threaded tokio runtime.
pub async fn run(url: &SecretString) -> Result<Vec<String>, MigrationError> {
    run_pending(url, &OwnedBy(None)).await
}

/// Applies what is pending of some crates only, so that a crate can be tested on its own tables.
pub async fn run_for(url: &SecretString, owners: &[&str]) -> Result<Vec<String>, MigrationError> {
    run_pending(url, &OwnedBy(Some(owners))).await
}

/// The names of the migrations that [`run`] would apply.
pub async fn pending(url: &SecretString) -> Result<Vec<String>, MigrationError> {
    let mut harness = harness(url).await?;
    let pending = MigrationHarness::<Pg>::pending_migrations(&mut harness, OwnedBy(None))
        .map_err(MigrationError::Failed)?;
    Ok(pending
        .iter()
        .map(|migration| migration.name().to_string())
        .collect())
}

/// A short text that changes whenever a migration does.
pub fn digest() -> &'static str {
    env!("MOTEL_MIGRATIONS_DIGEST")
}

async fn run_pending(
    url: &SecretString,
    source: &OwnedBy<'_>,
) -> Result<Vec<String>, MigrationError> {
    let mut harness = harness(url).await?;
    let applied = harness
        .pending_migrations(OwnedBy(source.0))
        .and_then(|pending| harness.run_migrations(&pending).map(|_| pending))
        .map_err(MigrationError::Failed)?;
    Ok(applied
        .iter()
        .map(|migration| migration.name().to_string())
        .collect())
}

async fn harness(
    url: &SecretString,
) -> Result<AsyncMigrationHarness<AsyncPgConnection>, MigrationError> {
    let connection = AsyncPgConnection::establish(url.expose_secret())
        .await
        .map_err(|error| MigrationError::Connection(Box::new(error)))?;
    Ok(AsyncMigrationHarness::new(connection))
}
