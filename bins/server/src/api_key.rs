//! `remotemotel api-key`.

use anyhow::{Context, ensure};
use clap::{Args, Subcommand};
use motel_db::Db;
use motel_kernel::Actor;
use motel_tenancy::commands::create_api_key;
use motel_tenancy::{Directory, Slug};
use secrecy::ExposeSecret;

use crate::settings::Settings;

/// Keys by which programs act for a business.
#[derive(Debug, Args)]
pub struct ApiKeyOptions {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Makes a key and prints it. It cannot be shown again.
    Create {
        /// Whose key; the default business when not said.
        #[arg(long)]
        tenant: Option<String>,
        /// What it is for.
        #[arg(long)]
        name: String,
    },
}

/// Makes a key and writes it, and nothing else, to standard output.
///
/// # Errors
/// There is no such business, the name is empty or too long, or a hundred keys work already.
pub async fn api_key(settings: &Settings, options: &ApiKeyOptions) -> anyhow::Result<()> {
    let Action::Create { tenant, name } = &options.action;
    let slug = Slug::parse(tenant.as_deref().unwrap_or(&settings.default_tenant))?;
    let name = name.trim();
    let length = name.chars().count();
    ensure!(
        (1..=120).contains(&length),
        "a name has 1 to 120 characters"
    );
    let db = Db::connect(&settings.database.url, 1)
        .await
        .context("connecting to the database")?;
    let place = Directory::new(db.clone(), slug.clone()).find(&slug).await?;
    let place = place.with_context(|| format!("there is no business {slug}; seed it first"))?;
    let mut tx = db.tenant(place.0.id).await?;
    let made = create_api_key(&mut tx, name, Actor::System).await?;
    tx.commit().await?;
    println!("{}", made.secret.expose_secret());
    Ok(())
}
