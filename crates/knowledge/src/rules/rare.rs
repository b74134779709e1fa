/// In how many passages the words that are looked for may stand, all together, in a large collection.
const MOST_PASSAGES: i64 = 2_000;

/// The stems worth looking for, of those that stand in so many passages each: the rarest, until they would bring too many passages. A
/// word that stands everywhere costs the most time and tells passages apart the least; it still counts when the passages that were
/// found are scored. In a small collection that is every stem that stands anywhere.
pub(crate) fn rarest(stems: &[(String, i64)]) -> Vec<&str> {
    let mut known: Vec<&(String, i64)> = stems.iter().filter(|(_, count)| *count > 0).collect();
    known.sort_by(|(a, few), (b, many)| few.cmp(many).then_with(|| a.cmp(b)));
    known.dedup();
    let mut brought = 0;
    known
        .into_iter()
        .enumerate()
        .take_while(|(index, (_, count))| {
            brought += count;
            *index == 0 || brought <= MOST_PASSAGES
        })
        .map(|(_, (stem, _))| stem.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(counts: &[(&str, i64)]) -> Vec<(String, i64)> {
        counts
            .iter()
            .map(|(stem, count)| ((*stem).to_owned(), *count))
            .collect()
    }

    #[test]
    fn frequent_words_are_not_looked_for_in_a_large_collection() {
        let all = stems(&[("room", 9_000), ("sauna", 3), ("towel", 800), ("none", 0)]);
        assert_eq!(rarest(&all), ["sauna", "towel"]);
        assert_eq!(rarest(&stems(&[("room", 9_000), ("bed", 9_500)])), ["room"]);
        assert_eq!(
            rarest(&stems(&[("dog", 3), ("dog", 3), ("bed", 9)])),
            ["dog", "bed"]
        );
        assert!(rarest(&stems(&[("none", 0)])).is_empty());
    }
}
