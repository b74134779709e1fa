use diesel::dsl::sql;
use diesel::sql_types::{Integer, Nullable, Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use secrecy::ExposeSecret;

use super::Finding;
use crate::settings::Settings;

/// The oldest PostgreSQL the schema works on.
const OLDEST: i32 = 160_000;

/// Looks at the database, its version, its extensions and its schema.
pub(super) async fn examine(settings: &Settings) -> Vec<Finding> {
    let mut connection =
        match AsyncPgConnection::establish(settings.database.url.expose_secret()).await {
            Ok(connection) => connection,
            Err(error) => {
                return vec![Finding::Bad(format!(
                    "database: cannot be reached: {error}"
                ))];
            }
        };
    let mut findings = vec![version(&mut connection).await];
    for extension in ["vector", "btree_gist"] {
        findings.push(extension_version(&mut connection, extension).await);
    }
    findings.push(pending(settings).await);
    findings
}

async fn version(connection: &mut AsyncPgConnection) -> Finding {
    let number = sql::<Integer>("current_setting('server_version_num')::int");
    match diesel::select(number).get_result::<i32>(connection).await {
        Ok(number) if number >= OLDEST => {
            Finding::Good(format!("database: PostgreSQL {}", number / 10_000))
        }
        Ok(number) => Finding::Bad(format!(
            "database: PostgreSQL {} is too old, 16 is needed",
            number / 10_000
        )),
        Err(error) => Finding::Bad(format!("database: {error}")),
    }
}

async fn extension_version(connection: &mut AsyncPgConnection, name: &str) -> Finding {
    let known = "(SELECT coalesce(installed_version, 'available ' || default_version) \
                 FROM pg_available_extensions WHERE name = ";
    let query = sql::<Nullable<Text>>(known).bind::<Text, _>(name).sql(")");
    match diesel::select(query)
        .get_result::<Option<String>>(connection)
        .await
    {
        Ok(Some(version)) => Finding::Good(format!("extension {name}: {version}")),
        Ok(None) => Finding::Bad(format!(
            "extension {name}: not on this server; install its package"
        )),
        Err(error) => Finding::Bad(format!("extension {name}: {error}")),
    }
}

async fn pending(settings: &Settings) -> Finding {
    match motel_migrations::pending(&settings.database.url).await {
        Ok(pending) if pending.is_empty() => Finding::Good("migrations: up to date".to_owned()),
        Ok(pending) => Finding::Bad(format!(
            "migrations: {} pending; run `remotemotel migrate`",
            pending.len()
        )),
        Err(error) => Finding::Bad(format!("migrations: {error}")),
    }
}
