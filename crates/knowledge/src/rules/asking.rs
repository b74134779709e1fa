//! Which part of a message asks. A guest tells a story around the question, and an answer need not speak of the story.

use super::vocabulary::{Need, needs};
use super::{fold, rejoin};

/// What the words of the story count beside those of the question.
const STORY: f64 = 0.5;
/// The same for what stands before the question in its own sentence: that is often its subject.
const LEAD: f64 = 0.7;

/// What an answer should speak of, with each word's share: whole where it is asked for, less where it is told. Where nothing asks, or
/// what asks names no subject ("is that all right?"), everything counts.
pub(crate) fn wanted(question: &str) -> Vec<Need> {
    let parts: Vec<(String, f64)> = parts(question)
        .into_iter()
        .map(|(text, share)| (rejoin(&fold(text)), share))
        .collect();
    let all: Vec<&str> = parts.iter().map(|(text, _)| text.as_str()).collect();
    let mut needs = needs(&all.join(" "));
    for need in &mut needs {
        let said = parts
            .iter()
            .filter(|(text, _)| text.split(' ').any(|word| word == need.word));
        need.share = said.map(|(_, share)| *share).fold(0.0, f64::max);
    }
    if !needs.iter().any(|need| need.share >= 1.0) {
        needs.iter_mut().for_each(|need| need.share = 1.0);
    }
    needs
}

/// The parts of a message, each with its share.
fn parts(message: &str) -> Vec<(&str, f64)> {
    let sentences = sentences(message);
    let is_marked = |sentence: &str| sentence.contains('?');
    let any_marked = sentences.iter().any(|sentence| is_marked(sentence));
    let asks = |sentence: &str| match any_marked {
        true => is_marked(sentence),
        false => opening(sentence).is_some(),
    };
    if !sentences.iter().any(|sentence| asks(sentence)) {
        return vec![(message, 1.0)];
    }
    let mut parts = Vec::new();
    for sentence in sentences {
        if !asks(sentence) {
            parts.push((sentence, STORY));
            continue;
        }
        let (lead, asked) = sentence.split_at(opening(sentence).unwrap_or_default());
        parts.extend([(lead, LEAD), (asked, 1.0)]);
    }
    parts
}

/// Cut after a mark that a blank follows, and between lines.
fn sentences(message: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = message;
    while let Some(end) = end_of_sentence(rest) {
        let (sentence, after) = rest.split_at(end);
        sentences.push(sentence);
        rest = after;
    }
    sentences.push(rest);
    sentences.retain(|sentence| !sentence.trim().is_empty());
    sentences
}

fn end_of_sentence(text: &str) -> Option<usize> {
    let mut before = ' ';
    text.char_indices().find_map(|(at, c)| {
        let ends = c == '\n' || (c.is_whitespace() && matches!(before, '.' | '!' | '?' | ';'));
        before = c;
        ends.then_some(at + c.len_utf8())
    })
}

/// Where the words begin that open a question: "what …", "do you …".
fn opening(sentence: &str) -> Option<usize> {
    const ASKS: &[&str] = &[
        "what", "whats", "where", "wheres", "when", "whens", "how", "hows", "which", "who", "whos",
        "why", "whether",
    ];
    const VERBS: &[&str] = &[
        "do", "does", "did", "is", "are", "was", "were", "can", "could", "may", "will", "would",
        "should", "have", "has",
    ];
    const SUBJECTS: &[&str] = &[
        "you", "they", "it", "its", "there", "we", "i", "the", "this", "that", "these", "my",
        "your", "any", "guests", "he", "she", "anyone", "a", "an",
    ];
    let words: Vec<(usize, String)> = words(sentence).collect();
    let is = |word: Option<&(usize, String)>, list: &[&str]| {
        word.is_some_and(|(_, word)| list.contains(&word.as_str()))
    };
    let opens = |index: &usize| {
        is(words.get(*index), ASKS)
            || (is(words.get(*index), VERBS) && is(words.get(index + 1), SUBJECTS))
    };
    let first = (0..words.len()).find(opens)?;
    words.get(first).map(|(at, _)| *at)
}

/// The words with their places, in small letters without marks; "what's" is "whats".
fn words(sentence: &str) -> impl Iterator<Item = (usize, String)> {
    sentence
        .split_whitespace()
        .map(|word| (place(sentence, word), bare(word)))
}

fn place(sentence: &str, word: &str) -> usize {
    // Both point into the same text.
    (word.as_ptr() as usize).saturating_sub(sentence.as_ptr() as usize)
}

fn bare(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn share(question: &str, word: &str) -> f64 {
        let wanted = wanted(question);
        let found = wanted.iter().find(|need| need.word == word);
        found
            .unwrap_or_else(|| panic!("{word} is not wanted of {question:?}: {wanted:?}"))
            .share
    }

    #[test]
    fn what_is_asked_counts_more_than_what_is_told() {
        let marked = "We are driving up with our grandmother and her poodle. Is there an elevator?";
        assert!(share(marked, "elevator") > share(marked, "poodle"));
        let unmarked = "my flight lands late\nis there a shuttle";
        assert!(share(unmarked, "shuttle") > share(unmarked, "flight"));
        let lead = "we come with a trailer so where do we park";
        assert!(share(lead, "park") > share(lead, "trailer"));
        assert!(share(lead, "trailer") > share(unmarked, "flight"));
    }

    #[test]
    fn everything_counts_where_nothing_asks_or_the_question_has_no_subject() {
        for message in ["early breakfast", "We bring a poodle. Is that okay?"] {
            assert!(
                wanted(message).iter().all(|need| need.share >= 1.0),
                "{message}"
            );
        }
    }

    #[test]
    fn a_dot_inside_a_word_ends_no_sentence() {
        assert_eq!(sentences("At 7.30 a.m.? Good"), ["At 7.30 a.m.? ", "Good"]);
    }

    proptest! {
        #[test]
        fn no_part_is_lost(message in "\\PC{0,200}") {
            let parts = parts(&message);
            let together: String = parts.iter().map(|(text, _)| *text).collect();
            prop_assert_eq!(together.replace(char::is_whitespace, ""), message.replace(char::is_whitespace, ""));
            prop_assert!(parts.iter().all(|(_, share)| *share > 0.0));
        }
    }
}
