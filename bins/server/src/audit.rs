//! `remotemotel audit`.

use anyhow::{Context, ensure};
use clap::{Args, Subcommand};
use motel_audit::Verdict;
use motel_audit::queries::verify;
use motel_db::Db;
use motel_kernel::TenantId;
use motel_tenancy::queries::{business, businesses};
use motel_tenancy::{Slug, Tenant};

use crate::settings::Settings;

/// How many businesses are read at a time.
const AT_ONCE: i64 = 500;

/// Logs of who changed what.
#[derive(Debug, Args)]
pub struct AuditOptions {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Walks the chain of every business's log, or of one, and says whether each entry is as it was written. Ends with a fault if one is
    /// not. The hash at the end of a line, kept elsewhere, proves later that nothing before it was rewritten.
    Verify {
        /// Only this business, by its name in addresses.
        #[arg(long)]
        tenant: Option<Slug>,
    },
}

/// Does what was asked.
///
/// # Errors
/// There is no such business, a log is not as it was written, or the database cannot be reached.
pub async fn audit(settings: &Settings, options: &AuditOptions) -> anyhow::Result<()> {
    let db = Db::connect(&settings.database.url, 1)
        .await
        .context("connecting to the database")?;
    let Action::Verify { tenant } = &options.action;
    let broken = match tenant {
        Some(slug) => verify_one(&db, slug).await?,
        None => verify_all(&db).await?,
    };
    ensure!(broken == 0, "{broken} logs cannot be trusted");
    Ok(())
}

async fn verify_one(db: &Db, slug: &Slug) -> anyhow::Result<usize> {
    let mut tx = db.platform("find whose log to verify").await?;
    let found = business(&mut tx, slug).await?;
    tx.commit().await?;
    let found = found.with_context(|| format!("there is no business {slug}"))?;
    walk(db, &found.tenant).await
}

async fn verify_all(db: &Db) -> anyhow::Result<usize> {
    let (mut broken, mut after) = (0, None);
    loop {
        let mut tx = db.platform("find whose logs to verify").await?;
        let found = businesses(&mut tx, None, after.as_ref(), AT_ONCE).await?;
        tx.commit().await?;
        let Some(last) = found.last() else {
            return Ok(broken);
        };
        after = Some(last.slug.clone());
        for tenant in &found {
            broken += walk(db, tenant).await?;
        }
    }
}

/// One line; answers 1 for a log that is not as it was written.
async fn walk(db: &Db, tenant: &Tenant) -> anyhow::Result<usize> {
    let id: TenantId = tenant.id;
    let mut tx = db.tenant(id).await?;
    let verdict = verify(&mut tx).await?;
    tx.commit().await?;
    println!("{}  {}", tenant.slug, say(&verdict));
    Ok(usize::from(!verdict.holds()))
}

fn say(verdict: &Verdict) -> String {
    let cut = match verdict.cut_until {
        0 => String::new(),
        until => format!(", cut until {until}"),
    };
    let waiting = match verdict.waiting {
        0 => String::new(),
        number => format!(", {number} not chained yet"),
    };
    match verdict.flaw {
        None => format!(
            "holds until {}{cut}{waiting}  {}",
            verdict.sound_until, verdict.hash
        ),
        Some(flaw) => format!(
            "BROKEN: {flaw}; it holds until {}{cut}{waiting}",
            verdict.sound_until
        ),
    }
}
