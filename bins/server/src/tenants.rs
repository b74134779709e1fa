//! `remotemotel tenants`: the operator's console.

use std::io::{BufRead, Write};

use anyhow::{Context, ensure};
use chrono::Utc;
use clap::{Args, Subcommand};
use motel_db::Db;
use motel_kernel::PersonName;
use motel_tenancy::commands::{delete_tenant, purge_tenants, restore_tenant, suspend_tenant};
use motel_tenancy::queries::{business, businesses};
use motel_tenancy::support::{self, NewVisit, SupportVisit, support_link};
use motel_tenancy::{Reason, Slug, Tenant};
use secrecy::SecretString;

use crate::settings::Settings;

/// The businesses of the installation.
#[derive(Debug, Args)]
pub struct TenantsOptions {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists businesses by their names in addresses.
    List {
        /// Only those whose name, or name in addresses, has this in it.
        #[arg(long)]
        search: Option<String>,
        /// Only those after this one.
        #[arg(long)]
        after: Option<Slug>,
        /// At most so many.
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(i64).range(1..=10_000))]
        limit: i64,
    },
    /// Shows one of them.
    Show {
        /// Its name in addresses.
        slug: Slug,
    },
    /// Stops one for now: guests are told to come back later, its people may look and change nothing.
    Suspend {
        /// Its name in addresses.
        slug: Slug,
        /// Why, for its people to read.
        #[arg(long)]
        reason: Reason,
    },
    /// Lets one that was suspended or deleted do business again.
    Restore {
        /// Its name in addresses.
        slug: Slug,
    },
    /// Deletes one. It can be restored for 30 days; then it is purged.
    Delete {
        /// Its name in addresses.
        slug: Slug,
        /// Why.
        #[arg(long, default_value = "deleted by the operator")]
        reason: Reason,
        /// Does not ask for the name again.
        #[arg(long)]
        yes: bool,
    },
    /// Prints a link by which somebody of support comes in, where the business lets support in (Team → Support). It works once, within a
    /// quarter of an hour.
    Visit {
        /// Its name in addresses.
        slug: Slug,
        /// Who comes, for its people to read.
        #[arg(long, value_parser = PersonName::parse)]
        name: PersonName,
        /// What for, for its people to read.
        #[arg(long)]
        reason: Reason,
    },
    /// Purges for good, now, all that were deleted 30 days ago or more. The front desk does so by itself every hour.
    Purge {
        /// Does not ask.
        #[arg(long)]
        yes: bool,
    },
}

/// Does what was asked.
///
/// # Errors
/// There is no such business, the name typed again is another one, or the database cannot be reached.
pub async fn tenants(settings: &Settings, options: &TenantsOptions) -> anyhow::Result<()> {
    let db = Db::connect(&settings.database.url, 1)
        .await
        .context("connecting to the database")?;
    match &options.action {
        Action::List {
            search,
            after,
            limit,
        } => list(&db, search.as_deref(), after.as_ref(), *limit).await,
        Action::Show { slug } => show(&db, slug).await,
        Action::Suspend { slug, reason } => {
            let mut tx = db.platform("suspend a business").await?;
            let tenant = suspend_tenant(&mut tx, slug, reason, Utc::now()).await?;
            tx.commit().await?;
            say(&tenant);
            Ok(())
        }
        Action::Restore { slug } => {
            let mut tx = db.platform("restore a business").await?;
            let tenant = restore_tenant(&mut tx, slug, Utc::now()).await?;
            tx.commit().await?;
            say(&tenant);
            Ok(())
        }
        Action::Delete { slug, reason, yes } => {
            ask_again(*yes, slug.as_str())?;
            let mut tx = db.platform("delete a business").await?;
            let tenant = delete_tenant(&mut tx, slug, reason, Utc::now()).await?;
            tx.commit().await?;
            say(&tenant);
            Ok(())
        }
        Action::Visit { slug, name, reason } => {
            let new = NewVisit {
                visitor: name.clone(),
                reason: reason.clone(),
            };
            let (visit, word) = visit(&db, slug, &new).await?;
            println!("in until {}", visit.ends_at);
            println!("{}", support_link(&settings.http.public_url(), &word));
            Ok(())
        }
        Action::Purge { yes } => {
            ask_again(*yes, "purge")?;
            let gone = purge_tenants(&db, Utc::now()).await?;
            for slug in &gone {
                println!("{slug}  purged");
            }
            println!("{} purged", gone.len());
            Ok(())
        }
    }
}

async fn list(
    db: &Db,
    search: Option<&str>,
    after: Option<&Slug>,
    limit: i64,
) -> anyhow::Result<()> {
    let mut tx = db.platform("list the businesses").await?;
    for tenant in businesses(&mut tx, search, after, limit).await? {
        say(&tenant);
    }
    Ok(tx.commit().await?)
}

async fn visit(
    db: &Db,
    slug: &Slug,
    new: &NewVisit,
) -> anyhow::Result<(SupportVisit, SecretString)> {
    let mut tx = db.platform("find a business to visit").await?;
    let found = business(&mut tx, slug).await?;
    tx.commit().await?;
    let found = found.with_context(|| format!("there is no business {slug}"))?;
    let mut tx = db.tenant(found.tenant.id).await?;
    let visit = support::visit(&mut tx, new, Utc::now()).await;
    let visit = visit.with_context(|| format!("{slug} does not let support in"))?;
    tx.commit().await?;
    Ok(visit)
}

async fn show(db: &Db, slug: &Slug) -> anyhow::Result<()> {
    let mut tx = db.platform("show a business").await?;
    let found = business(&mut tx, slug).await?;
    tx.commit().await?;
    let found = found.with_context(|| format!("there is no business {slug}"))?;
    say(&found.tenant);
    println!("id       {}", found.tenant.id);
    println!("trade    {}", found.tenant.kind);
    println!("founded  {}", found.founded_at);
    println!("members  {}", found.members);
    for owner in &found.owners {
        println!("owner    {owner}");
    }
    Ok(())
}

/// One line: how it stands, and why.
fn say(tenant: &Tenant) {
    let standing = &tenant.standing;
    let reason = standing.reason.as_ref();
    let reason = reason.map_or(String::new(), |reason| format!(": {}", reason.as_str()));
    println!(
        "{}  {}  {} since {}{reason}",
        tenant.slug, tenant.name, standing.state, standing.since
    );
}

/// What cannot be taken back by a slip of the hand is typed twice.
fn ask_again(yes: bool, word: &str) -> anyhow::Result<()> {
    if yes {
        return Ok(());
    }
    print!("Type {word} to go on: ");
    std::io::stdout().flush()?;
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed)?;
    ensure!(typed.trim() == word, "that is not {word}; nothing was done");
    Ok(())
}
