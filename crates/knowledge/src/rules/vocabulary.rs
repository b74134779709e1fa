//! What a guest may call things, and which words of a question say nothing about its subject.

/// A word of a question that an answer should speak of, with the other words it may use for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) word: String,
    /// Words that pass for it. Words that have some are what guests commonly ask about.
    pub(crate) others: Vec<&'static str>,
}

/// No question has more than this many words worth looking for.
const MOST_NEEDS: usize = 24;

/// Words that pass for each other when a guest asks and a document answers. A word may stand in several lines.
const ALIKE: &str = include_str!("alike.txt");

/// Words that carry no subject in a question at a front desk, beyond those PostgreSQL leaves out itself.
const SAYS_NOTHING: &str = include_str!("says_nothing.txt");

/// What an answer to the folded question should speak of. When every word says nothing, all of them are kept.
pub(crate) fn needs(folded: &str) -> Vec<Need> {
    let mut words: Vec<&str> = Vec::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let telling: Vec<&str> = words.iter().copied().filter(|word| tells(word)).collect();
    let words = if telling.is_empty() { words } else { telling };
    words.into_iter().take(MOST_NEEDS).map(need).collect()
}

/// Small numbers count something; the thing counted is the subject.
fn tells(word: &str) -> bool {
    let is_count = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    !is_count && !SAYS_NOTHING.split_whitespace().any(|other| other == word)
}

fn need(word: &str) -> Need {
    let one = singular(word);
    let lines = ALIKE
        .lines()
        .filter(|line| words(line).any(|other| other == word || other == one));
    Need {
        word: word.to_owned(),
        others: lines
            .flat_map(words)
            .filter(|other| *other != word)
            .collect(),
    }
}

fn words(line: &'static str) -> impl Iterator<Item = &'static str> {
    line.split(' ')
}

/// The word for one of what a word may be the plural of.
fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn telling(question: &str) -> Vec<String> {
        needs(question).into_iter().map(|need| need.word).collect()
    }

    #[test]
    fn the_subject_of_a_question_remains() {
        assert_eq!(telling("hi do you guys take dogs dogs"), ["dogs"]);
        assert_eq!(telling("what can you do"), ["what", "can", "you", "do"]);
        assert!(needs("").is_empty());
    }

    #[test]
    fn a_word_brings_the_words_that_pass_for_it() {
        let needs = needs("dogs");
        assert!(
            needs
                .iter()
                .any(|need| need.others.contains(&"pets") && !need.others.contains(&"dogs"))
        );
    }

    #[test]
    fn words_are_written_as_folding_leaves_them() {
        for word in ALIKE.lines().flat_map(words) {
            assert_eq!(super::super::fold(word), word);
        }
    }
}
