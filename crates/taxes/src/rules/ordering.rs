use crate::{LevyError, TaxDetails};

/// A tax, a tax on it, and a tax on that: more than this no country has, and it keeps the fractions small.
const DEEPEST: usize = 3;

/// The taxes, each after those it is reckoned on, otherwise in the order they came. Every code they name is there.
///
/// Taxes of one code are one node: what is reckoned on it is reckoned on whichever is in force.
pub(crate) fn in_order(taxes: Vec<TaxDetails>) -> Result<Vec<TaxDetails>, LevyError> {
    let mut ordered: Vec<TaxDetails> = Vec::with_capacity(taxes.len());
    let mut waiting = taxes;
    for _layer in 0..DEEPEST {
        let names: Vec<_> = waiting.iter().map(|tax| tax.code.clone()).collect();
        let blocked: Vec<String> = waiting
            .iter()
            .filter(|tax| tax.on_top_of.iter().any(|base| names.contains(base)))
            .map(|tax| tax.code.clone())
            .collect();
        let (later, now) = waiting
            .into_iter()
            .partition(|tax| blocked.contains(&tax.code));
        waiting = later;
        ordered.extend::<Vec<_>>(now);
    }
    match waiting.last() {
        None => Ok(ordered),
        Some(last) => Err(too_deep_or_circular(last.code.clone(), waiting)),
    }
}

/// What is left after three layers is a circle unless taking more layers off empties it.
fn too_deep_or_circular(code: String, mut waiting: Vec<TaxDetails>) -> LevyError {
    loop {
        let names: Vec<_> = waiting.iter().map(|tax| tax.code.clone()).collect();
        let before = waiting.len();
        waiting.retain(|tax| tax.on_top_of.iter().any(|base| names.contains(base)));
        if waiting.is_empty() {
            return LevyError::TooDeep { code };
        }
        if waiting.len() == before {
            return LevyError::Cycle { codes: names };
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use motel_kernel::BasisPoints;

    use super::*;
    use crate::{Charge, Rounding, Validity};

    fn tax(code: &str, on: &[&str]) -> TaxDetails {
        TaxDetails {
            code: code.to_owned(),
            name: code.to_owned(),
            charge: Charge::Percent(BasisPoints::new(500).unwrap()),
            included: false,
            covers_fees: false,
            on_top_of: on.iter().map(|code| (*code).to_owned()).collect(),
            validity: Validity::default(),
            max_nights: None,
            exempt_flags: Vec::new(),
            age_bands: Vec::new(),
            rounding: Rounding::PerLine,
        }
    }

    fn codes(taxes: Vec<TaxDetails>) -> Result<Vec<String>, LevyError> {
        in_order(taxes).map(|taxes| taxes.into_iter().map(|tax| tax.code).collect())
    }

    #[test]
    fn each_stands_after_what_it_is_reckoned_on() {
        let taxes = vec![tax("c", &["b", "a"]), tax("b", &["a"]), tax("a", &[])];
        assert_eq!(codes(taxes).unwrap(), ["a", "b", "c"]);
    }

    #[test]
    fn circles_are_refused_also_through_a_second_period_of_a_tax() {
        let own = codes(vec![tax("a", &["a"])]);
        assert_eq!(
            own,
            Err(LevyError::Cycle {
                codes: vec!["a".to_owned()]
            })
        );
        let pair = codes(vec![
            tax("a", &[]),
            tax("a", &["b"]),
            tax("b", &["a"]),
            tax("c", &["b"]),
        ]);
        assert!(matches!(pair, Err(LevyError::Cycle { .. })), "{pair:?}");
    }

    #[test]
    fn a_fourth_layer_is_too_deep() {
        let taxes = vec![
            tax("a", &[]),
            tax("b", &["a"]),
            tax("c", &["b"]),
            tax("d", &["c"]),
        ];
        assert_eq!(
            codes(taxes),
            Err(LevyError::TooDeep {
                code: "d".to_owned()
            })
        );
    }
}
