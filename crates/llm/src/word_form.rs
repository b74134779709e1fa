//! Words of a text in a form in which different endings meet.

/// Words that say nothing about the subject of a text.
const EMPTY_WORDS: &[&str] = &[
    "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can",
    "could", "d", "did", "do", "does", "for", "from", "had", "has", "have", "how", "i", "if", "in",
    "is", "it", "its", "just", "ll", "m", "may", "me", "my", "of", "on", "or", "our", "please",
    "s", "should", "so", "some", "t", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "to", "us", "ve", "was", "we", "were", "what", "when", "where",
    "which", "who", "will", "with", "would", "you", "your",
];

/// The words of a text that mean something, in small letters, in order.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .filter(|word| EMPTY_WORDS.binary_search(&word.as_str()).is_err())
}

/// The word without its usual English ending. Rough on purpose: it only has to be the same for the forms of a word.
pub(crate) fn stem(word: &str) -> &str {
    const ENDINGS: &[&str] = &[
        "ations", "ation", "ingly", "ings", "ing", "ies", "ied", "edly", "ed", "es", "ly", "s",
        "y", "e",
    ];
    const SHORTEST_STEM: usize = 3;
    ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|stem| stem.chars().count() >= SHORTEST_STEM)
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_empty_words_is_sorted() {
        assert!(EMPTY_WORDS.is_sorted());
    }

    #[test]
    fn forms_of_a_word_meet() {
        for (a, b) in [
            ("parking", "parked"),
            ("dogs", "dog"),
            ("cancelled", "cancelling"),
            ("reservations", "reserve"),
            ("pony", "ponies"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        assert_eq!(stem("bed"), "bed");
    }

    #[test]
    fn empty_words_and_marks_are_left_out() {
        let words: Vec<_> = words("Do you take DOGS, please?").collect();
        assert_eq!(words, ["take", "dogs"]);
    }
}
