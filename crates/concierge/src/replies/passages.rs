use std::collections::HashSet;

use motel_knowledge::{Passage, Tier};

/// The longest answer out of a passage, in characters; a single longer sentence is not cut.
const LONGEST: usize = 380;
const MOST_SENTENCES: usize = 3;

/// How much a topic that was recognised, and a passage found with certainty, are worth beside shared words.
const SHARED_WORD: usize = 10;
const RECOGNISED_TOPIC: usize = 6;
const SURE_PASSAGE: usize = 5;

/// The answer that speaks most of what was asked: sentences of a passage with where they stand, or the text of the
/// policy on the topic. `None` when there is neither.
pub(crate) fn best_answer(
    question: &str,
    passage: Option<&Passage>,
    policy: Option<String>,
) -> Option<String> {
    let wanted = stems(question);
    let shared = |text: &str| stems(text).intersection(&wanted).count() * SHARED_WORD;
    let ruled = policy.map(|text| (shared(&text) + RECOGNISED_TOPIC, text));
    let quoted = passage.map(|passage| {
        let answer = best_sentences(question, &passage.text);
        let sure = if passage.tier == Tier::High {
            SURE_PASSAGE
        } else {
            0
        };
        let value = shared(&format!("{} {} {answer}", passage.title, passage.heading)) + sure;
        (value, format!("{answer} (Source: {})", place(passage)))
    });
    match (ruled, quoted) {
        (Some(ruled), Some(quoted)) if quoted.0 > ruled.0 => Some(quoted.1),
        (Some(ruled), _) => Some(ruled.1),
        (None, quoted) => quoted.map(|(_, answer)| answer),
    }
}

fn place(passage: &Passage) -> String {
    match passage.heading.is_empty() {
        true => passage.title.clone(),
        false => format!("{} › {}", passage.title, passage.heading),
    }
}

/// The run of up to three sentences of one paragraph that shares the most words with the question.
fn best_sentences(question: &str, text: &str) -> String {
    let wanted = stems(question);
    let paragraphs: Vec<Vec<String>> = text
        .split("\n\n")
        .map(|paragraph| sentences(&plain(paragraph)))
        .collect();
    let runs = paragraphs.iter().flat_map(|paragraph| runs(paragraph));
    let best = runs.max_by_key(|run| score(&wanted, run));
    best.map(|run| run.join(" ")).unwrap_or_default()
}

/// Every run of sentences that is short enough.
fn runs(sentences: &[String]) -> Vec<&[String]> {
    let mut found = Vec::new();
    for start in 0..sentences.len() {
        for length in 1..=MOST_SENTENCES {
            let Some(run) = sentences.get(start..start + length) else {
                break;
            };
            let size: usize = run.iter().map(|sentence| sentence.chars().count()).sum();
            if length == 1 || size <= LONGEST {
                found.push(run);
            }
        }
    }
    found.reverse();
    found
}

/// Words shared count most; a sentence that shares none costs a little, so that an answer does not ramble.
fn score(wanted: &HashSet<String>, run: &[String]) -> usize {
    let text = run.join(" ");
    let shared = stems(&text).intersection(wanted).count();
    let figures = usize::from(text.chars().any(|c| c.is_ascii_digit()));
    shared * 8 + figures * 3 + run.len()
}

/// The first letters of the words that tell something.
fn stems(text: &str) -> HashSet<String> {
    const PLAIN: &[&str] = &[
        "the", "and", "you", "your", "are", "for", "can", "do", "does", "is", "it", "we", "our",
        "have", "with", "what", "when", "where", "how", "there", "that", "this", "any", "was",
        "will", "from", "not", "but", "get", "time", "allow", "allowed", "take", "accept", "offer",
        "provide", "need", "want", "like", "please", "would", "could", "should", "has", "had",
        "about", "which", "who", "may", "also", "been", "much", "many", "they",
    ];
    text.to_lowercase()
        .replace("wi-fi", "wifi")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 && !PLAIN.contains(word))
        .map(|word| word.chars().take(4).collect())
        .collect()
}

/// Without the marks of Markdown.
fn plain(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.trim();
        let line = line.trim_start_matches(['#', '>']).trim_start();
        line.strip_prefix("- ")
            .or_else(|| line.strip_prefix("* "))
            .unwrap_or(line)
    });
    let text = lines.collect::<Vec<_>>().join(" ");
    text.replace("**", "")
        .replace(['*', '`'], "")
        .replace("__", "")
}

/// Cut after a full stop that a space and no small letter follow.
fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut sentence = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        sentence.push(c);
        let ends =
            matches!(c, '.' | '!' | '?') && chars.peek().is_none_or(|next| next.is_whitespace());
        let mut rest = chars.clone().skip_while(|next| next.is_whitespace());
        if ends && rest.next().is_none_or(|next| !next.is_lowercase()) {
            found.push(std::mem::take(&mut sentence).trim().to_owned());
        }
    }
    found.push(sentence.trim().to_owned());
    found.retain(|sentence| !sentence.is_empty());
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_sentences_that_answer_are_chosen() {
        let text = "We love **animals**. Dogs and cats stay for $20 a night. Up to two per room.\n\nThe meadow is fenced. \
                    It opens at 7 a.m. and closes at dusk.";
        let answer = best_sentences("how much for dogs?", text);
        assert!(answer.contains("$20"), "{answer}");
        let answer = best_sentences("when does the meadow open", text);
        assert!(answer.contains("7 a.m. and closes"), "{answer}");
    }

    proptest! {
        #[test]
        fn any_text_can_be_quoted(question in "\\PC{0,80}", text in "\\PC{0,400}") {
            let _ = best_sentences(&question, &text);
        }
    }
}
