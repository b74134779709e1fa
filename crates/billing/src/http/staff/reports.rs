use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use motel_db::Db;
use motel_kernel::{FolioId, Money};
use motel_tenancy::http::{CurrentClock, StaffAccess};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, MoneyView, Problem, ProblemBody, ValidQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::sheet::sheet;
use crate::{AccountKind, BillingError, Report, ReportRow, queries};

/// The longest span of a report: a leap year.
const MOST_DAYS: i64 = 366;

/// Which days, and how, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawSpan {
    /// The first business date; the day the property works on when not said.
    from: Option<NaiveDate>,
    /// The last one, included; at most a year later. The first one when not said.
    until: Option<NaiveDate>,
    /// `json` or `csv`.
    #[param(pattern = "^(json|csv)$")]
    format: Option<String>,
}

/// The same, parsed.
pub(crate) struct Span {
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    as_sheet: bool,
}

impl Input for Span {
    type Raw = RawSpan;

    fn parse(raw: RawSpan) -> Result<Self, FieldErrors> {
        let as_sheet = match raw.format.as_deref() {
            None | Some("json") => false,
            Some("csv") => true,
            Some(_) => return Err(FieldErrors::of("format", "must be json or csv")),
        };
        if let (Some(from), Some(until)) = (raw.from, raw.until)
            && !(0..MOST_DAYS).contains(&until.signed_duration_since(from).num_days())
        {
            return Err(FieldErrors::of(
                "until",
                "must lie within a year after from",
            ));
        }
        if let (None, Some(_)) = (raw.from, raw.until) {
            return Err(FieldErrors::of("from", "is missing"));
        }
        Ok(Self {
            from: raw.from,
            until: raw.until,
            as_sheet,
        })
    }
}

/// A cut of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportView {
    /// Which report.
    #[schema(value_type = String)]
    report: Report,
    /// The first business date.
    from: NaiveDate,
    /// The last one, included.
    until: NaiveDate,
    /// Its rows.
    rows: Vec<ReportRowView>,
    /// What all rows of a currency come to. Of a trial balance, opening and closing are nothing and debits are credits.
    totals: Vec<TotalView>,
}

/// One row. Debits are above nothing, credits below, so what was earned or is held closes below nothing.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportRowView {
    /// Of one day, where the report is day by day.
    #[schema(required)]
    day: Option<NaiveDate>,
    /// `guest_ledger`, `city_ledger`, `deposits_held`, `revenue`, `taxes`, `payments`, `disputes`, `adjustments`, `gift_cards`
    /// (what is owed on them) or `coupons` (what they cost).
    #[schema(value_type = String)]
    account: AccountKind,
    /// Of what: `room`, a tax's code, `cash`; empty where an account is not divided.
    detail: String,
    /// Of one folio, where the report is folio by folio.
    #[schema(value_type = Option<Uuid>, required)]
    folio_id: Option<FolioId>,
    /// The code of its booking.
    #[schema(required)]
    booking_code: Option<String>,
    /// What it came to before the first day.
    opening: MoneyView,
    /// What was debited.
    debits: MoneyView,
    /// What was credited, above nothing.
    credits: MoneyView,
    /// What it came to after the last day.
    closing: MoneyView,
}

/// What the rows of one currency come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotalView {
    /// Before the first day.
    opening: MoneyView,
    /// Debited.
    debits: MoneyView,
    /// Credited, above nothing.
    credits: MoneyView,
    /// After the last day.
    closing: MoneyView,
}

/// Shows a report of the ledger: `trial-balance`, `payments` (by method), `deposits` (held, by folio), `taxes` (collected)
/// or `daily-revenue`. All of them are sums of the same lines.
#[utoipa::path(
    tag = "reports",
    operation_id = "show_report",
    params(
        ("report" = String, Path, description = "`trial-balance`, `payments`, `deposits`, `taxes` or `daily-revenue`"),
        RawSpan,
    ),
    responses(
        (status = 200, description = "The report; with `format=csv` the same as a table", content(
            (ReportView = "application/json"),
            (String = "text/csv"),
        )),
        (status = 404, description = "No such report", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[get("/reports/{report}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadReports>,
    path: web::Path<String>,
    ValidQuery(span): ValidQuery<Span>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let report: Report = path.parse().map_err(|_| Problem::not_found("report"))?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let now = access.property.now(&*clock);
    let today = motel_bookings::queries::business_date(&tx, &access.property, now).await?;
    let from = span.from.unwrap_or(today);
    let until = span.until.unwrap_or(from);
    let rows = queries::report(&mut tx, access.property.id, report, from, until).await?;
    tx.commit().await.map_err(Problem::internal)?;
    if !span.as_sheet {
        return Ok(HttpResponse::Ok().json(ReportView::new(report, from, until, rows)?));
    }
    let name = format!("attachment; filename=\"{report}-{from}-{until}.csv\"");
    let table = sheet(&rows).map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(table))
}

impl ReportView {
    fn new(
        report: Report,
        from: NaiveDate,
        until: NaiveDate,
        rows: Vec<ReportRow>,
    ) -> Result<Self, BillingError> {
        let mut totals: Vec<[Money; 4]> = Vec::new();
        for row in &rows {
            let parts = [row.opening, row.debits, row.credits, row.closing];
            let currency = row.closing.currency();
            let of_currency =
                |total: &&mut [Money; 4]| total.iter().all(|it| it.currency() == currency);
            match totals.iter_mut().find(of_currency) {
                Some(total) => {
                    for (sum, part) in total.iter_mut().zip(parts) {
                        *sum = sum.plus(part)?;
                    }
                }
                None => totals.push(parts),
            }
        }
        Ok(Self {
            report,
            from,
            until,
            rows: rows.into_iter().map(Into::into).collect(),
            totals: totals.into_iter().map(Into::into).collect(),
        })
    }
}

impl From<ReportRow> for ReportRowView {
    fn from(row: ReportRow) -> Self {
        let (folio_id, booking_code) = row.folio.unzip();
        Self {
            day: row.day,
            account: row.account.kind,
            detail: row.account.detail,
            folio_id,
            booking_code,
            opening: row.opening.into(),
            debits: row.debits.into(),
            credits: row.credits.into(),
            closing: row.closing.into(),
        }
    }
}

impl From<[Money; 4]> for TotalView {
    fn from([opening, debits, credits, closing]: [Money; 4]) -> Self {
        Self {
            opening: opening.into(),
            debits: debits.into(),
            credits: credits.into(),
            closing: closing.into(),
        }
    }
}
