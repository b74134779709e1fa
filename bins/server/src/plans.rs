//! `remotemotel plans`.

use anyhow::{Context, ensure};
use clap::{Args, Subcommand};
use motel_db::Db;
use motel_plans::{Meter, Route, commands, queries};

use crate::settings::Settings;

/// The longest number there is.
const MOST_DIGITS: usize = 15;

/// What businesses can subscribe to, and what carriers take.
#[derive(Debug, Args)]
pub struct PlansOptions {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists the plans on offer.
    List,
    /// Says what a carrier takes for one unit.
    Route {
        /// messages, calls, minutes, sms or tokens.
        #[arg(long)]
        meter: String,
        /// The carrier: small letters, digits and underscores.
        #[arg(long)]
        provider: String,
        /// How the number begins, digits only; empty for everywhere.
        #[arg(long, default_value = "")]
        prefix: String,
        /// In millionths of the currency.
        #[arg(long)]
        price_micros: u32,
        /// Whether it is not to be taken any more.
        #[arg(long)]
        closed: bool,
    },
    /// Says which carrier is the cheapest to a number.
    Cheapest {
        /// messages, calls, minutes, sms or tokens.
        #[arg(long)]
        meter: String,
        /// In E.164, with or without the plus.
        #[arg(long)]
        number: String,
    },
}

/// Does what was asked.
///
/// # Errors
/// There is no such meter, a prefix is none, or the database cannot be reached.
pub async fn plans(settings: &Settings, options: &PlansOptions) -> anyhow::Result<()> {
    let db = Db::connect(&settings.database.url, 1)
        .await
        .context("connecting to the database")?;
    match &options.action {
        Action::List => list(&db).await,
        Action::Route {
            meter,
            provider,
            prefix,
            price_micros,
            closed,
        } => {
            let are_digits = prefix.bytes().all(|byte| byte.is_ascii_digit());
            ensure!(
                are_digits && prefix.len() <= MOST_DIGITS,
                "a prefix has at most {MOST_DIGITS} digits and nothing else"
            );
            let route = Route {
                meter: meter_of(meter)?,
                provider: provider.clone(),
                prefix: prefix.clone(),
                price_micros: (*price_micros).into(),
                active: !closed,
            };
            let mut tx = db.platform("say what a carrier takes").await?;
            commands::put_route(&mut tx, &route).await?;
            Ok(tx.commit().await?)
        }
        Action::Cheapest { meter, number } => cheapest(&db, meter_of(meter)?, number).await,
    }
}

async fn list(db: &Db) -> anyhow::Result<()> {
    let mut tx = db.platform("list the plans").await?;
    for plan in queries::offered_plans(&mut tx).await? {
        println!("{}  {}  {} a month", plan.code, plan.name, plan.terms.price);
    }
    Ok(tx.commit().await?)
}

async fn cheapest(db: &Db, meter: Meter, number: &str) -> anyhow::Result<()> {
    let mut tx = db.platform("find the cheapest way").await?;
    let digits = number.trim_start_matches('+');
    let found = queries::cheapest(&mut tx, meter, digits).await?;
    tx.commit().await?;
    let route = found.context("nobody goes there")?;
    println!("{}  {} millionths", route.provider, route.price_micros);
    Ok(())
}

fn meter_of(text: &str) -> anyhow::Result<Meter> {
    text.parse().map_err(anyhow::Error::msg)
}
