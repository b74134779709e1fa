//! `remotemotel payments`.

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use motel_billing::commands::{Attempt, read_webhooks_again, try_payment_event};
use motel_billing::{EventState, PaymentEventId, queries};
use motel_db::Db;
use motel_kernel::TenantId;

use crate::settings::Settings;

/// The most failed events that are tried again at once.
const MOST_AT_ONCE: i64 = 10_000;

/// What gateways told, of all businesses.
#[derive(Debug, Args)]
pub struct PaymentsOptions {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists what gateways told, the latest first.
    Events {
        /// Only those that are `received`, `taken` or `failed`.
        #[arg(long)]
        state: Option<EventState>,
        /// At most so many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=1000))]
        limit: i64,
    },
    /// Tries again what could not be taken. What was taken stays as it is.
    Replay {
        /// Which event.
        #[arg(required_unless_present = "failed")]
        id: Option<PaymentEventId>,
        /// All that failed, and all webhooks that could not be read: those at the next round of a running front desk.
        #[arg(long, conflicts_with = "id")]
        failed: bool,
    },
    /// Lists webhooks whose signature proved nothing, by hour and caller.
    Incidents {
        /// At most so many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=1000))]
        limit: i64,
    },
}

/// Shows what gateways told, or tries it again.
///
/// # Errors
/// The database cannot be reached; there is no such event; or something failed again.
pub async fn payments(settings: &Settings, options: &PaymentsOptions) -> anyhow::Result<()> {
    let db = Db::connect(&settings.database.url, 1)
        .await
        .context("connecting to the database")?;
    match &options.action {
        Action::Events { state, limit } => events(&db, *state, *limit).await,
        Action::Replay { id: Some(id), .. } => replay_one(&db, *id).await,
        Action::Replay { id: None, .. } => replay_failed(&db).await,
        Action::Incidents { limit } => incidents(&db, *limit).await,
    }
}

async fn events(db: &Db, state: Option<EventState>, limit: i64) -> anyhow::Result<()> {
    let mut platform = db.platform("list what gateways told").await?;
    for event in queries::events_of_all(&mut platform, state, limit).await? {
        println!(
            "{} {} {} {} {} {} {} attempts={} {}",
            event.received_at.format("%Y-%m-%dT%H:%M:%SZ"),
            event.id,
            event.tenant,
            event.gateway,
            event.event_id,
            event.kind,
            event.state,
            event.attempts,
            event.failure.unwrap_or_default()
        );
    }
    let intake = queries::intake(&mut platform).await?;
    println!(
        "{} failed, {} that could not be read, {} about no link of ours",
        intake.failed, intake.unread, intake.stray
    );
    Ok(())
}

async fn replay_one(db: &Db, id: PaymentEventId) -> anyhow::Result<()> {
    let mut platform = db.platform("find whose payment event it is").await?;
    let tenant = queries::tenant_of_event(&mut platform, id).await?;
    platform.commit().await?;
    let tenant = tenant.context("there is no such payment event")?;
    match replay(db, tenant, id).await? {
        Attempt::Failed => bail!("{id} failed again; `payments events --state failed` says why"),
        attempt => println!("{id}: {}", in_words(attempt)),
    }
    Ok(())
}

async fn replay_failed(db: &Db) -> anyhow::Result<()> {
    let mut platform = db.platform("try again what gateways told").await?;
    let failed =
        queries::events_of_all(&mut platform, Some(EventState::Failed), MOST_AT_ONCE).await?;
    let unread = read_webhooks_again(&mut platform).await?;
    platform.commit().await?;
    let mut again = 0_usize;
    // The first to arrive first.
    for event in failed.iter().rev() {
        let attempt = replay(db, event.tenant, event.id).await?;
        again += usize::from(attempt == Attempt::Failed);
        println!("{}: {}", event.id, in_words(attempt));
    }
    println!("{unread} webhooks are read again by the front desk");
    if again > 0 {
        bail!("{again} of {} failed again", failed.len());
    }
    Ok(())
}

async fn replay(db: &Db, tenant: TenantId, id: PaymentEventId) -> anyhow::Result<Attempt> {
    let mut tx = db.tenant(tenant).await?;
    let attempt = try_payment_event(&mut tx, id).await?;
    tx.commit().await?;
    Ok(attempt)
}

fn in_words(attempt: Attempt) -> String {
    match attempt {
        Attempt::Taken(_, taken) => format!("taken ({taken})"),
        Attempt::Before => "had been taken before".to_owned(),
        Attempt::Failed => "failed again".to_owned(),
    }
}

async fn incidents(db: &Db, limit: i64) -> anyhow::Result<()> {
    let mut platform = db.platform("list forged webhooks").await?;
    for incident in queries::incidents(&mut platform, limit).await? {
        println!(
            "{} to {} {} {} from {}: {}",
            incident.first_at.format("%Y-%m-%dT%H:%M:%SZ"),
            incident.last_at.format("%H:%M:%SZ"),
            incident.gateway,
            incident.reason,
            incident.address,
            incident.number
        );
    }
    Ok(())
}
