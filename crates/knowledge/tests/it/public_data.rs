//! A measurement on public data that is not part of this repository: questions asked in dialogues about hotels, each with
//! the entries of the hotel's own FAQ that answer it.
//!
//! `MOTEL_EVAL_DATA` names the folder that holds the sets, `MOTEL_EVAL_MODEL` that of a sentence transformer, if there is one.

use std::path::Path;

use motel_db::TenantTx;
use motel_eval::faq::{self, FaqFile, Found};
use motel_knowledge::queries::{Order, ordered, search};
use motel_knowledge::{Contents, NewDocument, Origin, commands};
use motel_llm::{Embedder, HashedEmbedder};
use motel_local_embedder::LocalEmbedder;

use crate::setting::{Setting, TODAY};

/// The share of questions for which the right entry is shown first, at least: a little below what was reached (docs/quality.md).
const BOUNDS: &[(&str, f64)] = &[
    ("dstc11 ", 0.9),
    ("dstc9 ", 0.7),
    ("dstc9-paraphrases ", 0.88),
];

/// The same with a model that knows what words mean; the third set takes too long.
const BOUNDS_WITH_MEANING: &[(&str, f64)] = &[("dstc11 ", 0.92), ("dstc9 ", 0.7)];

#[tokio::test(flavor = "multi_thread")]
async fn answers_of_a_known_hotel_are_found() {
    let Ok(folder) = std::env::var("MOTEL_EVAL_DATA") else {
        eprintln!(
            "SKIPPED: MOTEL_EVAL_DATA names no folder of evaluation data; nothing was measured"
        );
        return;
    };
    measure(&folder, &HashedEmbedder, BOUNDS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_are_found_by_a_model_in_a_folder() {
    let (Ok(folder), Ok(model)) = (
        std::env::var("MOTEL_EVAL_DATA"),
        std::env::var("MOTEL_EVAL_MODEL"),
    ) else {
        eprintln!("SKIPPED: MOTEL_EVAL_MODEL names no folder of a model; nothing was measured");
        return;
    };
    let embedder = LocalEmbedder::open(Path::new(&model), 512).unwrap();
    measure(&folder, &embedder, BOUNDS_WITH_MEANING).await;
}

async fn measure(folder: &str, embedder: &dyn Embedder, bounds: &[(&str, f64)]) {
    let mut files = faq::read(Path::new(folder), None).unwrap();
    files.retain(|file| bounds.iter().any(|(name, _)| file.label.starts_with(name)));
    assert_eq!(files.len(), bounds.len(), "{folder} lacks some of the sets");
    let setting = Setting::new().await;
    let predictions = tempfile::tempdir().unwrap();
    let mut tx = setting.tx().await;
    for file in &files {
        let mut shown = Vec::new();
        let found = search_all(&mut tx, embedder, file).await;
        for (order, found) in ORDERS.iter().zip(&found) {
            let figures = faq::score(file, found, predictions.path()).unwrap();
            println!("{order:?}\n{}", motel_eval::table(&figures));
            shown.push(figures);
        }
        let first = &shown[0][0].value;
        let (_, bound) = bounds
            .iter()
            .find(|(name, _)| file.label.starts_with(name))
            .unwrap();
        let reached: f64 = first.split(' ').next().unwrap().parse().unwrap();
        assert!(reached >= *bound, "{}: {first}", file.label);
    }
}

/// As guests are shown it, and the orders beside.
const ORDERS: [Option<Order>; 5] = [
    None,
    Some(Order::Score),
    Some(Order::Fused),
    Some(Order::Words),
    Some(Order::Vectors),
];

/// What is found for each question, in each order.
async fn search_all(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    file: &FaqFile,
) -> [Found; ORDERS.len()] {
    let mut found: [Found; ORDERS.len()] = Default::default();
    for house in &file.houses {
        let mut documents = Vec::new();
        for entry in &house.entries {
            let new = NewDocument {
                source: &entry.id,
                origin: Origin::Answer,
                valid_until: None,
                contents: Contents::Answer {
                    question: &entry.title,
                    answer: &entry.body,
                },
            };
            let put = commands::put_document(tx, embedder, &new).await;
            documents.push(put.unwrap().document);
        }
        for asked in &house.asked {
            for (order, found) in ORDERS.iter().zip(&mut found) {
                let ranked = ranked(tx, embedder, &asked.words, *order).await;
                found.insert(asked.id.clone(), ranked);
            }
        }
        for document in documents {
            commands::remove_document(tx, document).await.unwrap();
        }
    }
    found
}

async fn ranked(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    words: &str,
    order: Option<Order>,
) -> Vec<String> {
    let passages = match order {
        None => search(tx, embedder, TODAY, words, 5).await,
        Some(order) => ordered(tx, embedder, TODAY, words, order).await,
    };
    let passages = passages.unwrap().into_iter().take(5);
    passages.map(|passage| passage.source).collect()
}
