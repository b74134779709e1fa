//! Counting what was found, made up and missed.

#![expect(clippy::float_arithmetic, reason = "a score is a measure")]

/// Right, made up and missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) wrong: usize,
    pub(crate) missed: usize,
}

impl Tally {
    /// Adds one comparison: what was wanted, what was predicted, and whether they are equal.
    pub(crate) fn compare(&mut self, wanted: bool, predicted: bool, equal: bool) {
        if wanted && predicted && equal {
            self.right += 1;
            return;
        }
        self.wrong += usize::from(predicted);
        self.missed += usize::from(wanted);
    }

    /// Adds two lists without order.
    pub(crate) fn add(&mut self, wanted: &[String], predicted: &[String]) {
        let right = predicted.iter().filter(|one| wanted.contains(one)).count();
        self.right += right;
        self.wrong += predicted.len() - right;
        self.missed += wanted.iter().filter(|one| !predicted.contains(one)).count();
    }

    pub(crate) fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    pub(crate) fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    pub(crate) fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    }

    /// F1, precision and recall in words.
    pub(crate) fn show(self) -> String {
        format!(
            "{:.3} (precision {:.3}, recall {:.3})",
            self.f1(),
            self.precision(),
            self.recall()
        )
    }
}

/// A part of a whole; nothing of nothing is nothing.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of sentences are far below 2^52"
    )]
    let ratio = |a: usize, b: usize| a as f64 / b as f64;
    if whole == 0 { 0.0 } else { ratio(part, whole) }
}

/// A share as it is printed.
pub(crate) fn shown(part: usize, whole: usize) -> String {
    format!("{:.3} ({part}/{whole})", share(part, whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_value_is_made_up_and_missed() {
        let mut tally = Tally::default();
        tally.compare(true, true, true);
        tally.compare(true, true, false);
        tally.compare(false, true, false);
        tally.compare(true, false, false);
        assert_eq!(
            tally,
            Tally {
                right: 1,
                wrong: 2,
                missed: 2
            }
        );
        assert_eq!(tally.show(), "0.333 (precision 0.333, recall 0.333)");
        assert_eq!(
            Tally::default().show(),
            "0.000 (precision 0.000, recall 0.000)"
        );
    }
}
