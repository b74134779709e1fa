//! What PostgreSQL itself says about the wall between tenants: read from its catalogues, over every table there is.

use diesel::sql_types::Text;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use motel_testkit::TestDb;

/// Every table of ours except the list of migrations, which diesel keeps; and those of them that belong to tenants.
/// `billing.stray_events` and `billing.unread_webhooks` hold payment notices of which nobody can say whose they are,
/// `billing.webhook_incidents` counts forged ones; plans, carriers' prices and the numbers of statements are the operator's;
/// `tenancy.attempts` counts who fails to get in, before anybody knows whose door it is,
/// `passkeys.arrivals` holds what they were asked, and who signs a business up has none yet;
/// `tenancy.flags` says what is switched on for how many, and `tenancy.former_slugs` keeps the names of businesses that are gone.
const TABLES: &str = "WITH tables AS (
    SELECT c.oid, n.nspname, c.oid::regclass::text AS name, c.relowner, c.relrowsecurity, c.relforcerowsecurity, c.relacl
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND c.oid::regclass::text <> '__diesel_schema_migrations'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')),
tenant_tables AS (SELECT * FROM tables WHERE name <> ALL ('{billing.stray_events,billing.unread_webhooks,billing.webhook_incidents,limits.buckets,\
                                                         onboarding.sign_ups,passkeys.arrivals,plans.plans,plans.routes,plans.series,tenancy.attempts,tenancy.flags,tenancy.former_slugs}'))";

/// Tables that work across tenants may reach: finding a tenant before it is known, the queue, and payment notices that
/// name a link and no tenant.
const OPEN_TO_THE_PLATFORM: &str = "{appointments.timers,audit.entries,audit.heads,audit.retention,billing.authorisations,billing.payment_events,billing.payment_intents,billing.payment_links,billing.payment_terms,billing.refunds,\
                                    billing.sandbox_checkouts,billing.stray_events,billing.unread_webhooks,billing.webhook_incidents,bookings.reservations,credentials.credentials,housekeeping.tasks,\
                                    jobs.deliveries,jobs.events,limits.buckets,mail.silences,night_audit.schedules,onboarding.sign_ups,\
                                    passkeys.arrivals,passkeys.ceremonies,passkeys.credentials,\
                                    plans.adjustments,plans.lines,plans.payments,plans.plans,plans.receivables,plans.routes,plans.series,\
                                    plans.statements,plans.subscriptions,plans.totals,tenancy.answers,\
                                    tenancy.api_keys,tenancy.attempts,tenancy.challenges,tenancy.flag_overrides,tenancy.flags,tenancy.former_slugs,tenancy.notices,\
                                    tenancy.one_use_links,tenancy.properties,tenancy.remembered_devices,tenancy.second_factors,tenancy.sessions,tenancy.staff,tenancy.support_accesses,tenancy.tenants,vouchers.gift_cards}";

/// A rule, and the query that finds who breaks it.
struct Rule {
    broken: &'static str,
    offenders: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        broken: "it lies in no schema of a crate",
        offenders: "SELECT name FROM tables WHERE nspname = 'public'",
    },
    Rule {
        broken: "it has no tenant_id uuid NOT NULL",
        offenders: "SELECT name FROM tenant_tables AS tables WHERE NOT EXISTS (
            SELECT FROM pg_attribute a
            WHERE a.attrelid = tables.oid AND a.attname = 'tenant_id' AND a.atttypid = 'uuid'::regtype AND a.attnotnull)",
    },
    Rule {
        broken: "its primary key does not begin with tenant_id",
        offenders: "SELECT name FROM tenant_tables AS tables WHERE NOT EXISTS (
            SELECT FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
            WHERE k.conrelid = tables.oid AND k.contype = 'p' AND a.attname = 'tenant_id')",
    },
    Rule {
        broken: "a foreign key of it does not carry tenant_id to tenant_id",
        offenders: "SELECT name || ': ' || k.conname FROM tables JOIN pg_constraint k ON k.conrelid = tables.oid AND k.contype = 'f'
            WHERE NOT EXISTS (
                SELECT FROM unnest(k.conkey, k.confkey) AS pair (ours, theirs)
                JOIN pg_attribute o ON o.attrelid = k.conrelid AND o.attnum = pair.ours
                JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = pair.theirs
                WHERE o.attname = 'tenant_id' AND t.attname = 'tenant_id')",
    },
    Rule {
        broken: "row-level security is not enabled and forced",
        offenders: "SELECT name FROM tables WHERE NOT (relrowsecurity AND relforcerowsecurity)",
    },
    Rule {
        broken: "motel_app is not held to its tenant by a policy",
        offenders: "SELECT name FROM tenant_tables AS tables WHERE NOT EXISTS (
            SELECT FROM pg_policies p
            WHERE format('%I.%I', p.schemaname, p.tablename)::regclass = tables.oid AND p.policyname = 'tenant_isolation'
              AND p.roles = '{motel_app}' AND p.cmd = 'ALL' AND p.permissive = 'PERMISSIVE'
              AND p.qual = '(tenant_id = motel_current_tenant())' AND p.with_check = p.qual)",
    },
    Rule {
        broken: "another policy opens it further",
        offenders: "SELECT name || ': ' || p.policyname FROM tables
            JOIN pg_policies p ON format('%I.%I', p.schemaname, p.tablename)::regclass = tables.oid
            WHERE p.policyname <> 'tenant_isolation' AND p.roles <> '{motel_platform}'
              AND NOT (p.policyname = 'tenant_purge' AND p.roles = '{motel_purge}'
                       AND p.qual = '(tenant_id = motel_current_tenant())' AND p.with_check = p.qual)",
    },
    Rule {
        broken: "its rows would outlive a purge of their tenant",
        offenders: "SELECT name FROM tenant_tables AS tables WHERE NOT has_table_privilege('motel_purge', oid, 'DELETE') OR NOT EXISTS (
            SELECT FROM pg_policies p
            WHERE format('%I.%I', p.schemaname, p.tablename)::regclass = tables.oid AND p.policyname = 'tenant_purge')",
    },
    Rule {
        broken: "who purges may do more to it than read and delete rows",
        offenders: "SELECT name || ': ' || acl.privilege_type FROM tables, aclexplode(relacl) AS acl
            WHERE acl.grantee = 'motel_purge'::regrole AND acl.privilege_type NOT IN ('SELECT', 'DELETE')",
    },
    Rule {
        broken: "the platform may reach it and it is not on the list",
        offenders: "SELECT DISTINCT name FROM tables LEFT JOIN aclexplode(relacl) AS acl ON true
            LEFT JOIN pg_attribute a ON a.attrelid = tables.oid LEFT JOIN aclexplode(a.attacl) AS col ON true
            WHERE 'motel_platform'::regrole IN (acl.grantee, col.grantee) AND name <> ALL (:open)",
    },
    Rule {
        broken: "it is of no tenant, yet motel_app may reach it",
        offenders: "SELECT name FROM tables WHERE name NOT IN (SELECT name FROM tenant_tables)
              AND has_table_privilege('motel_app', oid, 'SELECT, INSERT, UPDATE, DELETE')",
    },
    Rule {
        broken: "a role of the application owns it",
        offenders: "SELECT name FROM tables WHERE relowner IN ('motel_app'::regrole, 'motel_platform'::regrole, 'motel_purge'::regrole)",
    },
    Rule {
        broken: "everybody, or the application, may do more to it than read and write rows",
        offenders: "SELECT name || ': ' || acl.privilege_type FROM tables, aclexplode(relacl) AS acl
            WHERE acl.grantee = 0
               OR acl.grantee IN ('motel_app'::regrole, 'motel_platform'::regrole)
              AND acl.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')",
    },
    Rule {
        broken: "the view reads with its owner's rights, past row-level security",
        offenders: "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE (c.relkind = 'm' OR c.relkind = 'v' AND NOT coalesce(c.reloptions, '{}') && '{security_invoker=true,security_invoker=on}')
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')",
    },
    Rule {
        broken: "the function runs with its owner's rights",
        offenders: "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE p.prosecdef AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')",
    },
    Rule {
        broken: "the role may pass by row-level security",
        offenders: "SELECT rolname::text FROM pg_roles
            WHERE rolname IN ('motel_app', 'motel_platform', 'motel_purge') AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
            UNION ALL
            SELECT m.member::regrole::text || ' in ' || m.roleid::regrole::text FROM pg_auth_members m
            WHERE m.member IN ('motel_app'::regrole, 'motel_platform'::regrole, 'motel_purge'::regrole)",
    },
];

#[derive(diesel::QueryableByName)]
struct Offender {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Everything that breaks a rule, as `<who>: <what is broken>`.
async fn findings(conn: &mut AsyncPgConnection) -> Vec<String> {
    let mut findings = Vec::new();
    for rule in RULES {
        let offenders = rule
            .offenders
            .replace(":open", &format!("'{OPEN_TO_THE_PLATFORM}'::text[]"));
        let query = format!(
            "{TABLES}, offenders (name) AS ({offenders}) SELECT name FROM offenders ORDER BY name"
        );
        let offenders: Vec<Offender> = diesel::sql_query(query).load(conn).await.unwrap();
        findings.extend(
            offenders
                .iter()
                .map(|offender| format!("{}: {}", offender.name, rule.broken)),
        );
    }
    findings
}

async fn whole_schema() -> TestDb {
    let db = TestDb::new(&[]).await;
    motel_migrations::run(db.url()).await.unwrap();
    db
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_stands_behind_the_wall() {
    let db = whole_schema().await;
    let mut admin = db.admin().await;
    let tables = format!("{TABLES} SELECT name FROM tables");
    let tables: Vec<Offender> = diesel::sql_query(tables).load(&mut admin).await.unwrap();
    assert!(
        tables.len() > 15,
        "the catalogue shows only {} tables",
        tables.len()
    );
    assert_eq!(findings(&mut admin).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_hole_in_the_wall_is_found() {
    let db = TestDb::new(&[]).await;
    let mut admin = db.admin().await;
    assert_eq!(findings(&mut admin).await, Vec::<String>::new());
    for (hole, found) in HOLES {
        admin
            .batch_execute(&format!("{SOUND} {hole}"))
            .await
            .unwrap();
        let findings = findings(&mut admin).await;
        assert!(
            findings.iter().any(|finding| finding == found),
            "{found:?} is not in {findings:#?}"
        );
        admin.batch_execute("DROP SCHEMA s CASCADE; DROP SCHEMA IF EXISTS billing CASCADE; DROP TABLE IF EXISTS stray").await.unwrap();
    }
}

/// Two tables as they should be.
const SOUND: &str = "CREATE SCHEMA s;
    CREATE TABLE s.a (tenant_id uuid NOT NULL, id int, PRIMARY KEY (tenant_id, id));
    CREATE TABLE s.b (tenant_id uuid NOT NULL, id int, a int, PRIMARY KEY (tenant_id, id),
                      FOREIGN KEY (tenant_id, a) REFERENCES s.a (tenant_id, id));
    SELECT motel_tenant_table('s.a'); SELECT motel_tenant_table('s.b');";

/// Something done to them, and what has to be said about it.
const HOLES: &[(&str, &str)] = &[
    (
        "CREATE TABLE stray (tenant_id uuid PRIMARY KEY)",
        "stray: it lies in no schema of a crate",
    ),
    (
        "CREATE TABLE s.c (id int PRIMARY KEY)",
        "s.c: it has no tenant_id uuid NOT NULL",
    ),
    (
        "CREATE TABLE s.c (id int PRIMARY KEY, tenant_id uuid)",
        "s.c: it has no tenant_id uuid NOT NULL",
    ),
    (
        "CREATE TABLE s.c (id int, tenant_id uuid, PRIMARY KEY (id, tenant_id))",
        "s.c: its primary key does not begin with tenant_id",
    ),
    (
        "ALTER TABLE s.a ADD UNIQUE (id); ALTER TABLE s.b ADD CONSTRAINT loose FOREIGN KEY (a) REFERENCES s.a (id)",
        "s.b: loose: a foreign key of it does not carry tenant_id to tenant_id",
    ),
    (
        "ALTER TABLE s.a DISABLE ROW LEVEL SECURITY",
        "s.a: row-level security is not enabled and forced",
    ),
    (
        "ALTER TABLE s.a NO FORCE ROW LEVEL SECURITY",
        "s.a: row-level security is not enabled and forced",
    ),
    (
        "DROP POLICY tenant_isolation ON s.a",
        "s.a: motel_app is not held to its tenant by a policy",
    ),
    (
        "ALTER POLICY tenant_isolation ON s.a WITH CHECK (true)",
        "s.a: motel_app is not held to its tenant by a policy",
    ),
    (
        "CREATE POLICY wide ON s.a TO PUBLIC USING (true)",
        "s.a: wide: another policy opens it further",
    ),
    (
        "DROP POLICY tenant_purge ON s.a",
        "s.a: its rows would outlive a purge of their tenant",
    ),
    (
        "REVOKE DELETE ON s.a FROM motel_purge",
        "s.a: its rows would outlive a purge of their tenant",
    ),
    (
        "ALTER POLICY tenant_purge ON s.a USING (true)",
        "s.a: tenant_purge: another policy opens it further",
    ),
    (
        "GRANT UPDATE ON s.a TO motel_purge",
        "s.a: UPDATE: who purges may do more to it than read and delete rows",
    ),
    (
        "SELECT motel_platform_access('s.a', 'SELECT')",
        "s.a: the platform may reach it and it is not on the list",
    ),
    (
        "SELECT motel_platform_access('s.a', 'UPDATE (id)')",
        "s.a: the platform may reach it and it is not on the list",
    ),
    (
        "ALTER TABLE s.a OWNER TO motel_app",
        "s.a: a role of the application owns it",
    ),
    (
        "CREATE SCHEMA billing; CREATE TABLE billing.stray_events (id int); GRANT SELECT ON billing.stray_events TO motel_app",
        "billing.stray_events: it is of no tenant, yet motel_app may reach it",
    ),
    (
        "GRANT TRUNCATE ON s.a TO motel_app",
        "s.a: TRUNCATE: everybody, or the application, may do more to it than read and write rows",
    ),
    (
        "GRANT SELECT ON s.a TO PUBLIC",
        "s.a: SELECT: everybody, or the application, may do more to it than read and write rows",
    ),
    (
        "CREATE VIEW s.v AS SELECT * FROM s.a",
        "s.v: the view reads with its owner's rights, past row-level security",
    ),
    (
        "CREATE FUNCTION s.f() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1",
        "s.f(): the function runs with its owner's rights",
    ),
];
