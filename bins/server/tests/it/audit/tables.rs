use std::collections::BTreeMap;
use std::fs;

use motel_testkit::TestDb;

use crate::books::Books;
use crate::desk::top;

/// What is in the file beside this one: tables and reasons.
fn not_noted() -> BTreeMap<String, String> {
    let file = top().join("bins/server/tests/it/audit/not-noted.txt");
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter(|line| !line.is_empty());
    let rows = lines.map(|line| {
        let (table, reason) = line.split_once(' ').unwrap();
        let reason = reason.trim();
        assert!(reason.contains(' '), "{table} has no reason");
        (table.to_owned(), reason.to_owned())
    });
    rows.collect()
}

async fn whole_schema() -> TestDb {
    let db = TestDb::new(&[]).await;
    motel_migrations::run(db.url()).await.unwrap();
    db
}

const NOTED: &str =
    "SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'audit_row' AND tgenabled = 'O'
    AND tgtype & 28 = 28 AND tgtype & 1 = 1 ORDER BY 1";

/// Tables that are neither noted nor in the list.
async fn forgotten(books: &mut Books) -> Vec<String> {
    let (list, noted) = (not_noted(), books.lines(NOTED).await);
    let mut tables = books.tenant_tables().await;
    tables.retain(|table| !noted.contains(table) && !list.contains_key(table));
    tables
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_tenants_is_noted_or_says_why_not() {
    let db = whole_schema().await;
    let mut books = Books::open(&db).await;
    assert_eq!(forgotten(&mut books).await, Vec::<String>::new());
    let (noted, tables) = (books.lines(NOTED).await, books.tenant_tables().await);
    assert!(noted.len() > 35, "only {noted:?}");
    for table in not_noted().keys() {
        assert!(tables.contains(table), "{table} is gone: strike it off");
        assert!(!noted.contains(table), "{table} is noted: strike it off");
    }
    // One that nobody thought of is found.
    books
        .execute(
            "CREATE TABLE rates.salaries (tenant_id uuid, id int, PRIMARY KEY (tenant_id, id))",
        )
        .await;
    assert_eq!(forgotten(&mut books).await, ["rates.salaries"]);
    // A trigger that was turned off notes nothing.
    books
        .execute("ALTER TABLE rates.seasons DISABLE TRIGGER audit_row")
        .await;
    assert!(
        forgotten(&mut books)
            .await
            .contains(&"rates.seasons".to_owned())
    );
}

/// Noted tables whose rows go with others. What a cascade removes it removes as the owner of the tables, who may write no entries unless a superuser.
const CASCADES: &str = "SELECT conrelid::regclass FROM pg_constraint JOIN pg_trigger ON tgrelid = conrelid AND tgname = 'audit_row'
    WHERE contype = 'f' AND confdeltype <> 'a' ORDER BY 1";

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_with_a_rate_plan_is_removed_by_who_removes_the_plan() {
    let db = whole_schema().await;
    let mut books = Books::open(&db).await;
    // `remove_rate_plan` removes them before the plan.
    let by_command = ["rates.base_prices", "rates.restrictions", "rates.seasons"];
    assert_eq!(books.lines(CASCADES).await, by_command);
}

/// Columns by whose names one would think that they hold a secret, or words about people.
const TELLING: &str = "(email|phone|password|digest|sealed|secret|token|hash|full_name|given_name|family_name|display_name|booker|recipient|\
                       customer|note|notes|text|reason|message|wishes|url|consent|last_four)";

/// Those of them that are shown in the log, and may be: they tell of the house, or are its own words.
const SHOWN: [&str; 5] = [
    "credentials.credentials.last_four",
    "tenancy.properties.email",
    "tenancy.properties.phone",
    "tenancy.tenants.state_reason",
    "vouchers.gift_cards.last_four",
];

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_and_nobodys_name_is_repeated_in_the_log() {
    let db = whole_schema().await;
    let mut books = Books::open(&db).await;
    let shown = format!(
        "SELECT t.tgrelid::regclass || '.' || a.attname
         FROM pg_trigger t JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum > 0 AND NOT a.attisdropped
         CROSS JOIN LATERAL string_to_array(encode(t.tgargs, 'escape'), '\\000') AS said
         WHERE t.tgname = 'audit_row' AND a.attname ~ '(^|_){TELLING}($|_)'
           AND a.atttypid IN ('text'::regtype, 'bytea'::regtype, 'jsonb'::regtype)
           AND a.attname <> ALL (said[2]::text[]) AND a.attname <> ALL (said[3]::text[])
         ORDER BY 1"
    );
    let found = books.lines(&shown).await;
    let odd: Vec<_> = found
        .iter()
        .filter(|it| !SHOWN.contains(&it.as_str()))
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
}
