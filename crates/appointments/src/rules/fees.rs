use chrono::{DateTime, Duration, Utc};
use motel_kernel::{BasisPoints, Money};

use crate::{AppointmentError, CancellationStep, FeeRules, Terms};

/// The fees of an appointment that begins at an instant and costs `total`, each rounded once, half away from zero.
pub fn terms(
    rules: &FeeRules,
    starts_at: DateTime<Utc>,
    total: Money,
) -> Result<Terms, AppointmentError> {
    let share = |points: u32| {
        let points = BasisPoints::new(points).map_err(AppointmentError::fault)?;
        Ok::<_, AppointmentError>(total.share(points)?)
    };
    let steps = rules.cancellation.iter().map(|step| {
        Ok(CancellationStep {
            from: starts_at - Duration::hours(step.hours_before.into()),
            fee: share(step.basis_points)?,
        })
    });
    let mut cancellation = steps.collect::<Result<Vec<_>, AppointmentError>>()?;
    cancellation.sort_by_key(|step| step.from);
    Ok(Terms {
        cancellation,
        no_show_fee: share(rules.no_show_basis_points)?,
    })
}

/// What calling off costs at `now`: the largest of the steps that have begun; nothing before the first one.
pub fn cancellation_fee(terms: &Terms, now: DateTime<Utc>) -> Money {
    let begun = terms.cancellation.iter().filter(|step| step.from <= now);
    begun
        .map(|step| step.fee)
        .max_by_key(|fee| fee.minor())
        .unwrap_or(Money::zero(terms.no_show_fee.currency()))
}

/// Terms for a new time that keep the fee that was due before the move: nobody escapes a fee by moving far ahead and
/// calling off then. It is capped at what the appointment costs now.
pub fn carry_over(
    mut terms: Terms,
    due_before: Money,
    total: Money,
    now: DateTime<Utc>,
) -> Result<Terms, AppointmentError> {
    if due_before.is_zero() {
        return Ok(terms);
    }
    // `minus` refuses two currencies.
    let fee = if due_before.minus(total)?.minor() > 0 {
        total
    } else {
        due_before
    };
    terms.cancellation.push(CancellationStep { from: now, fee });
    terms.cancellation.sort_by_key(|step| step.from);
    Ok(terms)
}
