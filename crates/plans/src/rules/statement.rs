use std::collections::BTreeMap;

use motel_kernel::{Money, MoneyError};

use super::overage;
use super::overage::beyond;
use crate::{Adjustment, AdjustmentKind, LineKind, Meter, Period, StatementLine, Terms};

/// A statement before it has a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its lines, which sum up to the total.
    pub lines: Vec<StatementLine>,
    /// What is to be paid; never below nothing.
    pub total: Money,
    /// What is owed to the business beyond this statement; the next one takes it.
    pub left_over: Money,
}

/// Draws up a statement: the period that begins, if one does; what was used beyond the plan in the one that ended; and what has
/// come up meanwhile. `used` is empty after a trial.
///
/// # Errors
/// Amounts that have no sum.
pub fn draft(
    terms: &Terms,
    plan: &str,
    begins: Option<Period>,
    used: &BTreeMap<Meter, i64>,
    adjustments: &[Adjustment],
) -> Result<Draft, MoneyError> {
    let currency = terms.price.currency();
    let mut lines: Vec<StatementLine> = begins
        .map(|period| subscription_line(terms, plan, period))
        .into_iter()
        .collect();
    for (meter, quantity) in used {
        let amount = overage(terms, *meter, *quantity)?;
        if !amount.is_zero() {
            let more = beyond(terms, *meter, *quantity);
            lines.push(StatementLine {
                kind: LineKind::Overage,
                description: format!("{more} {} beyond what the plan includes", meter.words()),
                quantity: Some(more),
                amount,
            });
        }
    }
    lines.extend(adjustments.iter().map(adjustment_line));
    let sum = Money::total(lines.iter().map(|line| line.amount), currency)?;
    if sum.minor() >= 0 {
        return Ok(Draft {
            lines,
            total: sum,
            left_over: Money::zero(currency),
        });
    }
    let left_over = sum.negated()?;
    lines.push(StatementLine {
        kind: LineKind::Credit,
        description: "Kept for your next statement".to_owned(),
        quantity: None,
        amount: left_over,
    });
    Ok(Draft {
        lines,
        total: Money::zero(currency),
        left_over,
    })
}

fn subscription_line(terms: &Terms, plan: &str, period: Period) -> StatementLine {
    let (from, until) = (period.start.format("%F"), period.end.format("%F"));
    StatementLine {
        kind: LineKind::Subscription,
        description: format!("Plan {plan}, {from} to {until}"),
        quantity: None,
        amount: terms.price,
    }
}

fn adjustment_line(adjustment: &Adjustment) -> StatementLine {
    StatementLine {
        kind: match adjustment.kind {
            AdjustmentKind::Proration => LineKind::Proration,
            AdjustmentKind::Overage => LineKind::Overage,
            AdjustmentKind::Credit => LineKind::Credit,
        },
        description: adjustment.description.clone(),
        quantity: None,
        amount: adjustment.amount,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use motel_kernel::Currency;
    use proptest::prelude::*;

    use super::*;
    use crate::MeterTerms;
    use crate::rules::month_after;

    fn terms() -> Terms {
        let meter = MeterTerms {
            included: 100,
            overage_micros: 50_000,
        };
        Terms {
            price: Money::new(2_999, Currency::USD),
            trial_days: 14,
            seats: 5,
            properties: 1,
            meters: BTreeMap::from([(Meter::Minutes, meter)]),
        }
    }

    fn credit(minor: i64) -> Adjustment {
        Adjustment {
            source: "s".to_owned(),
            kind: AdjustmentKind::Credit,
            description: "Paid twice".to_owned(),
            amount: Money::new(minor, Currency::USD),
        }
    }

    fn drawn(minutes: i64, adjustments: &[Adjustment]) -> Draft {
        let period = month_after("2026-12-01T00:00:00Z".parse().unwrap(), 1);
        let used = BTreeMap::from([(Meter::Minutes, minutes)]);
        draft(&terms(), "standard", Some(period), &used, adjustments).unwrap()
    }

    #[test]
    fn the_plan_and_what_went_beyond_it() {
        let drawn = drawn(130, &[credit(-500)]);
        let amounts: Vec<_> = drawn.lines.iter().map(|line| line.amount.minor()).collect();
        assert_eq!(amounts, [2_999, 150, -500]);
        assert_eq!(
            drawn.lines[0].description,
            "Plan standard, 2026-12-01 to 2027-01-01"
        );
        assert_eq!(drawn.lines[1].quantity, Some(30));
        assert_eq!(drawn.total.minor(), 2_649);
    }

    proptest! {
        #[test]
        fn the_lines_are_the_total_and_nothing_is_lost(
            minutes in 0_i64..1_000_000, amounts in proptest::collection::vec(-20_000_i64..20_000, 0..6),
        ) {
            let adjustments: Vec<_> = amounts.iter().map(|minor| credit(*minor)).collect();
            let drawn = drawn(minutes, &adjustments);
            let sum: i64 = drawn.lines.iter().map(|line| line.amount.minor()).sum();
            prop_assert_eq!(sum, drawn.total.minor());
            prop_assert!(drawn.total.minor() >= 0 && drawn.left_over.minor() >= 0);
            let owed = 2_999 + (minutes - 100).max(0) * 5 + amounts.iter().sum::<i64>();
            prop_assert_eq!(owed, drawn.total.minor() - drawn.left_over.minor());
        }
    }
}
