//! Somebody has got hold of a connection as the application's database role, and writes SQL of their own.
//!
//! They log in as a role that is in `motel_app` and in nothing else, so that there is no way back to anything greater, and act for one
//! tenant. What the wall cannot hold stands in ADR 0005 and is not tried: whoever can write any statement can also name another tenant,
//! and the server's own login is in `motel_platform` as well.

use std::panic::{AssertUnwindSafe, resume_unwind};

use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use futures::FutureExt;
use motel_testkit::TestDb;
use secrecy::ExposeSecret;

use super::stay_at_the_motel;
use crate::books::Books;
use crate::desk::Desk;

/// Tried in the middle of work for a tenant: each is refused, or does not help.
const ESCAPES: &[&str] = &[
    "SET ROLE motel_platform",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
    "SET LOCAL ROLE motel_platform",
    "RESET ROLE",
    "RESET SESSION AUTHORIZATION",
    "SET row_security = off",
    "RESET app.tenant_id",
    "SET app.tenant_id = ''",
    "SET app.tenant_id = '%'",
    "SET app.tenant_id TO DEFAULT",
    "SELECT set_config('app.tenant_id', NULL, false)",
    "DISCARD ALL",
    "RESET ALL",
    "ALTER ROLE motel_app BYPASSRLS",
    "ALTER ROLE motel_app SUPERUSER",
    "GRANT motel_platform TO motel_app",
    "ALTER TABLE tenancy.staff DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE tenancy.staff NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY tenant_isolation ON tenancy.staff",
    "CREATE POLICY wide ON tenancy.staff USING (true)",
    "CREATE OR REPLACE FUNCTION motel_current_tenant() RETURNS uuid LANGUAGE sql RETURN NULL::uuid",
    "CREATE FUNCTION pg_temp.motel_current_tenant() RETURNS uuid LANGUAGE sql RETURN NULL::uuid; SET search_path = pg_temp, public",
    "CREATE TRIGGER spy BEFORE UPDATE ON tenancy.staff FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "COPY tenancy.staff TO PROGRAM 'cat'",
    "COPY tenancy.staff TO '/tmp/staff'",
    "DO $$ BEGIN EXECUTE 'SET ROLE motel_platform'; END $$",
];

/// A connection of its own, logged in as somebody who is in `motel_app` alone.
async fn break_in(db: &TestDb, name: &str) -> AsyncPgConnection {
    let make = format!("CREATE ROLE {name} LOGIN PASSWORD '{name}' IN ROLE motel_app");
    db.admin().await.batch_execute(&make).await.unwrap();
    let url = db.url().expose_secret();
    let (scheme, rest) = url.split_once("://").unwrap();
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    let url = format!("{scheme}://{name}:{name}@{place}");
    AsyncPgConnection::establish(&url).await.unwrap()
}

#[derive(diesel::QueryableByName)]
struct Seen {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    seen: i64,
}

/// How many rows of somebody are seen in a table; none where the table cannot be read at all.
async fn seen(conn: &mut AsyncPgConnection, table: &str, whose: &str) -> i64 {
    let query = format!("SELECT count(*) AS seen FROM {table} WHERE tenant_id = '{whose}'");
    match diesel::sql_query(query).get_result::<Seen>(conn).await {
        Ok(found) => found.seen,
        Err(error) => {
            let error = error.to_string();
            // The last one where no tenant's id was set.
            let held = [
                "permission denied",
                "row-level security",
                "invalid input syntax",
            ];
            let held = held.iter().any(|word| error.contains(word));
            assert!(held, "{table}: {error}");
            0
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_acts_for_one_business_sees_no_other_whatever_sql_they_write() {
    let desk = Desk::open().await;
    stay_at_the_motel(&desk).await;
    let mut books = desk.site.books().await;
    books.until_idle().await;
    let tables = books.tenant_tables().await;
    let tenants = books
        .lines("SELECT tenant_id FROM tenancy.tenants WHERE slug IN ('harvest-table', 'remotemotel') ORDER BY slug")
        .await;
    let (theirs, ours) = (&tenants[0], &tenants[1]);
    let before = books.digests().await;
    let name = format!("attacker_{}", std::process::id());
    let attack = attack(&desk.site.db, &name, &tables, (theirs, ours));
    let outcome = AssertUnwindSafe(attack).catch_unwind().await;
    clean_up(&mut books, &name).await;
    if let Err(failed) = outcome {
        resume_unwind(failed);
    }
    assert_eq!(books.digests().await, before);
}

/// Everything that is tried, as somebody who acts for `theirs` and wants what is `ours`.
async fn attack(db: &TestDb, name: &str, tables: &[String], (theirs, ours): (&str, &str)) {
    let mut conn = break_in(db, name).await;
    let act_for_them = format!("SET app.tenant_id = '{theirs}'");
    conn.batch_execute(&act_for_them).await.unwrap();
    let mut their_own = 0;
    for table in tables {
        their_own += seen(&mut conn, table, theirs).await;
        assert_eq!(seen(&mut conn, table, ours).await, 0, "{table} can be read");
        for attack in [
            format!("UPDATE {table} SET tenant_id = tenant_id WHERE tenant_id = '{ours}'"),
            format!("UPDATE {table} SET tenant_id = '{ours}'"),
            format!("DELETE FROM {table} WHERE tenant_id = '{ours}'"),
            format!("DELETE FROM {table} USING tenancy.tenants t WHERE t.tenant_id = '{ours}'"),
            format!("TRUNCATE {table}"),
            format!("TRUNCATE {table} CASCADE"),
            format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"),
        ] {
            // Refused, or done to no row: the digests tell.
            let _ = conn.batch_execute(&attack).await;
        }
        let slipped_in = format!("INSERT INTO {table} (tenant_id) VALUES ('{ours}')");
        let refused = conn
            .batch_execute(&slipped_in)
            .await
            .unwrap_err()
            .to_string();
        let held = refused.contains("permission denied") || refused.contains("row-level security");
        assert!(held, "{table}: {refused}");
    }
    // It is a connection that reads what is there, so that seeing nothing means something.
    assert!(their_own > 10, "only {their_own}");

    for escape in ESCAPES {
        conn.batch_execute(&act_for_them).await.unwrap();
        let _ = conn.batch_execute(escape).await;
        for table in tables {
            assert_eq!(
                seen(&mut conn, table, ours).await,
                0,
                "{table} after {escape}"
            );
        }
        // Also within a transaction that goes back.
        let _ = conn.batch_execute("ROLLBACK").await;
        let within = format!("BEGIN; SAVEPOINT a; {escape}");
        let _ = conn.batch_execute(&within).await;
        let _ = conn.batch_execute("ROLLBACK TO a").await;
        assert_eq!(seen(&mut conn, "tenancy.staff", ours).await, 0, "{escape}");
        conn.batch_execute("ROLLBACK; RESET ALL; RESET ROLE")
            .await
            .unwrap();
    }
    conn.batch_execute("DROP FUNCTION pg_temp.motel_current_tenant()")
        .await
        .unwrap();
}

/// Roles are of the whole server, which other tests share: none stays, whatever became of the test.
async fn clean_up(books: &mut Books, name: &str) {
    books.execute(&format!("DROP OWNED BY {name}")).await;
    books.execute(&format!("DROP ROLE {name}")).await;
}
