//! `remotemotel migrate`.

use anyhow::Context;

use crate::settings::Settings;

/// Applies pending migrations and says which.
///
/// # Errors
/// A migration failed; the ones before it stand.
pub async fn migrate(settings: &Settings) -> anyhow::Result<()> {
    let applied = motel_migrations::run(&settings.database.url)
        .await
        .context("migrating the database")?;
    for name in &applied {
        println!("applied {name}");
    }
    match applied.len() {
        0 => println!("The database is up to date."),
        count => println!("{count} migrations applied."),
    }
    Ok(())
}
