use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_tenancy::{Policies, Property, TenantKind};

use super::has_offer;
use super::step::{Mark, Setup, Step, StepState};
use crate::OnboardingError;
use crate::schema::steps;

/// How far a business is.
///
/// # Errors
/// The database failed.
pub async fn setup(
    tx: &mut TenantTx,
    property: &Property,
    kind: TenantKind,
) -> Result<Setup, OnboardingError> {
    let marks = marks(tx).await?;
    let mut states = Vec::with_capacity(Step::ALL.len());
    for step in Step::ALL.iter().copied() {
        let is_there = is_there(tx, property, kind, step).await?;
        states.push((step, StepState::of(is_there, marks.get(&step).copied())));
    }
    Ok(Setup(states))
}

/// Whether what a step brings about is there, whoever brought it about.
async fn is_there(
    tx: &mut TenantTx,
    property: &Property,
    kind: TenantKind,
    step: Step,
) -> Result<bool, OnboardingError> {
    Ok(match step {
        Step::Property => property.address.is_told(),
        Step::Offer => has_offer(tx, property.id, kind).await?,
        Step::HouseRules => property.policies != Policies::default(),
        // That somebody knows the address stands in no row but the mark.
        Step::Channel => false,
        Step::Trial => {
            let talks = motel_conversations::queries::recent(tx, 1).await?;
            !talks.is_empty()
        }
    })
}

async fn marks(tx: &mut TenantTx) -> Result<HashMap<Step, Mark>, OnboardingError> {
    let rows: Vec<(Step, Mark)> = steps::table
        .filter(steps::tenant_id.eq(tx.tenant()))
        .select((steps::step, steps::mark))
        .load(tx.conn())
        .await?;
    Ok(rows.into_iter().collect())
}

/// Notes that a step was looked at in which there is nothing to do.
///
/// # Errors
/// The database failed.
pub async fn mark_seen(
    tx: &mut TenantTx,
    step: Step,
    now: DateTime<Utc>,
) -> Result<(), OnboardingError> {
    mark(tx, step, Mark::Seen, now).await
}

/// Puts a step off. It can be done at any time all the same.
///
/// # Errors
/// The database failed.
pub async fn skip(
    tx: &mut TenantTx,
    step: Step,
    now: DateTime<Utc>,
) -> Result<(), OnboardingError> {
    mark(tx, step, Mark::Skipped, now).await
}

async fn mark(
    tx: &mut TenantTx,
    step: Step,
    mark: Mark,
    now: DateTime<Utc>,
) -> Result<(), OnboardingError> {
    let row = (
        steps::tenant_id.eq(tx.tenant()),
        steps::step.eq(step),
        steps::mark.eq(mark),
        steps::marked_at.eq(now),
    );
    diesel::insert_into(steps::table)
        .values(row)
        .on_conflict((steps::tenant_id, steps::step))
        .do_update()
        .set((
            steps::mark.eq(excluded(steps::mark)),
            steps::marked_at.eq(excluded(steps::marked_at)),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
