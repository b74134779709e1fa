//! `remotemotel flags`.

use anyhow::Context;
use chrono::Utc;
use clap::{Args, Subcommand, ValueEnum};
use motel_db::Db;
use motel_tenancy::flags::{FlagState, override_flag, roll_out, settings as settings_of};
use motel_tenancy::{Flag, Percent, Slug};

use crate::settings::Settings;

/// What is switched on for which businesses.
#[derive(Debug, Args)]
pub struct FlagsOptions {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists the flags there are, for how many each is on, and for whom it is said apart.
    List,
    /// Switches one on or off for all businesses of which nothing is said apart.
    Set {
        /// Which flag.
        flag: Flag,
        /// on or off.
        to: Switch,
    },
    /// Switches one on for a share of the businesses. Who is in at ten per cent is in at twenty.
    RollOut {
        /// Which flag.
        flag: Flag,
        /// 0 to 100.
        #[arg(value_parser = clap::value_parser!(u8).range(0..=100))]
        percent: u8,
    },
    /// Says it for one business apart from all others.
    Override {
        /// Which flag.
        flag: Flag,
        /// The business's name in addresses.
        slug: Slug,
        /// on, off or as-others.
        state: FlagState,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// Does what was asked. Every running front desk hears of it at once.
///
/// # Errors
/// There is no such business, or the database cannot be reached.
pub async fn flags(settings: &Settings, options: &FlagsOptions) -> anyhow::Result<()> {
    let db = Db::connect(&settings.database.url, 1)
        .await
        .context("connecting to the database")?;
    let mut tx = db.platform("see to what is switched on").await?;
    let now = Utc::now();
    match &options.action {
        Action::List => {}
        Action::Set { flag, to } => {
            let share = match to {
                Switch::On => Percent::ALL,
                Switch::Off => Percent::NONE,
            };
            roll_out(&mut tx, *flag, share, now).await?;
        }
        Action::RollOut { flag, percent } => {
            let share = Percent::new(*percent).context("a share is at most a hundred per cent")?;
            roll_out(&mut tx, *flag, share, now).await?;
        }
        Action::Override { flag, slug, state } => {
            override_flag(&mut tx, *flag, slug, *state, now).await?;
        }
    }
    for setting in settings_of(&mut tx).await? {
        let (flag, share) = (setting.flag, setting.share.get());
        println!("{flag}  {share} %  {}", flag.meaning());
        for (slug, enabled) in setting.overrides {
            println!("    {slug}  {}", if enabled { "on" } else { "off" });
        }
    }
    Ok(tx.commit().await?)
}
