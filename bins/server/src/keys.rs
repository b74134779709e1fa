//! `remotemotel keys`.

use std::collections::BTreeMap;
use std::fmt::Display;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use indicatif::ProgressBar;
use motel_credentials::{commands, queries};
use motel_db::{Db, PlatformTx, TenantTx};
use motel_kernel::TenantId;
use motel_seal::{KeyId, Keyring, MasterKey};
use motel_tenancy::second_factor;

use crate::settings::Settings;
use crate::{keyring, progress};

/// Every table with something sealed in it, in a column of that name. What stands here is counted by `in_use` and taken over by
/// [`rotate`]: a table that did not would lose its secrets with the old key.
pub const SEALED: [&str; 2] = ["credentials.credentials", "tenancy.second_factors"];

/// How many are looked for at a time.
const BATCH: i64 = 100;

/// The master keys that secrets are kept under.
#[derive(Debug, Args)]
pub struct KeysOptions {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Prints a fresh key. Add it as the last line of the keys, open the front desk anew, then rotate.
    New,
    /// Lists the keys, and how many secrets are under each.
    List,
    /// Puts every secret under the last key, while the front desk is open. Begun again it goes on where it ended.
    Rotate,
}

/// What became of those that were under other keys.
#[derive(Debug, Default)]
pub struct Rotation {
    /// How many are under the key that seals now.
    pub moved: u64,
    /// Those that could not be opened, and why.
    pub failed: Vec<String>,
}

/// Prints a key, lists them, or rotates.
///
/// # Errors
/// There are no keys, the database cannot be reached, or some secrets could not be put under the new key.
pub async fn keys(settings: &Settings, options: &KeysOptions) -> anyhow::Result<()> {
    if matches!(options.action, Action::New) {
        println!("{}", MasterKey::generate().expose().as_str());
        return Ok(());
    }
    let keyring = keyring::find(settings)?
        .context("there is no master key yet; the front desk makes one when it opens first")?;
    let db = Db::connect(&settings.database.url, 2)
        .await
        .context("connecting to the database")?;
    match options.action {
        Action::New | Action::List => list(&db, &keyring).await,
        Action::Rotate => {
            let done = rotate(&db, &keyring).await?;
            println!("{} are under {} now", done.moved, keyring.sealing_key());
            for failure in &done.failed {
                println!("{failure}");
            }
            match done.failed.len() {
                0 => Ok(()),
                left => bail!("{left} could not be moved; keep the keys they need"),
            }
        }
    }
}

async fn list(db: &Db, keyring: &Keyring) -> anyhow::Result<()> {
    let in_use = in_use(db).await?;
    for id in keyring.key_ids() {
        let what = match id == keyring.sealing_key() {
            true => "seals",
            false => "opens",
        };
        println!("{id} {what} {}", in_use.get(&id).unwrap_or(&0));
    }
    for (id, number) in missing(&in_use, keyring) {
        println!("{id} MISSING {number}");
    }
    Ok(())
}

/// How many secrets are under which key.
pub(crate) async fn in_use(db: &Db) -> anyhow::Result<BTreeMap<KeyId, i64>> {
    let mut platform = db.platform("count what is under which master key").await?;
    let credentials = queries::master_keys_in_use(&mut platform).await?;
    let factors = second_factor::master_keys_in_use(&mut platform).await?;
    platform.commit().await?;
    let mut in_use = BTreeMap::new();
    for (key, number) in credentials.into_iter().chain(factors) {
        *in_use.entry(key).or_default() += number;
    }
    Ok(in_use)
}

/// The keys that secrets need and nobody has.
pub(crate) fn missing(in_use: &BTreeMap<KeyId, i64>, keyring: &Keyring) -> Vec<(KeyId, i64)> {
    let known = keyring.key_ids();
    let others = in_use.iter().filter(|(id, _)| !known.contains(id));
    others.map(|(id, number)| (*id, *number)).collect()
}

/// What is wrong where there is no key at all, and secrets are under some.
pub(crate) fn absent(in_use: &BTreeMap<KeyId, i64>) -> String {
    let ids: Vec<_> = in_use.keys().map(KeyId::to_string).collect();
    format!(
        "there is no master key here, and secrets are under {}: bring it, see docs/guides/credentials.md",
        ids.join(", ")
    )
}

/// The keys to open with. One is made only where nothing is under another yet: what a throw-away key seals would be lost with it.
/// Of keys that are needed and not among them the log is told: of an installation's nodes one may have been given others.
///
/// # Errors
/// The keys cannot be read or made, secrets are kept and there is no key at all, or the database failed.
pub(crate) async fn keep(settings: &Settings, db: &Db) -> anyhow::Result<Keyring> {
    let (found, in_use) = (keyring::find(settings)?, in_use(db).await?);
    let keyring = match found {
        Some(keyring) => keyring,
        None if in_use.is_empty() => keyring::keep(settings)?,
        None => bail!(absent(&in_use)),
    };
    for (key, number) in missing(&in_use, &keyring) {
        tracing::error!(%key, number, "secrets are under a master key that is not here: they cannot be used");
    }
    Ok(keyring)
}

/// Puts every secret under the key that seals, a row at a time, so that nobody waits for more than one.
///
/// # Errors
/// The database failed; what was moved before stays so.
pub async fn rotate(db: &Db, keyring: &Keyring) -> anyhow::Result<Rotation> {
    let sealing = keyring.sealing_key();
    let others = in_use(db).await?.into_iter();
    let left: i64 = others.filter(|(id, _)| *id != sealing).map(|it| it.1).sum();
    let bar = progress::bar(u64::try_from(left).unwrap_or_default(), "Secrets");
    let mut done = Rotation::default();
    take_over(
        db,
        async |platform: &mut PlatformTx, after| {
            Ok(queries::under_other_keys(platform, sealing, after, BATCH).await?)
        },
        async |tx: &mut TenantTx, provider| {
            Ok(commands::rewrap_credential(tx, keyring, provider).await?)
        },
        &bar,
        &mut done,
    )
    .await?;
    take_over(
        db,
        async |platform: &mut PlatformTx, after| {
            Ok(second_factor::under_other_keys(platform, sealing, after, BATCH).await?)
        },
        async |tx: &mut TenantTx, member| {
            Ok(second_factor::rewrap_second_factor(tx, keyring, member).await?)
        },
        &bar,
        &mut done,
    )
    .await?;
    bar.finish_and_clear();
    Ok(done)
}

/// Has everything of one kind put under the key that seals: `find` names what is left after something, `rewrap` puts one over.
async fn take_over<K: Copy + Display>(
    db: &Db,
    find: impl AsyncFn(&mut PlatformTx, Option<(TenantId, K)>) -> anyhow::Result<Vec<(TenantId, K)>>,
    rewrap: impl AsyncFn(&mut TenantTx, K) -> anyhow::Result<bool>,
    bar: &ProgressBar,
    done: &mut Rotation,
) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let mut platform = db.platform("find what is under another master key").await?;
        let batch = find(&mut platform, after).await?;
        platform.commit().await?;
        let Some(last) = batch.last().copied() else {
            return Ok(());
        };
        for (tenant, which) in batch {
            let mut tx = db.tenant(tenant).await?;
            match rewrap(&mut tx, which).await {
                Ok(moved) => {
                    tx.commit().await?;
                    done.moved += u64::from(moved);
                }
                Err(error) => done.failed.push(format!("{tenant} {which}: {error:#}")),
            }
            bar.inc(1);
        }
        after = Some(last);
    }
}
