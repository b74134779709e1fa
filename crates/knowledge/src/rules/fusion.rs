//! Two orders made into one: reciprocal ranks, added.
#![expect(
    clippy::float_arithmetic,
    reason = "a score is a measure, not a figure of the business"
)]

/// Where a passage stands among those found by word, and among those found by vector; counted from one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Rank {
    pub(crate) by_word: Option<i64>,
    pub(crate) by_vector: Option<i64>,
}

/// How much the first places count above the later ones: the value that is usual since the method was published (Cormack, Clarke and
/// Büttcher, 2009).
const LEVEL: f64 = 60.0;

/// Higher is better. It needs no common scale of the two, only their orders.
pub(crate) fn fused(rank: Rank) -> f64 {
    reciprocal(rank.by_word) + reciprocal(rank.by_vector)
}

/// What a place is worth; none is worth nothing.
#[expect(clippy::cast_precision_loss, reason = "places are small numbers")]
pub(crate) fn reciprocal(place: Option<i64>) -> f64 {
    place.map_or(0.0, |place| 1.0 / (LEVEL + place as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_found_both_ways_comes_before_who_is_first_in_one() {
        let rank = |by_word, by_vector| fused(Rank { by_word, by_vector });
        assert!(rank(Some(3), Some(3)) > rank(Some(1), None));
        assert!(rank(Some(1), None) > rank(None, Some(2)));
        assert!(rank(None, None) < rank(None, Some(40)));
    }
}
