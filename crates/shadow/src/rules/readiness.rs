use std::collections::BTreeMap;

/// Fewer turns of an intent tell nothing.
pub const READY_TURNS: usize = 20;
/// How much a candidate agrees at least where it is ready, in hundredths.
pub const READY_AT: i16 = 90;

/// How far a candidate is with what guests want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentReadiness {
    /// What they want.
    pub intent: String,
    /// How many answers were compared.
    pub turns: usize,
    /// How many of them did and quoted the very same.
    pub same: usize,
    /// The mean agreement, in hundredths.
    pub agreement: i16,
}

impl IntentReadiness {
    /// Whether it may be trusted with it: enough was compared, and agrees.
    pub fn is_ready(&self) -> bool {
        self.turns >= READY_TURNS && self.agreement >= READY_AT
    }
}

/// How far a candidate is, by intent, from what was compared: the intent and the agreement of each.
pub fn readiness(compared: &[(String, i16)]) -> Vec<IntentReadiness> {
    let mut by_intent: BTreeMap<&str, Vec<i16>> = BTreeMap::new();
    for (intent, agreement) in compared {
        by_intent.entry(intent).or_default().push(*agreement);
    }
    let ready = by_intent
        .into_iter()
        .map(|(intent, agreements)| IntentReadiness {
            intent: intent.to_owned(),
            turns: agreements.len(),
            same: agreements.iter().filter(|it| **it == 100).count(),
            agreement: mean(&agreements).unwrap_or(0),
        });
    ready.collect()
}

/// The mean, rounded down.
pub(crate) fn mean(numbers: &[i16]) -> Option<i16> {
    let sum: i64 = numbers.iter().map(|number| i64::from(*number)).sum();
    let count = i64::try_from(numbers.len()).ok()?;
    i16::try_from(sum.checked_div(count)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_turns_and_little_agreement_are_not_ready() {
        let turns = |intent: &str, agreement, times| vec![(intent.to_owned(), agreement); times];
        let compared = [
            turns("book", 95, 20),
            turns("price", 100, 19),
            turns("cancel", 100, 15),
            turns("cancel", 50, 10),
        ]
        .concat();
        let found = readiness(&compared);
        let ready: Vec<_> = found
            .iter()
            .map(|it| (it.intent.as_str(), it.agreement, it.same, it.is_ready()))
            .collect();
        assert_eq!(
            ready,
            [
                ("book", 95, 0, true),
                ("cancel", 80, 15, false),
                ("price", 100, 19, false)
            ]
        );
        assert!(readiness(&[]).is_empty());
    }
}
