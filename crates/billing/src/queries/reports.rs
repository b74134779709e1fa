use chrono::NaiveDate;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, sql_query};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{FolioId, Money, PropertyId};

use crate::model::{Report, ReportRow};
use crate::{AccountKind, BillingError, LedgerAccount};

/// Days by which a report of several is cut, and the folios of those accounts that have them. The query builder knows no
/// `FILTER` beside a `CASE` to group by.
const LINES: &str = "
SELECT CASE WHEN $5 THEN entry.business_date END AS day, line.account, line.detail, line.currency,
    CASE WHEN $6 THEN line.folio_id END AS folio_id, max(CASE WHEN $6 THEN booking.code END) AS booking_code,
    coalesce(sum(line.amount_minor) FILTER (WHERE entry.business_date < $3), 0)::bigint AS opening,
    coalesce(sum(line.amount_minor) FILTER (WHERE entry.business_date >= $3 AND line.amount_minor > 0), 0)::bigint AS debits,
    coalesce(-sum(line.amount_minor) FILTER (WHERE entry.business_date >= $3 AND line.amount_minor < 0), 0)::bigint AS credits
FROM billing.entries entry
JOIN billing.entry_lines line ON line.tenant_id = entry.tenant_id AND line.entry_id = entry.id
LEFT JOIN billing.folios folio ON $6 AND folio.tenant_id = line.tenant_id AND folio.id = line.folio_id
LEFT JOIN bookings.bookings booking ON booking.tenant_id = folio.tenant_id AND booking.id = folio.booking_id
WHERE entry.tenant_id = $1 AND entry.property_id = $2 AND entry.business_date <= $4
    AND (NOT $5 OR entry.business_date >= $3) AND line.account = ANY ($7)
GROUP BY 1, 2, 3, 4, 5
HAVING NOT $6 OR sum(line.amount_minor) <> 0
ORDER BY 4, 1, 2, 3, 6, 5";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Nullable<Date>)]
    day: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    account: AccountKind,
    #[diesel(sql_type = Text)]
    detail: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    folio_id: Option<FolioId>,
    #[diesel(sql_type = Nullable<Text>)]
    booking_code: Option<String>,
    #[diesel(sql_type = BigInt)]
    opening: i64,
    #[diesel(sql_type = BigInt)]
    debits: i64,
    #[diesel(sql_type = BigInt)]
    credits: i64,
}

/// A report of a property's ledger over business dates, both ends included.
pub async fn report(
    tx: &mut TenantTx,
    property: PropertyId,
    report: Report,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<ReportRow>, BillingError> {
    let accounts: Vec<&str> = accounts_of(report)
        .iter()
        .map(|kind| kind.as_str())
        .collect();
    let tenant = tx.tenant();
    let rows: Vec<Row> = sql_query(LINES)
        .bind::<SqlUuid, _>(tenant)
        .bind::<SqlUuid, _>(property)
        .bind::<Date, _>(from)
        .bind::<Date, _>(until)
        .bind::<Bool, _>(report == Report::DailyRevenue)
        .bind::<Bool, _>(report == Report::Deposits)
        .bind::<Array<Text>, _>(accounts)
        .load(tx.conn())
        .await?;
    rows.into_iter().map(ReportRow::try_from).collect()
}

fn accounts_of(report: Report) -> &'static [AccountKind] {
    match report {
        Report::TrialBalance => AccountKind::ALL,
        Report::Payments => &[AccountKind::Payments],
        Report::Deposits => &[AccountKind::DepositsHeld],
        Report::Taxes => &[AccountKind::Taxes],
        Report::DailyRevenue => &[AccountKind::Revenue],
    }
}

impl TryFrom<Row> for ReportRow {
    type Error = BillingError;

    fn try_from(row: Row) -> Result<Self, BillingError> {
        let currency = row.currency.parse().map_err(BillingError::unreadable)?;
        let money = |minor| Money::new(minor, currency);
        let (opening, debits, credits) =
            (money(row.opening), money(row.debits), money(row.credits));
        Ok(Self {
            day: row.day,
            account: LedgerAccount {
                kind: row.account,
                detail: row.detail,
            },
            folio: row.folio_id.zip(row.booking_code),
            opening,
            debits,
            credits,
            closing: opening.plus(debits)?.minus(credits)?,
        })
    }
}
