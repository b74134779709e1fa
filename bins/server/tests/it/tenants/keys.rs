use super::stay_at_the_motel;
use crate::desk::Desk;

/// Every foreign key between tables of tenants, as `<table>|<name>|<column>|…` with its columns beside the tenant's.
const KEYS: &str = "SELECT format('%s|%s|%s', k.conrelid::regclass, k.conname, string_agg(quote_ident(a.attname), '|' ORDER BY a.attnum))
    FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
    WHERE k.contype = 'f' AND k.confrelid <> 'tenancy.tenants'::regclass AND a.attname <> 'tenant_id'
    GROUP BY k.conrelid, k.conname ORDER BY 1";

/// Row-level security is one wall; the keys are another: even a superuser's row cannot point at another business's.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_is_moved_to_another_business_finds_nothing_of_what_it_pointed_at() {
    let mut desk = Desk::open().await;
    stay_at_the_motel(&desk).await;
    let mut books = desk.site.books().await;
    books.until_idle().await;
    // Nobody else holds the tables then.
    desk.close();
    let tenants = books
        .lines("SELECT tenant_id FROM tenancy.tenants WHERE slug IN ('harvest-table', 'remotemotel') ORDER BY slug")
        .await;
    let (theirs, ours) = (&tenants[0], &tenants[1]);
    let before = books.digests().await;
    let keys = books.lines(KEYS).await;
    assert!(keys.len() > 60, "only {} keys", keys.len());
    let mut tried = 0;
    for key in &keys {
        let (table, rest) = key.split_once('|').unwrap();
        let (name, columns) = rest.split_once('|').unwrap();
        let set = columns.replace('|', " IS NOT NULL AND ");
        let rows = format!("tenant_id = '{ours}' AND {set} IS NOT NULL");
        let there = format!("SELECT count(*) FROM {table} WHERE {rows}");
        if books.number(&there).await == 0 {
            continue;
        }
        let moved = format!(
            "BEGIN; SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE {table} DISABLE TRIGGER USER;
             UPDATE {table} SET tenant_id = '{theirs}' WHERE {rows}"
        );
        let refused = books.attempt(&moved).await;
        books.execute("ROLLBACK").await;
        let Err(why) = refused else {
            panic!("{table} was moved past {name}")
        };
        assert!(
            why.contains("violates foreign key constraint"),
            "{name}: {why}"
        );
        tried += 1;
    }
    assert!(tried > 18, "only {tried} of {} keys were tried", keys.len());
    assert_eq!(books.digests().await, before);
}
