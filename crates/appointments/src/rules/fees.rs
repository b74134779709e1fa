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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_kernel::Currency;

    use super::super::examples::at;
    use super::*;
    use crate::FeeStep;

    fn dollars(amount: i64) -> Money {
        Money::new(amount * 100, Currency::USD)
    }

    fn steps() -> FeeRules {
        let step = |hours_before, basis_points| FeeStep {
            hours_before,
            basis_points,
        };
        FeeRules {
            cancellation: vec![step(24, 10_000), step(168, 5_000)],
            no_show_basis_points: 10_000,
        }
    }

    #[test]
    fn the_fee_rises_as_the_day_comes_closer() {
        let terms = terms(&steps(), at("2026-12-20T18:00:00Z"), dollars(1_650)).unwrap();
        let fee = |now| cancellation_fee(&terms, at(now));
        assert_eq!(fee("2026-12-13T17:59:59Z"), dollars(0));
        assert_eq!(fee("2026-12-13T18:00:00Z"), dollars(825));
        assert_eq!(fee("2026-12-19T18:00:00Z"), dollars(1_650));
        assert_eq!(terms.no_show_fee, dollars(1_650));
    }

    #[test]
    fn moving_far_ahead_does_not_shake_off_a_fee_that_was_due() {
        let now = at("2026-12-14T00:00:00Z");
        let later = terms(&steps(), at("2027-06-01T18:00:00Z"), dollars(1_650)).unwrap();
        let carried = carry_over(later.clone(), dollars(825), dollars(1_650), now).unwrap();
        assert_eq!(cancellation_fee(&carried, now), dollars(825));
        assert_eq!(cancellation_fee(&later, now), dollars(0));
        assert_eq!(
            cancellation_fee(&carried, at("2027-06-01T00:00:00Z")),
            dollars(1_650)
        );
        // Not more than it costs by now.
        let smaller = carry_over(later, dollars(825), dollars(500), now).unwrap();
        assert_eq!(cancellation_fee(&smaller, now), dollars(500));
    }
}
