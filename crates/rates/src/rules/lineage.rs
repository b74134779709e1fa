use motel_kernel::RatePlanId;

/// How many plans a chain of derived plans may have, the one with base prices included.
pub const LONGEST_CHAIN: usize = 6;

/// Why plans cannot be derived from one another like that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrokenDerivation {
    /// A plan would be derived from itself, by way of others or directly.
    #[error("rate plan {code:?} would be derived from itself")]
    Cycle {
        /// The code of a plan on the cycle.
        code: String,
    },
    /// Too many plans one after the other.
    #[error("rate plan {code:?} would be the end of a chain of more than {LONGEST_CHAIN} plans")]
    TooDeep {
        /// The code of the plan at its end.
        code: String,
    },
    /// The parent is no plan of the property.
    #[error("the plan that {code:?} is derived from does not exist")]
    NoParent {
        /// The code of the plan without one.
        code: String,
    },
}

/// A plan and what it is derived from.
#[derive(Debug, Clone, Copy)]
pub struct Descent<'a> {
    /// The plan.
    pub id: RatePlanId,
    /// Its code.
    pub code: &'a str,
    /// The plan its prices come from.
    pub parent: Option<RatePlanId>,
}

/// For every plan, in the order given, the places of the plans its price comes from: the one with base prices first, the
/// plan itself last.
///
/// # Errors
/// [`BrokenDerivation`]: a cycle, a chain of more than [`LONGEST_CHAIN`] plans, a parent that is not among the plans.
pub fn lineages(plans: &[Descent<'_>]) -> Result<Vec<Vec<usize>>, BrokenDerivation> {
    (0..plans.len()).map(|at| lineage(plans, at)).collect()
}

fn lineage(plans: &[Descent<'_>], at: usize) -> Result<Vec<usize>, BrokenDerivation> {
    let code = || {
        plans
            .get(at)
            .map_or_else(String::new, |plan| plan.code.to_owned())
    };
    let mut line = vec![at];
    let mut next = plans.get(at).and_then(|plan| plan.parent);
    while let Some(parent) = next {
        let found = plans.iter().position(|plan| plan.id == parent);
        let Some(found) = found else {
            return Err(BrokenDerivation::NoParent { code: code() });
        };
        if line.contains(&found) {
            return Err(BrokenDerivation::Cycle { code: code() });
        }
        line.push(found);
        next = plans.get(found).and_then(|plan| plan.parent);
    }
    if line.len() > LONGEST_CHAIN {
        return Err(BrokenDerivation::TooDeep { code: code() });
    }
    line.reverse();
    Ok(line)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use proptest::prelude::*;

    use super::*;

    /// Plans where each names the place of its parent.
    fn check(parents: &[Option<usize>]) -> Result<Vec<Vec<usize>>, BrokenDerivation> {
        let ids: Vec<_> = parents.iter().map(|_| RatePlanId::new()).collect();
        let plans: Vec<_> = parents
            .iter()
            .zip(&ids)
            .map(|(parent, id)| Descent {
                id: *id,
                code: "plan",
                parent: parent.map(|at| ids[at]),
            })
            .collect();
        lineages(&plans)
    }

    #[test]
    fn a_chain_runs_from_the_base_and_a_cycle_is_refused() {
        assert_eq!(
            check(&[None, Some(0), Some(1)]).unwrap(),
            [vec![0], vec![0, 1], vec![0, 1, 2]]
        );
        let cycle = |parents: &[_]| matches!(check(parents), Err(BrokenDerivation::Cycle { .. }));
        assert!(cycle(&[Some(0)]));
        assert!(cycle(&[Some(1), Some(0)]));
        assert!(cycle(&[None, Some(2), Some(3), Some(1)]));
        let orphan = Descent {
            id: RatePlanId::new(),
            code: "orphan",
            parent: Some(RatePlanId::new()),
        };
        assert!(matches!(
            lineages(&[orphan]),
            Err(BrokenDerivation::NoParent { .. })
        ));
    }

    #[test]
    fn a_chain_has_a_bound() {
        let chain =
            |plans: usize| check(&(0..plans).map(|at| at.checked_sub(1)).collect::<Vec<_>>());
        assert!(chain(LONGEST_CHAIN).is_ok());
        assert!(matches!(
            chain(LONGEST_CHAIN + 1),
            Err(BrokenDerivation::TooDeep { .. })
        ));
    }

    proptest! {
        #[test]
        fn every_line_ends_with_the_plan_and_never_repeats_one(parents in proptest::collection::vec(proptest::option::of(0_usize..6), 6)) {
            if let Ok(lines) = check(&parents) {
                for (at, line) in lines.iter().enumerate() {
                    prop_assert_eq!(*line.last().unwrap(), at);
                    prop_assert_eq!(parents[line[0]], None);
                    prop_assert!(line.windows(2).all(|pair| parents[pair[1]] == Some(pair[0])));
                }
            }
        }
    }
}
