use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_tenancy::http::{CurrentClock, StaffAccess};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, MoneyView, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{LineKind, PlanDesk, Statement, StatementId, StatementLine, queries};

/// A statement of what the business owes to the operator, without its lines.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementHeadView {
    /// Which.
    #[schema(value_type = Uuid)]
    id: StatementId,
    /// Its number: `RM-2026-000123`.
    number: String,
    /// The period whose price it asks for begins here …
    period_start: DateTime<Utc>,
    /// … and ends here; it is of no length on the last statement of a subscription.
    period_end: DateTime<Utc>,
    /// When it was issued.
    issued_at: DateTime<Utc>,
    /// Until when it is to be paid.
    due_at: DateTime<Utc>,
    /// How much.
    total: MoneyView,
    /// Since when it is paid; `null` while it is not.
    #[schema(required)]
    paid_at: Option<DateTime<Utc>>,
}

/// A statement with its lines.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanStatementView {
    /// What stands at its head.
    statement: StatementHeadView,
    /// Its lines, which sum up to the total.
    lines: Vec<StatementLineView>,
}

/// A line of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementLineView {
    /// `subscription`, `overage`, `proration` or `credit`.
    #[schema(value_type = String)]
    kind: LineKind,
    /// In words.
    description: String,
    /// How many units, where it counts some.
    #[schema(required)]
    quantity: Option<i64>,
    /// Below nothing when it is owed to the business.
    amount: MoneyView,
}

/// A page on which a statement can be paid.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayPageView {
    /// The address of the page.
    payment_url: String,
    /// What is to be paid on it.
    amount: MoneyView,
    /// When it stops taking money.
    expires_at: DateTime<Utc>,
}

impl From<Statement> for StatementHeadView {
    fn from(statement: Statement) -> Self {
        Self {
            id: statement.id,
            number: statement.number,
            period_start: statement.period.start,
            period_end: statement.period.end,
            issued_at: statement.issued_at,
            due_at: statement.due_at,
            total: statement.total.into(),
            paid_at: statement.paid_at,
        }
    }
}

impl From<StatementLine> for StatementLineView {
    fn from(line: StatementLine) -> Self {
        Self {
            kind: line.kind,
            description: line.description,
            quantity: line.quantity,
            amount: line.amount.into(),
        }
    }
}

/// Lists the statements, the latest first.
#[utoipa::path(
    tag = "subscription",
    operation_id = "list_statements",
    params(CursorParams),
    responses((status = 200, description = "A page of statements", body = CursorPage<StatementHeadView>))
)]
#[get("/statements")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadPlatformPlan>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<StatementHeadView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::statements(&mut tx, page.after()?, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(found, &page, |statement| statement.id)?;
    Ok(web::Json(page.map(StatementHeadView::from)))
}

/// Shows a statement with its lines.
#[utoipa::path(
    tag = "subscription",
    operation_id = "show_statement",
    params(("id" = Uuid, Path, description = "Which")),
    responses((status = 200, description = "The statement", body = PlanStatementView))
)]
#[get("/statements/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadPlatformPlan>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<PlanStatementView>, Problem> {
    let id = id_of(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let statement = queries::statement(&mut tx, id).await?;
    let lines = queries::lines(&mut tx, &statement).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(PlanStatementView {
        statement: statement.into(),
        lines: lines.into_iter().map(StatementLineView::from).collect(),
    }))
}

/// Makes a page on which a statement can be paid. Asked again it answers the same page until the statement is paid or the page is
/// over, so it takes no `Idempotency-Key`; and since a gateway is asked, no `dry_run`.
#[utoipa::path(
    tag = "subscription",
    operation_id = "pay_statement",
    params(("id" = Uuid, Path, description = "Which")),
    responses(
        (status = 200, description = "The page", body = PayPageView),
        (status = 409, description = "`statement_paid`"),
        (status = 503, description = "`payments_unavailable`", content_type = "application/problem+json"),
    )
)]
#[post("/statements/{id}/actions/pay")]
pub(crate) async fn pay(
    access: StaffAccess<may::WritePlatformPlan>,
    path: web::Path<String>,
    desk: web::Data<PlanDesk>,
    clock: CurrentClock,
) -> Result<web::Json<PayPageView>, Problem> {
    let page = desk.pay_page(access.tenant, id_of(&path)?, clock.now());
    let page = page.await?;
    Ok(web::Json(PayPageView {
        payment_url: page.url,
        amount: page.payment.amount.into(),
        expires_at: page.expires_at,
    }))
}

fn id_of(path: &str) -> Result<StatementId, Problem> {
    path.parse().map_err(|_| Problem::not_found("statement"))
}
