//! A small tenant table to try transactions on.

use diesel::sql_types::BigInt;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use motel_kernel::TenantId;
use motel_testkit::TestDb;

/// A database with the tenant table `shelf.books` and nothing of any domain.
pub(crate) async fn shelf() -> TestDb {
    let db = TestDb::new(&[]).await;
    let table = "CREATE SCHEMA shelf; \
                 GRANT USAGE ON SCHEMA shelf TO motel_app; \
                 CREATE TABLE shelf.books (tenant_id uuid NOT NULL, id int NOT NULL, PRIMARY KEY (tenant_id, id)); \
                 SELECT motel_tenant_table('shelf.books')";
    db.admin().await.batch_execute(table).await.unwrap();
    db
}

pub(crate) fn put(tenant: TenantId, id: i32) -> String {
    format!("INSERT INTO shelf.books (tenant_id, id) VALUES ('{tenant}', {id})")
}

/// Puts a book on a tenant's shelf for good.
pub(crate) async fn stock(db: &TestDb, tenant: TenantId, id: i32) {
    let mut tx = db.db().tenant(tenant).await.unwrap();
    tx.conn().batch_execute(&put(tenant, id)).await.unwrap();
    tx.commit().await.unwrap();
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// The number a `SELECT count(*)` gives.
pub(crate) async fn count(
    conn: &mut AsyncPgConnection,
    counted: &str,
) -> Result<i64, diesel::result::Error> {
    let query = format!("SELECT count(*) AS count FROM {counted}");
    let row: Count = diesel::sql_query(query).get_result(conn).await?;
    Ok(row.count)
}
