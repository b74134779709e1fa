use motel_db::Db;
use motel_seal::Keyring;

use super::Finding;
use crate::settings::Settings;
use crate::{keyring, keys};

/// Looks at the master keys: whether there are any, and whether every secret's is among them.
pub(super) async fn examine(settings: &Settings) -> Vec<Finding> {
    let keyring = match keyring::find(settings) {
        Err(error) => return vec![Finding::Bad(format!("secrets: {error:#}"))],
        Ok(keyring) => keyring,
    };
    // What is wrong with the database is told with the database.
    let Ok(db) = Db::connect(&settings.database.url, 1).await else {
        return Vec::new();
    };
    // What could not be counted is not nothing: a key that looks unneeded is taken away.
    let in_use = match keys::in_use(&db).await {
        Ok(in_use) => in_use,
        Err(error) => {
            return vec![Finding::Bad(format!(
                "secrets: what is under which master key could not be counted: {error:#}"
            ))];
        }
    };
    let Some(keyring) = keyring else {
        return vec![match in_use.len() {
            0 => Finding::Missing(
                "secrets: no master key yet; the first start makes one in data_dir/keys".to_owned(),
            ),
            _ => Finding::Bad(format!("secrets: {}", keys::absent(&in_use))),
        }];
    };
    let number = |id| in_use.get(&id).copied().unwrap_or(0);
    let mut findings = vec![Finding::Good(format!(
        "secrets: master key {} seals, {} are under it",
        keyring.sealing_key(),
        number(keyring.sealing_key())
    ))];
    findings.extend(others(&keyring).map(|id| match number(id) {
        0 => Finding::Good(format!(
            "secrets: master key {id} is needed by nothing in this database any more and can be taken away; \
             older backups need it still"
        )),
        left => Finding::Odd(format!(
            "secrets: {left} are under the older master key {id}; run `remotemotel keys rotate`"
        )),
    }));
    let missing = keys::missing(&in_use, &keyring).into_iter();
    findings.extend(missing.map(|(id, number)| {
        Finding::Odd(format!(
            "secrets: {number} need the master key {id}, which is not here: they cannot be used"
        ))
    }));
    findings
}

/// All but the one that seals.
fn others(keyring: &Keyring) -> impl Iterator<Item = motel_seal::KeyId> {
    let sealing = keyring.sealing_key();
    keyring
        .key_ids()
        .into_iter()
        .filter(move |id| *id != sealing)
}
