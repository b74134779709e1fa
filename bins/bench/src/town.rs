//! Many motels, made by copying one.

use anyhow::Context;
use futures::future::try_join_all;
use tokio_postgres::{Client, NoTls};

/// Tables whose rows belong to one tenant alone or to no business at all, so they are not copied.
const NOT_COPIED: &str = "'jobs', 'mail'";

/// How many connections copy at once.
const COPIERS: u32 = 2;

/// How many tenants one statement copies.
const AT_ONCE: u32 = 250;

/// Of ten rooms five, six or seven are sold on a night, six on average. It depends on nothing but the night and the tenant,
/// so that every run has the same town.
const SOLD: &str = "least(capacity, greatest(0, (capacity * 6) / 10 + abs(hashtext(motel_number::text || night::text || unit_group_id::text)) % 3 - 1))";

/// What is copied of the seeded tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Everything.
    All,
    /// Who it is and where: no rooms, and no nights of theirs.
    OfBusinesses,
}

/// Connects to a database as its superuser.
///
/// # Errors
/// It cannot be reached.
pub async fn connect(url: &str) -> anyhow::Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls)
        .await
        .context("connecting to the benchmark's PostgreSQL")?;
    tokio::spawn(connection);
    Ok(client)
}

/// Makes an empty database of that name, whatever was there before.
///
/// # Errors
/// PostgreSQL refused.
pub async fn empty_database(server: &str, name: &str) -> anyhow::Result<String> {
    let client = connect(&format!("{server}/postgres")).await?;
    client
        .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .await?;
    client
        .batch_execute(&format!("CREATE DATABASE {name}"))
        .await?;
    Ok(format!("{server}/{name}"))
}

/// Makes a copy of a database, which nobody may use meanwhile: who does is cut off.
///
/// # Errors
/// PostgreSQL refused.
pub async fn copy_database(url: &str, name: &str) -> anyhow::Result<String> {
    let (server, from) = url.rsplit_once('/').context("a database without a name")?;
    let client = connect(&format!("{server}/postgres")).await?;
    client
        .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .await?;
    let cut_off = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1";
    client.query(cut_off, &[&from]).await?;
    client
        .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {from}"))
        .await?;
    Ok(format!("{server}/{name}"))
}

/// The one tenant of a freshly seeded database becomes tenants 1 to `tenants`, called `bench-1` and so on. Foreign keys are
/// not checked meanwhile: what is copied was consistent.
///
/// # Errors
/// A statement failed.
pub async fn settle(url: &str, tenants: u32, rows: Rows) -> anyhow::Result<()> {
    let client = connect(url).await?;
    let seeded: String = client
        .query_one("SELECT tenant_id::text FROM tenancy.tenants", &[])
        .await
        .context("the seed is not there")?
        .get(0);
    let tables = tables(&client, &seeded).await?;
    let chunks: Vec<(u32, u32)> = (1..=tenants)
        .step_by(AT_ONCE as usize)
        .map(|first| (first, (first + AT_ONCE - 1).min(tenants)))
        .collect();
    let copiers = (0..COPIERS).map(|copier| {
        let (tables, chunks, seeded) = (&tables, &chunks, &seeded);
        async move {
            let client = connect(url).await?;
            client
                .batch_execute("SET session_replication_role = replica")
                .await?;
            for (_, (first, last)) in chunks
                .iter()
                .enumerate()
                .filter(|(index, _)| index % COPIERS as usize == copier as usize)
            {
                for table in tables.iter().filter(|table| rows.hold(table)) {
                    client
                        .batch_execute(&table.copy(seeded, *first, *last))
                        .await
                        .with_context(|| format!("copying {}", table.name))?;
                }
            }
            anyhow::Ok(())
        }
    });
    try_join_all(copiers).await?;
    forget(&client, &seeded, &tables).await?;
    // Apart: VACUUM refuses to be one of several statements.
    client.batch_execute("VACUUM ANALYZE").await?;
    client.batch_execute("CHECKPOINT").await?;
    Ok(())
}

impl Rows {
    fn hold(self, table: &Table) -> bool {
        self == Self::All || table.name.starts_with("tenancy.")
    }
}

/// A table with rows of the seeded tenant.
struct Table {
    name: String,
    columns: Vec<String>,
}

impl Table {
    fn copy(&self, seeded: &str, first: u32, last: u32) -> String {
        let values: Vec<String> = self
            .columns
            .iter()
            .map(|column| self.value(column))
            .collect();
        format!(
            "INSERT INTO {table} ({columns}) SELECT {values} FROM generate_series({first}, {last}) AS motel_number, {table} AS row \
             WHERE row.tenant_id = '{seeded}' ORDER BY motel_number{order}",
            table = self.name,
            columns = self.columns.join(", "),
            values = values.join(", "),
            order = if self.is_counters() {
                ", unit_group_id, night"
            } else {
                ""
            },
        )
    }

    fn value(&self, column: &str) -> String {
        match column {
            "tenant_id" => crate::script::tenant_expression("motel_number"),
            "slug" if self.name == "tenancy.tenants" => "'bench-' || motel_number".to_owned(),
            "sold" if self.is_counters() => SOLD.to_owned(),
            other => format!("row.{other}"),
        }
    }

    fn is_counters(&self) -> bool {
        self.name == "inventory.nightly_counters"
    }
}

/// Every ordinary table with a `tenant_id` that has a row of the seeded tenant.
async fn tables(client: &Client, seeded: &str) -> anyhow::Result<Vec<Table>> {
    let found = client
        .query(
            &format!(
                "SELECT c.table_schema || '.' || c.table_name, array_agg(c.column_name::text ORDER BY c.ordinal_position)
                 FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
                 WHERE t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' AND c.table_schema NOT IN ({NOT_COPIED})
                 GROUP BY 1 HAVING bool_or(c.column_name = 'tenant_id') ORDER BY 1"
            ),
            &[],
        )
        .await?;
    let mut tables = Vec::new();
    for row in found {
        let table = Table {
            name: row.get(0),
            columns: row.get(1),
        };
        let has_rows = format!(
            "SELECT EXISTS (SELECT FROM {} WHERE tenant_id = '{seeded}')",
            table.name
        );
        if client.query_one(&has_rows, &[]).await?.get(0) {
            tables.push(table);
        }
    }
    Ok(tables)
}

/// Has nobody hear of what pgbench did: its events tell of bookings that are not there, and a server would try them again
/// and again.
///
/// # Errors
/// The statement failed.
pub async fn drop_new_events(url: &str) -> anyhow::Result<()> {
    let client = connect(url).await?;
    client
        .batch_execute("UPDATE jobs.events SET fanned_out = true WHERE NOT fanned_out")
        .await?;
    Ok(())
}

async fn forget(client: &Client, seeded: &str, tables: &[Table]) -> anyhow::Result<()> {
    client
        .batch_execute("SET session_replication_role = replica")
        .await?;
    for table in tables {
        let delete = format!("DELETE FROM {} WHERE tenant_id = '{seeded}'", table.name);
        client.batch_execute(&delete).await?;
    }
    client
        .batch_execute("RESET session_replication_role")
        .await?;
    Ok(())
}
