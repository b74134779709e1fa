use chrono::{DateTime, Datelike, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid};
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::TenantId;

use super::closing::Closing;
use crate::model::AdjustmentRow;
use crate::rules::DUE_DAYS;
use crate::schema::{adjustments, lines, receivables, series, statements};
use crate::{Adjustment, AdjustmentKind, PlansError, Stage, StatementId};

/// The most parameters PostgreSQL takes in a statement, with some to spare.
const MOST_PARAMETERS: usize = 60_000;

/// How many of them a line takes.
const OF_A_LINE: usize = 7;

/// A statement that is being issued.
struct Issued<'a> {
    id: StatementId,
    number: i32,
    closing: &'a Closing,
}

/// Issues the statements of all that have something on theirs. The numbers come last of all locks and are held until the commit.
pub(super) async fn issue(
    tx: &mut PlatformTx,
    closings: &[Closing],
    now: DateTime<Utc>,
) -> Result<(), PlansError> {
    let worth = |closing: &&Closing| !closing.draft.lines.is_empty();
    let closings: Vec<&Closing> = closings.iter().filter(worth).collect();
    if closings.is_empty() {
        return Ok(());
    }
    let year = i16::try_from(now.year()).map_err(PlansError::fault)?;
    let last = take_numbers(tx, year, closings.len()).await?;
    let numbers = (1..=last).rev().take(closings.len());
    let issued: Vec<Issued<'_>> = closings
        .into_iter()
        .zip(numbers)
        .map(|(closing, number)| Issued {
            id: StatementId::new(),
            number,
            closing,
        })
        .collect();
    write_statements(tx, &issued, year, now).await?;
    write_lines(tx, &issued).await?;
    write_receivables(tx, &issued, now).await?;
    use_up_adjustments(tx, &issued).await?;
    keep_left_over(tx, &issued).await
}

/// The last of so many new numbers of a year.
async fn take_numbers(tx: &mut PlatformTx, year: i16, count: usize) -> Result<i32, PlansError> {
    let count = i32::try_from(count).map_err(PlansError::fault)?;
    let last = diesel::insert_into(series::table)
        .values((series::year.eq(year), series::last.eq(count)))
        .on_conflict(series::year)
        .do_update()
        .set(series::last.eq(series::last + excluded(series::last)))
        .returning(series::last)
        .get_result(tx.conn())
        .await?;
    Ok(last)
}

async fn write_statements(
    tx: &mut PlatformTx,
    issued: &[Issued<'_>],
    year: i16,
    now: DateTime<Utc>,
) -> Result<(), PlansError> {
    let rows: Vec<_> = issued
        .iter()
        .map(|one| {
            let (period, total) = (one.closing.next, one.closing.draft.total);
            (
                statements::tenant_id.eq(one.closing.subscription.tenant),
                statements::id.eq(one.id),
                statements::year.eq(year),
                statements::sequence.eq(one.number),
                statements::period_start.eq(period.start),
                statements::period_end.eq(period.end),
                statements::issued_at.eq(now),
                statements::due_at.eq(now + TimeDelta::days(DUE_DAYS)),
                statements::total_minor.eq(total.minor()),
                statements::currency.eq(total.currency().code()),
            )
        })
        .collect();
    diesel::insert_into(statements::table)
        .values(rows)
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn write_lines(tx: &mut PlatformTx, issued: &[Issued<'_>]) -> Result<(), PlansError> {
    let mut rows = Vec::new();
    for one in issued {
        for (position, line) in (1_i32..).zip(&one.closing.draft.lines) {
            rows.push((
                lines::tenant_id.eq(one.closing.subscription.tenant),
                lines::statement_id.eq(one.id),
                lines::position.eq(position),
                lines::kind.eq(line.kind),
                lines::description.eq(&line.description),
                lines::quantity.eq(line.quantity),
                lines::amount_minor.eq(line.amount.minor()),
            ));
        }
    }
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(MOST_PARAMETERS / OF_A_LINE));
        diesel::insert_into(lines::table)
            .values(rows)
            .execute(tx.conn())
            .await?;
        rows = rest;
    }
    Ok(())
}

/// What comes to nothing is paid.
async fn write_receivables(
    tx: &mut PlatformTx,
    issued: &[Issued<'_>],
    now: DateTime<Utc>,
) -> Result<(), PlansError> {
    let rows: Vec<_> = issued
        .iter()
        .map(|one| {
            let is_paid = one.closing.draft.total.is_zero();
            (
                receivables::tenant_id.eq(one.closing.subscription.tenant),
                receivables::statement_id.eq(one.id),
                receivables::stage.eq(Stage::New),
                receivables::next_at.eq((!is_paid).then_some(now)),
                receivables::paid_at.eq(is_paid.then_some(now)),
            )
        })
        .collect();
    diesel::insert_into(receivables::table)
        .values(rows)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Nothing can have come up since they were read: whoever adds one holds the subscription.
async fn use_up_adjustments(tx: &mut PlatformTx, issued: &[Issued<'_>]) -> Result<(), PlansError> {
    let tenants: Vec<TenantId> = issued
        .iter()
        .map(|one| one.closing.subscription.tenant)
        .collect();
    let ids: Vec<StatementId> = issued.iter().map(|one| one.id).collect();
    diesel::sql_query(
        "UPDATE plans.adjustments AS taken SET statement_id = statement.id
         FROM unnest($1, $2) AS statement (tenant_id, id)
         WHERE taken.tenant_id = statement.tenant_id AND taken.statement_id IS NULL",
    )
    .bind::<Array<Uuid>, _>(tenants)
    .bind::<Array<Uuid>, _>(ids)
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn keep_left_over(tx: &mut PlatformTx, issued: &[Issued<'_>]) -> Result<(), PlansError> {
    let mut rows = Vec::new();
    for one in issued {
        let left_over = one.closing.draft.left_over;
        if !left_over.is_zero() {
            let adjustment = Adjustment {
                source: format!("statement:{}", one.id),
                kind: AdjustmentKind::Credit,
                description: "Kept from your last statement".to_owned(),
                amount: left_over.negated()?,
            };
            rows.push(AdjustmentRow::new(
                one.closing.subscription.tenant,
                &adjustment,
            ));
        }
    }
    if !rows.is_empty() {
        diesel::insert_into(adjustments::table)
            .values(rows)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}
