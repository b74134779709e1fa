use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::model::{ReceivableRow, StatementRow, money};
use crate::schema::{lines, receivables, statements};
use crate::{LineKind, PlansError, Statement, StatementId, StatementLine};

/// One statement of the tenant.
///
/// # Errors
/// [`PlansError::NotFound`].
pub async fn statement(tx: &mut TenantTx, id: StatementId) -> Result<Statement, PlansError> {
    let row: Option<(StatementRow, ReceivableRow)> = statements::table
        .inner_join(
            receivables::table.on(receivables::tenant_id
                .eq(statements::tenant_id)
                .and(receivables::statement_id.eq(statements::id))),
        )
        .filter(statements::tenant_id.eq(tx.tenant()))
        .filter(statements::id.eq(id))
        .select((StatementRow::as_select(), ReceivableRow::as_select()))
        .first(tx.conn())
        .await
        .optional()?;
    let (row, owed) = row.ok_or(PlansError::NotFound("statement"))?;
    Statement::read(row, owed)
}

/// At most `limit` statements of the tenant, the latest first, from the one after `after` on.
///
/// # Errors
/// The database failed.
pub async fn statements(
    tx: &mut TenantTx,
    after: Option<StatementId>,
    limit: i64,
) -> Result<Vec<Statement>, PlansError> {
    let mut wanted = statements::table
        .inner_join(
            receivables::table.on(receivables::tenant_id
                .eq(statements::tenant_id)
                .and(receivables::statement_id.eq(statements::id))),
        )
        .filter(statements::tenant_id.eq(tx.tenant()))
        .order(statements::id.desc())
        .limit(limit)
        .select((StatementRow::as_select(), ReceivableRow::as_select()))
        .into_boxed();
    if let Some(after) = after {
        wanted = wanted.filter(statements::id.lt(after));
    }
    let rows: Vec<(StatementRow, ReceivableRow)> = wanted.load(tx.conn()).await?;
    rows.into_iter()
        .map(|(row, owed)| Statement::read(row, owed))
        .collect()
}

/// Whether a statement of the tenant should have been paid by now.
///
/// # Errors
/// The database failed.
pub(crate) async fn is_overdue(tx: &mut TenantTx, now: DateTime<Utc>) -> Result<bool, PlansError> {
    let overdue = statements::table
        .inner_join(
            receivables::table.on(receivables::tenant_id
                .eq(statements::tenant_id)
                .and(receivables::statement_id.eq(statements::id))),
        )
        .filter(statements::tenant_id.eq(tx.tenant()))
        .filter(statements::due_at.le(now))
        .filter(receivables::paid_at.is_null());
    Ok(diesel::select(exists(overdue))
        .get_result(tx.conn())
        .await?)
}

/// The lines of a statement, in their order.
///
/// # Errors
/// The database failed.
pub async fn lines(
    tx: &mut TenantTx,
    statement: &Statement,
) -> Result<Vec<StatementLine>, PlansError> {
    let rows: Vec<(LineKind, String, Option<i64>, i64)> = lines::table
        .filter(lines::tenant_id.eq(tx.tenant()))
        .filter(lines::statement_id.eq(statement.id))
        .order(lines::position)
        .select((
            lines::kind,
            lines::description,
            lines::quantity,
            lines::amount_minor,
        ))
        .load(tx.conn())
        .await?;
    let currency = statement.total.currency().code();
    let lines = rows
        .into_iter()
        .map(|(kind, description, quantity, minor)| {
            Ok(StatementLine {
                kind,
                description,
                quantity,
                amount: money(minor, currency)?,
            })
        });
    lines.collect()
}
