//! Questions that guests ask of one house, each with the entries of the house's own questions and answers that answer it.
//!
//! Finding them takes the real search and so a database, which this crate knows nothing of: it reads what is to be asked
//! ([`read`]) and scores what was found ([`score`]). Whoever has a database stands between.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use serde_json::{Value, json};

use crate::tally::{share, shown};
use crate::{EvalError, Figure, lines};

/// Only the first so many of what was found count.
const LOOKED_AT: usize = 5;

/// One file of questions, by house.
#[derive(Debug, Clone)]
pub struct FaqFile {
    /// The set, and the file's name without its ending.
    pub label: String,
    stem: String,
    /// The houses that somebody asks about.
    pub houses: Vec<House>,
}

/// A house's questions and answers, and what is asked.
#[derive(Debug, Clone, Default)]
pub struct House {
    /// What can be found.
    pub entries: Vec<Entry>,
    /// What is asked.
    pub asked: Vec<Asked>,
}

/// A question of the house with its answer.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id in the set.
    pub id: String,
    /// The question.
    pub title: String,
    /// The answer.
    pub body: String,
}

/// A guest's question.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its id in the set.
    pub id: String,
    /// In the guest's words.
    pub words: String,
    /// The ids of the entries that answer it.
    right: BTreeSet<String>,
}

/// What was found for each question, by its id: ids of entries, best first.
pub type Found = HashMap<String, Vec<String>>;

/// A set, and where it says what.
struct FaqSet {
    name: &'static str,
    folder: &'static str,
    /// Where the questions are.
    asked: &'static str,
    /// Where the entries are.
    entries: &'static str,
    /// Only answers of this kind count; a set may have reviews among them.
    kind: &'static str,
}

const SETS: &[FaqSet] = &[
    FaqSet {
        name: "dstc11",
        folder: "dstc11",
        asked: "dstc11_hotel_turns_",
        entries: "dstc11_hotel_kb",
        kind: "faq/",
    },
    FaqSet {
        name: "dstc9",
        folder: "dstc9",
        asked: "dstc9_turns_",
        entries: "dstc9_hotel_kb",
        kind: "hotel/",
    },
    FaqSet {
        name: "dstc9-paraphrases",
        folder: "dstc9",
        asked: "dstc9_faq_paraphrase_",
        entries: "dstc9_hotel_kb",
        kind: "hotel/",
    },
];

/// Whether a set is chosen by the beginning of its name.
pub(crate) fn is_chosen(only: Option<&str>) -> bool {
    SETS.iter()
        .any(|set| only.is_none_or(|only| set.name.starts_with(only)))
}

/// Reads every set of questions below `data` whose name begins with `only`. A set that is not there is left out.
///
/// # Errors
/// A file cannot be read, or a line of it is no object.
pub fn read(data: &Path, only: Option<&str>) -> Result<Vec<FaqFile>, EvalError> {
    let mut files = Vec::new();
    let chosen = |set: &&FaqSet| only.is_none_or(|only| set.name.starts_with(only));
    for set in SETS.iter().filter(chosen) {
        let folder = data.join(set.folder);
        let mut entries = Vec::new();
        for file in lines::files(&folder, set.entries)? {
            entries.extend(lines::read(&file)?);
        }
        for file in lines::files(&folder, set.asked)? {
            let stem = file
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default();
            files.push(FaqFile {
                label: format!("{} ({stem})", set.name),
                houses: houses(set, &lines::read(&file)?, &entries),
                stem,
            });
        }
    }
    Ok(files)
}

/// The questions by the house that the right answers are of, with all that this house says.
fn houses(set: &FaqSet, turns: &[Value], entries: &[Value]) -> Vec<House> {
    let mut houses: BTreeMap<&str, House> = BTreeMap::new();
    for turn in turns {
        let is_asked = turn["is_knowledge_seeking"].as_bool().unwrap_or(true);
        let is_hotel = turn["domain"].as_str().unwrap_or("hotel") == "hotel";
        let right: BTreeSet<&str> = turn["gold"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .filter(|id| id.starts_with(set.kind))
            .collect();
        let house = right.first().and_then(|id| id.split('/').nth(1));
        let Some(house) = house.filter(|_| is_asked && is_hotel) else {
            continue;
        };
        houses.entry(house).or_default().asked.push(Asked {
            id: text(turn, "id"),
            words: text(turn, "utterance"),
            right: right.into_iter().map(str::to_owned).collect(),
        });
    }
    for entry in entries {
        let is_one = entry["id"]
            .as_str()
            .is_some_and(|id| id.starts_with(set.kind));
        let house = entry["entity_id"].as_str().filter(|_| is_one);
        if let Some(house) = house.and_then(|house| houses.get_mut(house)) {
            house.entries.push(Entry {
                id: text(entry, "id"),
                title: text(entry, "title"),
                body: text(entry, "body"),
            });
        }
    }
    houses.into_values().collect()
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

impl FaqFile {
    fn asked(&self) -> impl Iterator<Item = &Asked> {
        self.houses.iter().flat_map(|house| &house.asked)
    }
}

/// Writes what was found in the scorers' format, and scores it: how often a right entry comes first, how far from the top it is
/// (the mean of one over its place), and how often it is among five.
///
/// # Errors
/// The file cannot be written.
pub fn score(file: &FaqFile, found: &Found, predictions: &Path) -> Result<Vec<Figure>, EvalError> {
    let written: Vec<Value> = file
        .asked()
        .map(|asked| json!({"id": asked.id, "ranked": found.get(&asked.id)}))
        .collect();
    std::fs::create_dir_all(predictions).map_err(|source| EvalError::Io {
        path: predictions.to_owned(),
        source,
    })?;
    let path = predictions.join(format!("{}.pred.jsonl", file.stem));
    lines::write(&path, &written)?;
    let places: Vec<Option<usize>> = file.asked().map(|asked| place(asked, found)).collect();
    let all = places.len();
    let first = places.iter().filter(|place| **place == Some(1)).count();
    let among = places.iter().flatten().count();
    let measured = [
        ("right entry first", shown(first, all)),
        ("one over its place, mean", mean_reciprocal(&places)),
        ("right entry among five", shown(among, all)),
    ];
    Ok(measured
        .into_iter()
        .map(|(measure, value)| Figure {
            set: file.label.clone(),
            measure,
            value,
        })
        .collect())
}

/// Where the first right entry stands, counted from one.
fn place(asked: &Asked, found: &Found) -> Option<usize> {
    let ranked = found.get(&asked.id)?;
    let mut looked_at = ranked.iter().take(LOOKED_AT);
    looked_at
        .position(|id| asked.right.contains(id))
        .map(|index| index + 1)
}

#[expect(clippy::float_arithmetic, reason = "a score is a measure")]
fn mean_reciprocal(places: &[Option<usize>]) -> String {
    let sum: f64 = places.iter().flatten().map(|place| share(1, *place)).sum();
    let mean = if places.is_empty() {
        0.0
    } else {
        sum * share(1, places.len())
    };
    format!("{mean:.3}")
}
