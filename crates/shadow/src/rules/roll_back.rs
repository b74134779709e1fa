use super::mean;
use crate::{Ending, Terms};

/// How a candidate did lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rates {
    /// How many turns were scored.
    pub turns: usize,
    /// Of a hundred, how many it left to the built-in engine for a fault of its own.
    pub fallbacks: i16,
    /// Of a hundred, how many failed.
    pub failures: i16,
    /// How long 95 of a hundred took at most, in milliseconds.
    pub p95_ms: i32,
    /// The mean agreement, in hundredths; none where nothing was compared.
    pub agreement: Option<i16>,
}

impl Rates {
    /// From how each turn ended, how long it took, and how much it agreed.
    pub fn of(scores: &[(Ending, i32, Option<i16>)]) -> Self {
        let share = |of: Ending| {
            let number = scores.iter().filter(|(ending, ..)| *ending == of).count();
            let share = (number * 100).checked_div(scores.len()).unwrap_or(0);
            i16::try_from(share).unwrap_or(100)
        };
        let mut times: Vec<i32> = scores.iter().map(|(_, took, _)| *took).collect();
        times.sort_unstable();
        let last_of_95 = (times.len() * 95).div_ceil(100).saturating_sub(1);
        let agreements: Vec<i16> = scores.iter().filter_map(|(.., it)| *it).collect();
        Self {
            turns: scores.len(),
            fallbacks: share(Ending::FellBack),
            failures: share(Ending::Failed),
            p95_ms: times.get(last_of_95).copied().unwrap_or(0),
            agreement: mean(&agreements),
        }
    }
}

impl Terms {
    /// Why a candidate that does like this is to be taken back, as a clause; nothing as long as it may go on.
    pub fn breach(&self, rates: &Rates) -> Option<String> {
        if i32::try_from(rates.turns).is_ok_and(|turns| turns < self.least_turns) {
            return None;
        }
        let Rates {
            turns,
            fallbacks,
            failures,
            p95_ms,
            ..
        } = rates;
        let agreement = rates.agreement.filter(|it| *it < self.least_agreement);
        if *failures > self.most_failures {
            return Some(format!(
                "{failures} % of {turns} turns failed, more than {} %",
                self.most_failures
            ));
        }
        if *fallbacks > self.most_fallbacks {
            return Some(format!(
                "{fallbacks} % of {turns} turns were not fit to be sent, more than {} %",
                self.most_fallbacks
            ));
        }
        if *p95_ms > self.slowest_ms {
            return Some(format!(
                "95 % of {turns} answers took up to {p95_ms} ms, more than {} ms",
                self.slowest_ms
            ));
        }
        agreement.map(|agreement| {
            format!(
                "it agreed by {agreement} % with what guests heard, less than {} %",
                self.least_agreement
            )
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn rates(bad: Ending, number: usize) -> Rates {
        let mut scores = vec![(Ending::Answered, 100, Some(90)); 100 - number];
        scores.extend(vec![(bad, 100, None); number]);
        Rates::of(&scores)
    }

    #[test]
    fn each_bound_takes_a_candidate_back_and_not_before() {
        let terms = Terms::default();
        assert_eq!(terms.breach(&rates(Ending::House, 60)), None);
        assert_eq!(terms.breach(&rates(Ending::FellBack, 10)), None);
        assert_eq!(terms.breach(&rates(Ending::Failed, 5)), None);
        let fell_back = terms.breach(&rates(Ending::FellBack, 11)).unwrap();
        assert!(fell_back.starts_with("11 % of 100 turns"), "{fell_back}");
        assert!(
            terms
                .breach(&rates(Ending::Failed, 6))
                .unwrap()
                .contains("failed")
        );
        let good = rates(Ending::House, 0);
        let slow = Rates {
            p95_ms: 8_001,
            ..good
        };
        assert!(terms.breach(&slow).unwrap().contains("8001 ms"));
        let other = Rates {
            agreement: Some(69),
            ..good
        };
        assert!(terms.breach(&other).unwrap().contains("69 %"));
        let unknown = Rates {
            agreement: None,
            ..good
        };
        assert_eq!(terms.breach(&unknown), None);
    }

    #[test]
    fn few_turns_take_nobody_back() {
        let scores = vec![(Ending::Failed, 9_000, None); 29];
        assert_eq!(Terms::default().breach(&Rates::of(&scores)), None);
        let scores = vec![(Ending::Failed, 9_000, None); 30];
        assert!(Terms::default().breach(&Rates::of(&scores)).is_some());
    }

    #[test]
    fn the_slowest_five_of_a_hundred_are_left_out() {
        let times = |slow: usize| {
            let mut scores = vec![(Ending::Answered, 10, None); 100 - slow];
            scores.extend(vec![(Ending::Answered, 9_000, None); slow]);
            Rates::of(&scores).p95_ms
        };
        assert_eq!((times(5), times(6)), (10, 9_000));
        assert_eq!(Rates::of(&[]), Rates::default());
    }
}
