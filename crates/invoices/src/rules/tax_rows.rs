use motel_kernel::MoneyError;

use crate::{InvoiceLine, TaxName, TaxRow};

/// What the lines come to of each tax, at each rate: those that are lines of their own, then those within the prices.
pub(crate) fn tax_rows(lines: &[InvoiceLine]) -> Result<Vec<TaxRow>, MoneyError> {
    let mut rows: Vec<TaxRow> = Vec::new();
    let on_top = lines
        .iter()
        .filter_map(|line| line.tax.as_ref().map(|tax| (tax, false, line.amount)));
    let within = lines.iter().flat_map(|line| &line.within);
    let within = within.map(|within| (&within.tax, true, within.amount));
    for (tax, included, amount) in on_top.chain(within) {
        let same = |row: &&mut TaxRow| row.included == included && is_same(&row.tax, tax);
        match rows.iter_mut().find(same) {
            Some(row) => row.amount = row.amount.plus(amount)?,
            None => rows.push(TaxRow {
                tax: tax.clone(),
                included,
                amount,
            }),
        }
    }
    Ok(rows)
}

fn is_same(one: &TaxName, other: &TaxName) -> bool {
    one.code == other.code && one.rate == other.rate
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_kernel::{BasisPoints, Currency, Money, PostingId};

    use super::*;
    use crate::TaxWithin;

    fn name(code: &str, rate: u32) -> TaxName {
        TaxName {
            code: code.to_owned(),
            name: code.to_uppercase(),
            rate: BasisPoints::new(rate).ok(),
        }
    }

    fn line(minor: i64, tax: Option<TaxName>, within: &[(TaxName, i64)]) -> InvoiceLine {
        let usd = |minor| Money::new(minor, Currency::USD);
        InvoiceLine {
            position: 1,
            posting: PostingId::new(),
            date: None,
            description: String::new(),
            amount: usd(minor),
            tax,
            within: within
                .iter()
                .map(|(tax, minor)| TaxWithin {
                    tax: tax.clone(),
                    amount: usd(*minor),
                })
                .collect(),
        }
    }

    #[test]
    fn each_tax_is_one_row_for_each_rate() {
        let lines = [
            line(10_700, None, &[(name("vat", 700), 700)]),
            line(10_700, None, &[(name("vat", 700), 700)]),
            line(11_900, None, &[(name("vat", 1_900), 1_900)]),
            line(500, Some(name("city", 500)), &[]),
            line(-100, Some(name("city", 500)), &[]),
        ];
        let rows: Vec<_> = tax_rows(&lines)
            .unwrap()
            .into_iter()
            .map(|row| (row.tax, row.included, row.amount.minor()))
            .collect();
        assert_eq!(
            rows,
            [
                (name("city", 500), false, 400),
                (name("vat", 700), true, 1_400),
                (name("vat", 1_900), true, 1_900),
            ]
        );
    }
}
