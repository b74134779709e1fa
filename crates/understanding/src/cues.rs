//! The words and phrases that give an intent away, with their weights: `cues.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::intents::Intent;
use super::tokens::Tokens;

/// Evidence for one intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) intent: Intent,
    pub(super) weight: u32,
}

/// Phrases of one intent and weight.
struct Block {
    cue: Cue,
    phrases: Vec<&'static str>,
}

/// The blocks, and for each first word of a phrase where the phrase stands.
#[derive(Default)]
struct Table {
    blocks: Vec<Block>,
    by_first_word: HashMap<&'static str, Vec<(usize, &'static str)>>,
}

/// The table is part of the program, and a test reads all of it: an unreadable line cannot ship.
static TABLE: LazyLock<Table> =
    LazyLock::new(|| table(include_str!("cues.txt")).unwrap_or_default());

fn table(text: &'static str) -> Result<Table, String> {
    let mut table = Table::default();
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    for line in lines {
        if line.starts_with(' ') {
            let block = table.blocks.last_mut().ok_or("phrases without an intent")?;
            let phrases = line
                .split(';')
                .map(str::trim)
                .filter(|phrase| !phrase.is_empty());
            block.phrases.extend(phrases);
        } else {
            table.blocks.push(Block {
                cue: head(line)?,
                phrases: Vec::new(),
            });
        }
    }
    for (index, block) in table.blocks.iter().enumerate() {
        for phrase in &block.phrases {
            let first = phrase.split(' ').next().unwrap_or(phrase);
            table
                .by_first_word
                .entry(first)
                .or_default()
                .push((index, phrase));
        }
    }
    Ok(table)
}

fn head(line: &str) -> Result<Cue, String> {
    let unreadable = || format!("not an intent and a weight: {line}");
    let (name, weight) = line.split_once(' ').ok_or_else(unreadable)?;
    let name = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name);
    let intent = serde::Deserialize::deserialize(name).map_err(|_| unreadable())?;
    let weight = weight.parse().map_err(|_| unreadable())?;
    Ok(Cue { intent, weight })
}

/// Every cue in the message. A block counts once, and a quarter more for each further phrase of it, at most two.
pub(super) fn found(tokens: &Tokens) -> Vec<Cue> {
    let mut hits: Vec<Vec<&str>> = vec![Vec::new(); TABLE.blocks.len()];
    for at in 0..tokens.len() {
        let phrases = TABLE
            .by_first_word
            .get(tokens.word(at))
            .into_iter()
            .flatten();
        for (block, phrase) in phrases.filter(|(_, phrase)| tokens.phrase(at, phrase).is_some()) {
            if let Some(found) = hits.get_mut(*block).filter(|found| !found.contains(phrase)) {
                found.push(phrase);
            }
        }
    }
    let counted = TABLE.blocks.iter().zip(hits);
    counted
        .filter_map(|(block, found)| strengthened(block.cue, found.len()))
        .collect()
}

fn strengthened(cue: Cue, hits: usize) -> Option<Cue> {
    let more = u32::try_from(hits.checked_sub(1)?.min(2)).unwrap_or(0);
    Some(Cue {
        weight: cue.weight + more * cue.weight / 4,
        ..cue
    })
}

/// Whether the message begins like a question.
pub(super) fn opens_question(tokens: &Tokens) -> bool {
    const OPENERS: &[&str] = &[
        "do", "does", "is", "are", "can", "could", "what", "what's", "whats", "when", "when's",
        "where", "where's", "which", "how", "who", "why", "may", "am", "will", "would", "did",
        "any",
    ];
    let mut at = 0;
    while tokens.is(
        at,
        &[
            "hi", "hello", "hey", ",", "and", "also", "but", "so", "ok", "okay", ".", "!", "wait",
            "quick", "question", ":", "by", "the", "way", "there", "first",
        ],
    ) {
        at += 1;
    }
    let command = tokens.is(at, &["do"]) && tokens.is(at + 1, &["it", "that", "so", "not"]);
    tokens.is(at, OPENERS) && !command
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_table_is_readable_and_says_nothing_twice() {
        let table = table(include_str!("cues.txt")).unwrap();
        assert!(table.blocks.len() > 10);
        for block in &table.blocks {
            let mut phrases = block.phrases.clone();
            phrases.sort_unstable();
            phrases.dedup();
            assert_eq!(phrases.len(), block.phrases.len(), "{:?}", block.cue);
            assert!(
                block
                    .phrases
                    .iter()
                    .all(|phrase| *phrase == phrase.to_lowercase())
            );
        }
    }
}
