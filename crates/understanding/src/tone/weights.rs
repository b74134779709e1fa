use std::collections::HashMap;
use std::sync::LazyLock;

/// How many tones there are.
pub(super) const TONES: usize = 5;

/// What counts for every message.
const ALWAYS: &str = "<always";

/// How much each feature speaks for each tone: `weights.txt`, in hundredths.
#[derive(Default)]
pub(super) struct Weights(HashMap<&'static str, [f64; TONES]>);

/// The weights are part of the program, and a test reads all of them: an unreadable line cannot ship.
pub(super) static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_str!("weights.txt")).unwrap_or_default());

impl Weights {
    fn read(text: &'static str) -> Option<Self> {
        // A family is written with the same mark, but no blank follows it.
        let lines = text.lines().filter(|line| !line.starts_with("# "));
        let read = lines.map(|line| {
            let (feature, figures) = line.split_once(' ')?;
            Some((feature, hundredths(figures)?))
        });
        read.collect::<Option<HashMap<_, _>>>().map(Self)
    }

    /// How likely each tone is; together they are one.
    #[expect(clippy::float_arithmetic, reason = "a share is a measure")]
    pub(super) fn shares<'f>(&self, features: impl Iterator<Item = &'f str>) -> [f64; TONES] {
        let mut sums = [0.0; TONES];
        for feature in features.chain([ALWAYS]) {
            let weights = self.0.get(feature).into_iter().flatten();
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight;
            }
        }
        let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let shares = sums.map(|sum: f64| (sum - most).exp());
        let all: f64 = shares.iter().sum();
        shares.map(|share| share / all)
    }
}

#[expect(clippy::float_arithmetic, reason = "a weight is a measure")]
fn hundredths(figures: &str) -> Option<[f64; TONES]> {
    let read: Option<Vec<f64>> = figures
        .split_whitespace()
        .map(|figure| Some(f64::from(figure.parse::<i16>().ok()?) / 100.0))
        .collect();
    read?.try_into().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_line_is_a_feature_and_five_weights() {
        let weights = Weights::read(include_str!("weights.txt")).unwrap();
        assert!(weights.0.len() > 300 && weights.0.contains_key(ALWAYS));
        assert!(weights.0.contains_key("#slang") && weights.0.contains_key("#worry"));
    }
}
