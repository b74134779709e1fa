use super::stay_at_the_motel;
use crate::desk::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_holds_the_wall() {
    let desk = Desk::open().await;
    stay_at_the_motel(&desk).await;
    let mut books = desk.site.books().await;
    let tables = books.tenant_tables().await;
    let tenants = books
        .lines("SELECT tenant_id FROM tenancy.tenants ORDER BY slug")
        .await;
    let (theirs, ours) = (&tenants[0], &tenants[1]);
    books.until_idle().await;
    let before = books.digests().await;
    books
        .execute(&format!(
            "SET ROLE motel_app; SET app.tenant_id = '{theirs}'"
        ))
        .await;
    for table in &tables {
        let of_ours = format!("FROM {table} WHERE tenant_id = '{ours}'");
        assert_eq!(
            books.number(&format!("SELECT count(*) {of_ours}")).await,
            0,
            "{table} can be read"
        );
        for attack in [
            format!("DELETE {of_ours}"),
            format!("UPDATE {table} SET tenant_id = '{theirs}' WHERE tenant_id = '{ours}'"),
        ] {
            // Refused, or done to none of the rows there are: the digests below tell.
            let _ = books.attempt(&attack).await;
        }
        let slipped_in = format!("INSERT INTO {table} (tenant_id) VALUES ('{ours}')");
        let refused = books.attempt(&slipped_in).await.unwrap_err();
        let by_the_wall =
            refused.contains("row-level security") || refused.contains("permission denied");
        assert!(by_the_wall, "{table}: {refused}");
    }
    books.execute("RESET app.tenant_id").await;
    for table in &tables {
        assert_eq!(
            books.number(&format!("SELECT count(*) FROM {table}")).await,
            0,
            "{table} without a tenant"
        );
    }
    books.execute("RESET ROLE").await;
    assert_eq!(books.digests().await, before);
}
