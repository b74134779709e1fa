//! Figures of several runs.

use serde::Serialize;

/// What one load came to.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Measured {
    /// Requests answered as they should be, per second.
    pub rate: f64,
    /// Half of them were answered within so many milliseconds.
    pub p50_ms: f64,
    /// 99 of 100 were.
    pub p99_ms: f64,
    /// All of them were.
    pub slowest_ms: f64,
    /// Requests that were answered as they should be.
    pub good: u64,
    /// Requests that were not.
    pub bad: u64,
}

/// The figure in the middle; of an even number the lower one of the two. Nothing has the median 0.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    let middle = figures.len().saturating_sub(1) / 2;
    figures.get(middle).copied().unwrap_or_default()
}

/// How many times `small` fits into `large`.
#[expect(clippy::float_arithmetic, reason = "a ratio of rates")]
pub fn ratio(large: f64, small: f64) -> f64 {
    if small == 0.0 { 0.0 } else { large / small }
}

/// Seconds as milliseconds.
#[expect(clippy::float_arithmetic, reason = "a unit of time")]
pub fn milliseconds(seconds: f64) -> f64 {
    seconds * 1_000.0
}

impl Measured {
    /// The median of each figure; good and bad ones are summed up.
    pub fn median_of(runs: &[Self]) -> Self {
        Self {
            rate: median(runs.iter().map(|run| run.rate)),
            p50_ms: median(runs.iter().map(|run| run.p50_ms)),
            p99_ms: median(runs.iter().map(|run| run.p99_ms)),
            slowest_ms: median(runs.iter().map(|run| run.slowest_ms)),
            good: runs.iter().map(|run| run.good).sum(),
            bad: runs.iter().map(|run| run.bad).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_a_figure_that_was_measured() {
        assert_eq!(
            median([3.0, 1.0, 2.0]).total_cmp(&2.0),
            std::cmp::Ordering::Equal
        );
        assert_eq!(
            median([2.0, 1.0]).total_cmp(&1.0),
            std::cmp::Ordering::Equal
        );
        assert_eq!(median([]).total_cmp(&0.0), std::cmp::Ordering::Equal);
    }
}
