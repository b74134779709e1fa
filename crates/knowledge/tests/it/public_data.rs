//! A measurement on public data that is not part of this repository: questions asked in dialogues about hotels, each with
//! the entries of the hotel's own FAQ that answer it.
//!
//! `MOTEL_EVAL_DATA` names a folder that holds `dstc11_hotel_kb.jsonl` (`id`, `entity_id`, `type`, `title`, `body`) and
//! `dstc11_hotel_turns_dev.jsonl` (`utterance`, `entities`, `gold`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use motel_knowledge::queries;
use motel_llm::HashedEmbedder;
use serde_json::Value;

use crate::setting::{Setting, TODAY};

#[tokio::test(flavor = "multi_thread")]
async fn answers_of_a_known_hotel_are_found() {
    let Ok(folder) = std::env::var("MOTEL_EVAL_DATA") else {
        eprintln!(
            "SKIPPED: MOTEL_EVAL_DATA names no folder of evaluation data; nothing was measured"
        );
        return;
    };
    let folder = Path::new(&folder);
    let entries = lines(&folder.join("dstc11_hotel_kb.jsonl"));
    let turns = lines(&folder.join("dstc11_hotel_turns_dev.jsonl"));
    let mut hotels: BTreeMap<&str, Vec<(&str, BTreeSet<String>)>> = BTreeMap::new();
    for turn in &turns {
        let gold: BTreeSet<String> = strings(&turn["gold"])
            .filter(|id| id.starts_with("faq/"))
            .map(file_name)
            .collect();
        if let (Some(hotel), false) = (strings(&turn["entities"]).next(), gold.is_empty()) {
            hotels
                .entry(hotel)
                .or_default()
                .push((turn["utterance"].as_str().unwrap(), gold));
        }
    }
    let setting = Setting::new().await;
    let (mut asked, mut first, mut among_five) = (0, 0, 0);
    for (hotel, questions) in hotels {
        let dir = tempfile::tempdir().unwrap();
        for entry in entries
            .iter()
            .filter(|entry| entry["type"] == "faq" && entry["entity_id"] == hotel)
        {
            let text = format!(
                "# {}\n\n{}\n",
                entry["title"].as_str().unwrap(),
                entry["body"].as_str().unwrap()
            );
            std::fs::write(
                dir.path().join(file_name(entry["id"].as_str().unwrap())),
                text,
            )
            .unwrap();
        }
        setting.ingest(dir.path()).await;
        for (question, gold) in questions {
            let mut tx = setting.tx().await;
            let found = queries::search(&mut tx, &HashedEmbedder, TODAY, question, 5)
                .await
                .unwrap();
            let place = found
                .iter()
                .position(|passage| gold.contains(&passage.source));
            asked += 1;
            first += usize::from(place == Some(0));
            among_five += usize::from(place.is_some());
        }
    }
    println!("questions {asked}, R@1 {first}, R@5 {among_five}");
    assert!(asked > 100, "only {asked} questions in {folder:?}");
    assert!(first * 100 >= asked * 85, "R@1 {first} of {asked}");
}

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn strings(array: &Value) -> impl Iterator<Item = &str> {
    array
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value.as_str().unwrap())
}

fn file_name(id: &str) -> String {
    format!("{}.md", id.replace('/', "-"))
}
