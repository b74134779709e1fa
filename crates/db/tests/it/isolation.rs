use diesel::result::DatabaseErrorKind;
use diesel::result::Error::DatabaseError;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use motel_kernel::TenantId;

use crate::shelf::{count, put, shelf, stock};

#[tokio::test(flavor = "multi_thread")]
async fn another_tenants_rows_are_invisible_and_cannot_be_written() {
    let db = shelf().await;
    let (mine, theirs) = (TenantId::new(), TenantId::new());
    stock(&db, mine, 1).await;
    stock(&db, theirs, 1).await;

    let mut tx = db.db().tenant(mine).await.unwrap();
    assert_eq!(count(tx.conn(), "shelf.books").await.unwrap(), 1);
    for sql in ["UPDATE shelf.books SET id = 7", "DELETE FROM shelf.books"] {
        let theirs_only = format!("{sql} WHERE tenant_id = '{theirs}'");
        assert_eq!(
            diesel::sql_query(theirs_only)
                .execute(tx.conn())
                .await
                .unwrap(),
            0,
            "{sql}"
        );
    }
    tx.commit().await.unwrap();

    let hand_over = format!("UPDATE shelf.books SET tenant_id = '{theirs}', id = 2");
    for sql in [put(theirs, 2), hand_over] {
        let mut tx = db.db().tenant(mine).await.unwrap();
        let refused = tx.conn().batch_execute(&sql).await.unwrap_err();
        assert!(
            refused.to_string().contains("row-level security"),
            "{sql}: {refused}"
        );
    }
    assert_eq!(
        count(&mut db.admin().await, "shelf.books").await.unwrap(),
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_tenant_there_are_no_rows() {
    let db = shelf().await;
    let tenant = TenantId::new();
    stock(&db, tenant, 1).await;
    let mut bare = db.admin().await;
    bare.batch_execute("SET ROLE motel_app").await.unwrap();
    assert_eq!(count(&mut bare, "shelf.books").await.unwrap(), 0);
    assert!(bare.batch_execute(&put(tenant, 2)).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_platform_reaches_only_what_was_opened_to_it() {
    let db = shelf().await;
    stock(&db, TenantId::new(), 1).await;
    stock(&db, TenantId::new(), 1).await;
    let mut tx = db.db().platform("look at a closed table").await.unwrap();
    let refused = count(tx.conn(), "shelf.books").await.unwrap_err();
    assert!(
        refused.to_string().contains("permission denied"),
        "{refused}"
    );
    drop(tx);

    let open = "SELECT motel_platform_access('shelf.books', 'SELECT')";
    db.admin().await.batch_execute(open).await.unwrap();
    let mut tx = db.db().platform("look at an opened table").await.unwrap();
    assert_eq!(count(tx.conn(), "shelf.books").await.unwrap(), 2);
    let refused = tx
        .conn()
        .batch_execute("DELETE FROM shelf.books")
        .await
        .unwrap_err();
    assert!(
        refused.to_string().contains("permission denied"),
        "{refused}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_transaction_stays_on_its_connection() {
    let db = shelf().await;
    let one = motel_db::Db::connect(db.url(), 1).await.unwrap();
    let tenant = TenantId::new();
    for _ in 0..3 {
        let mut tx = one.tenant(tenant).await.unwrap();
        let own = format!(
            "(SELECT) WHERE current_user = 'motel_app' AND motel_current_tenant() = '{tenant}'"
        );
        assert_eq!(count(tx.conn(), &own).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let mut tx = one.platform("look around").await.unwrap();
        let own =
            "(SELECT) WHERE current_user = 'motel_platform' AND motel_current_tenant() IS NULL";
        assert_eq!(count(tx.conn(), own).await.unwrap(), 1);
        drop(tx);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_statement_ends_the_transaction_and_not_the_connection() {
    let db = shelf().await;
    let one = motel_db::Db::connect(db.url(), 1).await.unwrap();
    let tenant = TenantId::new();
    let mut tx = one.tenant(tenant).await.unwrap();
    tx.conn().batch_execute(&put(tenant, 1)).await.unwrap();
    let twice = tx.conn().batch_execute(&put(tenant, 1)).await.unwrap_err();
    assert!(
        matches!(twice, DatabaseError(DatabaseErrorKind::UniqueViolation, _)),
        "{twice:?}"
    );
    let _ = tx.commit().await;
    let mut tx = one.tenant(tenant).await.unwrap();
    assert_eq!(count(tx.conn(), "shelf.books").await.unwrap(), 0);
}
