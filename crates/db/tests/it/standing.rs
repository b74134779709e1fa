use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use motel_db::Standing;
use motel_kernel::TenantId;

use crate::shelf::{count, shelf, stock};

diesel::table! {
    shelf.books (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Integer,
    }
}

/// How many statements this connection has prepared that change the shelf.
async fn prepared_changes(conn: &mut AsyncPgConnection) -> i64 {
    let changes = "pg_prepared_statements WHERE statement LIKE 'UPDATE \"shelf\"%'";
    count(conn, changes).await.unwrap()
}

#[tokio::test]
async fn a_standing_statement_is_prepared_once() {
    let db = shelf().await;
    let tenant = TenantId::new();
    stock(&db, tenant, 1).await;
    let mut tx = db.db().tenant(tenant).await.unwrap();
    for step in 1..=3 {
        let renumbered = diesel::update(books::table.filter(books::id.eq(step)))
            .set(books::id.eq(books::id + 1));
        let changed = Standing(renumbered).execute(tx.conn()).await.unwrap();
        assert_eq!(changed, 1, "each run has its own values");
    }
    assert_eq!(prepared_changes(tx.conn()).await, 1);
}

#[tokio::test]
async fn two_texts_are_two_standing_statements() {
    let db = shelf().await;
    let tenant = TenantId::new();
    stock(&db, tenant, 1).await;
    let mut tx = db.db().tenant(tenant).await.unwrap();
    let all = diesel::update(books::table).set(books::id.eq(2));
    Standing(all).execute(tx.conn()).await.unwrap();
    let one = diesel::update(books::table.filter(books::id.eq(2))).set(books::id.eq(3));
    let answer: Vec<i32> = Standing(one.returning(books::id))
        .load(tx.conn())
        .await
        .unwrap();
    assert_eq!(answer, [3]);
    assert_eq!(prepared_changes(tx.conn()).await, 2);
}
