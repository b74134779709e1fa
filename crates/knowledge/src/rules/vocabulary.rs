//! What a guest may call things, and which words of a question say nothing about its subject.

use super::misheard::meant;

/// A word of a question that an answer should speak of, with the other words it may use for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Need {
    pub(crate) word: String,
    /// Words that pass for it. Words that have some are what guests commonly ask about.
    pub(crate) others: Vec<&'static str>,
    /// What it may have been meant as, should no passage know it: another word and those that pass for that.
    pub(crate) meant: Vec<&'static str>,
    /// How much it counts: 1 where it is asked for, less where it is only told.
    pub(crate) share: f64,
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
    let is_letter = word.chars().nth(1).is_none();
    !is_count && !is_letter && !says_nothing(word)
}

/// Whether a word carries no subject in a question at a front desk.
pub(super) fn says_nothing(word: &str) -> bool {
    SAYS_NOTHING.split_whitespace().any(|other| other == word)
}

/// Every word that passes for another; a word may come several times.
pub(super) fn alike_words() -> impl Iterator<Item = &'static str> {
    ALIKE.lines().flat_map(words)
}

/// Whether a word names a day or a time. Where no passage speaks of it, it is of the guest's stay and not of the question.
pub(crate) fn is_of_a_day(word: &str) -> bool {
    const DAYS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mondays",
        "tuesdays",
        "wednesdays",
        "thursdays",
        "fridays",
        "saturdays",
        "sundays",
        "weekend",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "today",
        "tonight",
        "tomorrow",
        "yesterday",
        "next",
        "am",
        "pm",
    ];
    // "21st", "4pm", and years; other numbers may be what is asked for.
    let is_counted = word.starts_with(|c: char| c.is_ascii_digit())
        && word.ends_with(|c: char| c.is_ascii_alphabetic());
    let is_year = word.len() == 4 && word.starts_with("20");
    DAYS.contains(&word) || is_counted || is_year
}

fn need(word: &str) -> Need {
    let meant = meant(word);
    Need {
        word: word.to_owned(),
        others: others(word),
        meant: meant.map_or_else(Vec::new, |meant| [vec![meant], others(meant)].concat()),
        share: 1.0,
    }
}

/// The words that pass for a word.
fn others(word: &str) -> Vec<&'static str> {
    let one = singular(word);
    let lines = ALIKE
        .lines()
        .filter(|line| words(line).any(|other| other == word || other == one));
    lines
        .flat_map(words)
        .filter(|other| *other != word)
        .collect()
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
    fn days_are_of_the_stay_and_numbers_may_be_the_question() {
        for word in ["friday", "21st", "4pm", "2027"] {
            assert!(is_of_a_day(word), "{word}");
        }
        for word in ["1521", "breakfast", "b2b2"] {
            assert!(!is_of_a_day(word), "{word}");
        }
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
