//! The database as an auditor sees it: everything, past the tenants' walls.

use std::time::{Duration, Instant};

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use motel_testkit::TestDb;

/// Longer than the lease of a job whose worker died.
const PATIENCE: Duration = Duration::from_secs(150);

/// A superuser's connection.
pub(crate) struct Books(AsyncPgConnection);

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Books {
    pub(crate) async fn open(db: &TestDb) -> Self {
        Self(db.admin().await)
    }

    /// The one number a query answers.
    pub(crate) async fn number(&mut self, query: &str) -> i64 {
        let query = format!("SELECT ({query})::bigint AS number");
        let found: Number = diesel::sql_query(&query)
            .get_result(&mut self.0)
            .await
            .unwrap_or_else(|error| panic!("{query}: {error}"));
        found.number
    }

    /// The one column of text a query answers.
    pub(crate) async fn lines(&mut self, query: &str) -> Vec<String> {
        let query = format!("SELECT line::text FROM ({query}) AS found (line)");
        let found: Vec<Line> = diesel::sql_query(&query)
            .load(&mut self.0)
            .await
            .unwrap_or_else(|error| panic!("{query}: {error}"));
        found.into_iter().map(|found| found.line).collect()
    }

    pub(crate) async fn execute(&mut self, statements: &str) {
        self.0.batch_execute(statements).await.unwrap();
    }

    /// The same, where a refusal is expected: its text.
    pub(crate) async fn attempt(&mut self, statement: &str) -> Result<(), String> {
        let done = self.0.batch_execute(statement).await;
        done.map_err(|error| error.to_string())
    }

    /// Every table of ours with a digest of all that stands in it; without those that the house keeps by itself as
    /// time goes by, and the count of forged webhooks.
    pub(crate) async fn digests(&mut self) -> Vec<String> {
        let mut tables = self.lines(&format!("{TABLES} ORDER BY 1")).await;
        tables.retain(|table| !KEPT_BY_CHORES.contains(&table.as_str()));
        assert!(tables.len() > 20, "only {tables:?}");
        let queries: Vec<String> = tables
            .iter()
            .map(|table| {
                format!("SELECT '{table}: ' || md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM {table} t")
            })
            .collect();
        // So many branches may be run side by side, and come in any order.
        self.lines(&format!("{} ORDER BY 1", queries.join(" UNION ALL ")))
            .await
    }

    /// Every table that belongs to tenants.
    pub(crate) async fn tenant_tables(&mut self) -> Vec<String> {
        let mut tables = self.lines(&format!("{TABLES} ORDER BY 1")).await;
        tables.retain(|table| !OF_NO_TENANT.contains(&table.as_str()));
        tables
    }

    /// Waits until every job that follows from what happened is done.
    pub(crate) async fn until_idle(&mut self) {
        let left = "(SELECT count(*) FROM jobs.events WHERE NOT fanned_out)
            + (SELECT count(*) FROM jobs.deliveries WHERE status <> 'done')";
        let mut pace = tokio::time::interval(Duration::from_millis(50));
        let deadline = Instant::now() + PATIENCE;
        while self.number(left).await > 0 {
            assert!(Instant::now() < deadline, "jobs are left");
            pace.tick().await;
        }
    }

    /// What is wrong with what was sold: nothing, ever.
    pub(crate) async fn unsound_sales(&mut self) -> Vec<String> {
        self.lines(UNSOUND_SALES).await
    }
}

/// What is the operator's, or nobody's in particular.
const OF_NO_TENANT: [&str; 12] = [
    "billing.stray_events",
    "billing.unread_webhooks",
    "billing.webhook_incidents",
    "limits.buckets",
    "onboarding.sign_ups",
    "passkeys.arrivals",
    "plans.plans",
    "plans.routes",
    "plans.series",
    "tenancy.attempts",
    "tenancy.flags",
    "tenancy.former_slugs",
];

/// What chores write without anybody having asked (they give entries of the audit log their places), and the counts of forged webhooks and of requests.
const KEPT_BY_CHORES: [&str; 10] = [
    "audit.entries",
    "audit.heads",
    "billing.webhook_incidents",
    "bookings.business_dates",
    "housekeeping.rules",
    "limits.buckets",
    "night_audit.audits",
    "night_audit.schedules",
    "onboarding.sign_ups",
    "plans.subscriptions",
];

const TABLES: &str = "SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')";

const UNSOUND_SALES: &str = "
    SELECT format('%s: %s sold, %s reserved', c.night, c.sold, coalesce(r.reserved, 0))
    FROM inventory.nightly_counters c
    LEFT JOIN (SELECT tenant_id, unit_group_id, night::date, count(*) AS reserved
               FROM bookings.reservations, generate_series(arrival, departure - 1, '1 day') AS night
               WHERE status IN ('held', 'confirmed', 'in_house', 'checked_out') GROUP BY 1, 2, 3) r USING (tenant_id, unit_group_id, night)
    WHERE c.sold <> coalesce(r.reserved, 0)
  UNION ALL
    SELECT format('unit %s is given %s times on %s', unit_id, count(*), night::date)
    FROM bookings.reservations, generate_series(arrival, departure - 1, '1 day') AS night
    WHERE status IN ('held', 'confirmed', 'in_house', 'checked_out') AND unit_id IS NOT NULL GROUP BY tenant_id, unit_id, night HAVING count(*) > 1
  UNION ALL
    SELECT format('%s has %s reservations', b.code, count(r.id))
    FROM bookings.bookings b LEFT JOIN bookings.reservations r ON r.tenant_id = b.tenant_id AND r.booking_id = b.id
    GROUP BY b.tenant_id, b.id, b.code HAVING count(r.id) < 1
  UNION ALL
    SELECT format('%s has the price of %s nights', b.code, jsonb_array_length(r.price -> 'nights'))
    FROM bookings.bookings b JOIN bookings.reservations r ON r.tenant_id = b.tenant_id AND r.booking_id = b.id
    WHERE jsonb_array_length(r.price -> 'nights') <> r.departure - r.arrival
  UNION ALL
    SELECT format('%s was told %s times', b.code, count(e.id))
    FROM bookings.bookings b LEFT JOIN jobs.events e
      ON e.tenant_id = b.tenant_id AND e.kind = 'booking.confirmed' AND e.payload ->> 'booking_id' = b.id::text
    GROUP BY b.tenant_id, b.id, b.code HAVING count(e.id) <> 1
  UNION ALL
    SELECT format('reservation %s is at version %s after %s events', r.id, r.version, count(e.seq))
    FROM bookings.reservations r LEFT JOIN bookings.reservation_events e
      ON e.tenant_id = r.tenant_id AND e.reservation_id = r.id
    GROUP BY r.tenant_id, r.id, r.version HAVING count(e.seq) <> r.version OR max(e.seq) <> r.version";
