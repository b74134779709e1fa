//! The words of `words.txt`, found by their first.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Aspect, Wanted};
use crate::tokens::Tokens;

type Entry = (&'static str, Aspect, Wanted);

/// The table is part of the program, and a test reads all of it: an unreadable line cannot ship.
static TABLE: LazyLock<HashMap<&'static str, Vec<Entry>>> =
    LazyLock::new(|| table(include_str!("words.txt")).unwrap_or_default());

fn table(text: &'static str) -> Result<HashMap<&'static str, Vec<Entry>>, String> {
    let mut table: HashMap<&'static str, Vec<Entry>> = HashMap::new();
    let mut meant = None;
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    for line in lines {
        if !line.starts_with(' ') {
            meant = Some(head(line)?);
            continue;
        }
        let (aspect, wanted) = meant.ok_or("phrases of nothing")?;
        for phrase in line
            .split(';')
            .map(str::trim)
            .filter(|phrase| !phrase.is_empty())
        {
            let first = phrase.split(' ').next().unwrap_or(phrase);
            table
                .entry(first)
                .or_default()
                .push((phrase, aspect, wanted));
        }
    }
    for entries in table.values_mut() {
        entries.sort_by_key(|(phrase, ..)| std::cmp::Reverse(phrase.len()));
    }
    Ok(table)
}

fn head(line: &'static str) -> Result<(Aspect, Wanted), String> {
    let (aspect, word) = line
        .split_once(' ')
        .ok_or_else(|| format!("no word: {line}"))?;
    let aspect = match aspect {
        "area" => Aspect::Area,
        "budget" => Aspect::Budget,
        "kind" => Aspect::Kind,
        "parking" => Aspect::Parking,
        "internet" => Aspect::Internet,
        "laundry" => Aspect::Laundry,
        "smoking" => Aspect::Smoking,
        "pets" => Aspect::Pets,
        _ => return Err(format!("no aspect: {line}")),
    };
    let wanted = match word {
        "yes" => Wanted::Yes,
        word => Wanted::Word(word),
    };
    Ok((aspect, wanted))
}

/// What the words at `at` name, and the index after them; the longest phrase counts.
pub(super) fn at(tokens: &Tokens, at: usize) -> Option<(Aspect, Wanted, usize)> {
    let entries = TABLE.get(tokens.word(at))?;
    entries.iter().find_map(|(phrase, aspect, wanted)| {
        let end = tokens.phrase(at, phrase)?;
        Some((*aspect, *wanted, end))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_table_is_readable() {
        let table = table(include_str!("words.txt")).unwrap();
        assert!(table.len() > 40);
        assert!(super::table("castle yes\n  moat").is_err());
    }
}
