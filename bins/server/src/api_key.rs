//! `remotemotel api-key`.

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use motel_db::Db;
use motel_kernel::Actor;
use motel_tenancy::commands::create_limited_api_key;
use motel_tenancy::{Directory, KeyTerms, Permission, Permissions, Role, Slug};
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
        /// What it may do, `folios:read` and so on, separated by commas; everything when neither this nor a role is said.
        #[arg(long, value_delimiter = ',', conflicts_with = "role")]
        permissions: Vec<Permission>,
        /// A role, to permit what that permits: owner, manager, front_desk or housekeeping.
        #[arg(long)]
        role: Option<Role>,
        /// Until when it works (`2027-01-01T00:00:00Z`); for good when not said.
        #[arg(long)]
        expires_at: Option<DateTime<Utc>>,
    },
}

/// Makes a key and writes it, and nothing else, to standard output.
///
/// # Errors
/// There is no such business, the name is empty or too long, the key would be over already, or a hundred keys work.
pub async fn api_key(settings: &Settings, options: &ApiKeyOptions) -> anyhow::Result<()> {
    let Action::Create {
        tenant,
        name,
        permissions,
        role,
        expires_at,
    } = &options.action;
    let slug = Slug::parse(tenant.as_deref().unwrap_or(&settings.default_tenant))?;
    let name = name.trim();
    let length = name.chars().count();
    ensure!(
        (1..=120).contains(&length),
        "a name has 1 to 120 characters"
    );
    ensure!(
        expires_at.is_none_or(|end| end > Utc::now()),
        "the key would be over already"
    );
    let terms = KeyTerms {
        permissions: permitted(permissions, *role),
        expires_at: *expires_at,
    };
    let db = Db::connect(&settings.database.url, 1)
        .await
        .context("connecting to the database")?;
    let place = Directory::new(db.clone(), slug.clone()).find(&slug).await?;
    let place = place.with_context(|| format!("there is no business {slug}; seed it first"))?;
    let mut tx = db.tenant(place.0.id).await?;
    let made = create_limited_api_key(&mut tx, name, terms, Actor::System).await?;
    tx.commit().await?;
    println!("{}", made.secret.expose_secret());
    Ok(())
}

/// `None` for everything.
fn permitted(permissions: &[Permission], role: Option<Role>) -> Option<Permissions> {
    match role {
        Some(role) => Some(role.permissions()),
        None if permissions.is_empty() => None,
        None => Some(permissions.iter().copied().collect()),
    }
}
