use motel_kernel::Money;

/// At which shares of a budget its owner is told, in percent.
pub const THRESHOLDS: [i16; 3] = [50, 80, 100];

/// The shares that were reached. Amounts of two currencies cannot be compared, so they reach nothing.
pub fn reached(spent: Money, budget: Money) -> impl Iterator<Item = i16> {
    let comparable = spent.currency() == budget.currency();
    let (spent, budget) = (i128::from(spent.minor()), i128::from(budget.minor()));
    THRESHOLDS
        .into_iter()
        .filter(move |share| comparable && spent * 100 >= budget * i128::from(*share))
}

#[cfg(test)]
mod tests {
    use motel_kernel::Currency;

    use super::*;

    #[test]
    fn a_share_is_reached_to_the_cent() {
        let usd = |minor| Money::new(minor, Currency::USD);
        for (spent, shares) in [
            (0, vec![]),
            (499, vec![]),
            (500, vec![50]),
            (799, vec![50]),
            (800, vec![50, 80]),
            (999, vec![50, 80]),
            (1_000, vec![50, 80, 100]),
            (i64::MAX, vec![50, 80, 100]),
        ] {
            let found: Vec<_> = reached(usd(spent), usd(1_000)).collect();
            assert_eq!(found, shares, "{spent}");
        }
    }
}
