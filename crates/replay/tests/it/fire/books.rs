//! What must hold afterwards, asked of the database.

use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use super::house::House;

/// Each finds what is wrong, in words.
const CHECKS: &[&str] = &[
    // Counters are what the reservations that take nights add up to.
    "SELECT format('%s on %s: counter says %s of %s, reservations %s', g.code, c.night, c.sold, c.capacity, r.number) AS wrong
     FROM inventory.nightly_counters c
     JOIN inventory.unit_groups g ON (g.tenant_id, g.id) = (c.tenant_id, c.unit_group_id)
     CROSS JOIN LATERAL (SELECT count(*) AS number FROM bookings.reservations r
        WHERE r.tenant_id = c.tenant_id AND r.unit_group_id = c.unit_group_id
            AND r.status IN ('held', 'confirmed', 'in_house', 'checked_out')
            AND r.arrival <= c.night AND c.night < r.departure) r
     WHERE c.sold <> r.number OR c.sold < 0 OR c.sold > c.capacity",
    // Nothing is sold on a night that is not open.
    "SELECT format('%s takes %s, which is not open', r.id, night::date) AS wrong
     FROM bookings.reservations r
     CROSS JOIN generate_series(r.arrival, r.departure - 1, interval '1 day') night
     WHERE r.status IN ('held', 'confirmed', 'in_house', 'checked_out') AND NOT EXISTS (
        SELECT FROM inventory.nightly_counters c
        WHERE (c.tenant_id, c.unit_group_id, c.night) = (r.tenant_id, r.unit_group_id, night::date))",
    // No unit is given twice for a night; a guest who moved has the present one since then.
    "SELECT format('unit %s: %s and %s', a.unit_id, a.id, b.id) AS wrong
     FROM bookings.reservations a JOIN bookings.reservations b
        ON a.tenant_id = b.tenant_id AND a.unit_id = b.unit_id AND a.id < b.id
        AND greatest(a.arrival, a.unit_since) < b.departure AND greatest(b.arrival, b.unit_since) < a.departure
     WHERE a.status IN ('held', 'confirmed', 'in_house', 'checked_out')
        AND b.status IN ('held', 'confirmed', 'in_house', 'checked_out')",
    // A unit is of the group that was sold, and a guest in the house has one.
    "SELECT format('%s has unit %s of another group', r.id, u.number) AS wrong
     FROM bookings.reservations r JOIN inventory.units u ON (u.tenant_id, u.id) = (r.tenant_id, r.unit_id)
     WHERE u.unit_group_id <> r.unit_group_id",
    "SELECT format('%s is in the house without a unit', id) AS wrong FROM bookings.reservations
     WHERE status = 'in_house' AND unit_id IS NULL",
    // A history has a line for each version, in order, each beginning where the one before ended.
    "SELECT format('%s is at version %s with %s lines of history', r.id, r.version, count(e.seq)) AS wrong
     FROM bookings.reservations r LEFT JOIN bookings.reservation_events e
        ON (e.tenant_id, e.reservation_id) = (r.tenant_id, r.id)
     GROUP BY r.tenant_id, r.id, r.version
     HAVING count(e.seq) <> r.version OR max(e.seq) <> r.version OR min(e.seq) <> 1",
    "SELECT format('%s: line %s begins as %s, the one before ended as %s', reservation_id, seq, began, ended) AS wrong
     FROM (SELECT reservation_id, seq, change #>> '{before,status}' AS began,
            lag(change #>> '{after,status}') OVER (PARTITION BY tenant_id, reservation_id ORDER BY seq) AS ended
        FROM bookings.reservation_events) AS history
     WHERE seq > 1 AND began IS DISTINCT FROM ended",
    "SELECT format('%s stands as %s, its history ends as %s', r.id, r.status, e.change #>> '{after,status}') AS wrong
     FROM bookings.reservations r JOIN bookings.reservation_events e
        ON (e.tenant_id, e.reservation_id, e.seq) = (r.tenant_id, r.id, r.version)
     WHERE r.status <> e.change #>> '{after,status}'",
    // Only these steps are legal.
    "SELECT format('%s went from %s to %s by %s', reservation_id, began, ended, kind) AS wrong
     FROM (SELECT reservation_id, kind, coalesce(change #>> '{before,status}', 'nothing') AS began,
            change #>> '{after,status}' AS ended FROM bookings.reservation_events) AS step
     WHERE began <> ended AND (began, ended) NOT IN (
        ('nothing', 'held'), ('nothing', 'confirmed'), ('nothing', 'in_house'), ('held', 'confirmed'), ('held', 'cancelled'), ('held', 'expired'),
        ('confirmed', 'in_house'), ('confirmed', 'cancelled'), ('confirmed', 'no_show'), ('in_house', 'checked_out'),
        ('in_house', 'confirmed'), ('checked_out', 'in_house'), ('cancelled', 'confirmed'), ('no_show', 'confirmed'),
        ('expired', 'confirmed'), ('cancelled', 'held'))",
    // A booking has reservations.
    "SELECT format('booking %s has no reservation', b.id) AS wrong FROM bookings.bookings b
     WHERE NOT EXISTS (SELECT FROM bookings.reservations r WHERE (r.tenant_id, r.booking_id) = (b.tenant_id, b.id))",
    // Audits closed one day after the other, and the one after the last is open.
    "SELECT format('%s was closed, and the business date is %s', max(a.business_date), max(d.date)) AS wrong
     FROM night_audit.audits a JOIN bookings.business_dates d ON (d.tenant_id, d.property_id) = (a.tenant_id, a.property_id)
     GROUP BY a.tenant_id, a.property_id
     HAVING max(a.business_date) + 1 <> max(d.date)
        OR max(a.business_date) - min(a.business_date) + 1 <> count(*)",
    // A booking that is over has on its folio what its stays came to, to the cent.
    "SELECT format('booking %s came to %s, its folio says %s', b.code, stays.owed, coalesce(folio.charged, 0)) AS wrong
     FROM bookings.bookings b
     CROSS JOIN LATERAL (SELECT sum(CASE WHEN r.status = 'checked_out' THEN r.total_minor
                WHEN r.status IN ('cancelled', 'no_show') THEN coalesce(r.fee_minor, 0) ELSE 0 END) AS owed,
            bool_or(r.status IN ('held', 'confirmed', 'in_house')) AS open
        FROM bookings.reservations r WHERE (r.tenant_id, r.booking_id) = (b.tenant_id, b.id)) AS stays
     LEFT JOIN LATERAL (SELECT sum(p.amount_minor) AS charged FROM billing.folios f
        JOIN billing.postings p ON (p.tenant_id, p.folio_id) = (f.tenant_id, f.id)
        WHERE (f.tenant_id, f.booking_id) = (b.tenant_id, b.id)) AS folio ON true
     WHERE NOT stays.open AND stays.owed <> coalesce(folio.charged, 0)",
    // No unit that is out of order is given to anybody.
    "SELECT format('%s has unit %s, which is out of order from %s', r.id, u.number, k.first_night) AS wrong
     FROM inventory.blocks k
     JOIN bookings.reservations r ON r.tenant_id = k.tenant_id AND r.unit_id = k.unit_id
        AND r.arrival < k.until AND k.first_night < r.departure
     JOIN inventory.units u ON (u.tenant_id, u.id) = (k.tenant_id, k.unit_id)
     WHERE k.kind = 'out_of_order' AND k.cancelled_at IS NULL AND r.status IN ('held', 'confirmed', 'in_house')",
    // No event was left undone.
    "SELECT format('%s deliveries are %s: %s', count(*), status, max(last_error)) AS wrong FROM jobs.deliveries
     WHERE status <> 'done' GROUP BY status",
    // Nobody waited in a circle.
    "SELECT format('%s deadlocks', deadlocks) AS wrong FROM pg_stat_database
     WHERE datname = current_database() AND deadlocks > 0",
];

#[derive(diesel::QueryableByName)]
struct Wrong {
    #[diesel(sql_type = Text)]
    wrong: String,
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// How many rows the checks of folios had to look at.
#[derive(Debug)]
pub(super) struct Figures {
    pub(super) charged_nights: u64,
    pub(super) postings: u64,
    /// Folios with a line.
    pub(super) folios: u64,
    /// Bookings that are over and came to more than nothing.
    pub(super) settled: u64,
}

const CHARGED_NIGHTS: &str = "SELECT count(*) AS number FROM night_audit.charged_nights";
const POSTINGS: &str = "SELECT count(*) AS number FROM billing.postings";
const FOLIOS: &str = "SELECT count(DISTINCT folio_id) AS number FROM billing.postings";
const SETTLED: &str = "SELECT count(*) AS number FROM (
    SELECT FROM bookings.reservations GROUP BY tenant_id, booking_id
    HAVING NOT bool_or(status IN ('held', 'confirmed', 'in_house'))
        AND sum(CASE WHEN status = 'checked_out' THEN total_minor ELSE coalesce(fee_minor, 0) END) > 0) AS over";

/// Counts them.
pub(super) async fn figures(house: &House) -> Figures {
    let mut admin = house.database.admin().await;
    let mut numbers = Vec::new();
    for query in [CHARGED_NIGHTS, POSTINGS, FOLIOS, SETTLED] {
        let count: Count = diesel::sql_query(query)
            .get_result(&mut admin)
            .await
            .unwrap();
        numbers.push(count.number.unsigned_abs());
    }
    Figures {
        charged_nights: numbers[0],
        postings: numbers[1],
        folios: numbers[2],
        settled: numbers[3],
    }
}

/// Everything that is wrong, as the database's owner sees it.
pub(super) async fn wrong(house: &House) -> Vec<String> {
    let mut admin = house.database.admin().await;
    let mut found = Vec::new();
    for check in CHECKS {
        let rows: Vec<Wrong> = diesel::sql_query(*check).load(&mut admin).await.unwrap();
        found.extend(rows.into_iter().take(20).map(|row| row.wrong));
    }
    found
}
