//! Forgiving one slip of the finger in longer words.

/// Shorter words differ by one letter from too many others.
const SHORTEST: usize = 6;

/// Whether `word` is `meant` with one letter wrong, missing, added or swapped with its neighbour.
///
/// A plural is not a slip: "mondays" says something else than "monday".
pub(super) fn is_slip_of(word: &str, meant: &str) -> bool {
    let word: Vec<char> = word.chars().take(32).collect();
    let meant: Vec<char> = meant.chars().collect();
    if meant.len() < SHORTEST || word.len().abs_diff(meant.len()) > 1 || word == meant {
        return false;
    }
    let plural = word.len() > meant.len() && word.starts_with(&meant);
    !plural && one_edit(&word, &meant)
}

fn one_edit(left: &[char], right: &[char]) -> bool {
    let same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (l, r) = (
        left.get(same..).unwrap_or_default(),
        right.get(same..).unwrap_or_default(),
    );
    let tail = |list: &'_ [char], from: usize| list.get(from..).unwrap_or_default().to_vec();
    let swapped = match (l, r) {
        ([a, b, rest @ ..], [c, d, other @ ..]) => a == d && b == c && rest == other,
        _ => false,
    };
    swapped || tail(l, 1) == r || l == tail(r, 1) || tail(l, 1) == tail(r, 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn single_slips_only() {
        for slip in ["tommorrow", "tomorow", "tomorrwo", "tomorriw"] {
            assert!(is_slip_of(slip, "tomorrow"), "{slip}");
        }
        for other in ["tomorrow", "tomorrows", "sorrow", "", "monday"] {
            assert!(!is_slip_of(other, "tomorrow"), "{other}");
        }
        assert!(!is_slip_of("sunday", "monday"));
        assert!(!is_slip_of("match", "march"));
    }
}
