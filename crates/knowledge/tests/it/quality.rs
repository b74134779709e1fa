//! How well answers are found: with the built-in model on the demo motel's documents.

use std::collections::BTreeMap;

use motel_knowledge::{Passage, Tier, queries};
use motel_llm::HashedEmbedder;

use crate::setting::{Setting, TODAY, demo_documents};

type Questions = BTreeMap<String, Vec<String>>;

/// What came of a set of questions.
#[derive(Debug, Default)]
struct Measured {
    questions: usize,
    first: usize,
    among_three: usize,
    /// Right answers at the top whose tier is low.
    doubted: usize,
    /// Wrong answers at the top whose tier is high.
    believed: usize,
}

async fn search(setting: &Setting, question: &str) -> Vec<Passage> {
    let mut tx = setting.tx().await;
    queries::search(&mut tx, &HashedEmbedder, TODAY, question, 3)
        .await
        .unwrap()
}

async fn measure(setting: &Setting, questions: &Questions) -> Measured {
    let mut measured = Measured::default();
    for (question, right) in questions {
        let found = search(setting, question).await;
        let place = found
            .iter()
            .position(|passage| right.contains(&passage.source));
        let tier = found.first().map(|best| best.tier);
        measured.questions += 1;
        measured.first += usize::from(place == Some(0));
        measured.among_three += usize::from(place.is_some());
        measured.doubted += usize::from(place == Some(0) && tier == Some(Tier::Low));
        measured.believed += usize::from(place != Some(0) && tier == Some(Tier::High));
        if place != Some(0) || tier == Some(Tier::Low) {
            let best: Vec<String> = found
                .iter()
                .map(|p| format!("{:.2} {} {}", p.score, p.source, p.heading))
                .collect();
            println!("{place:?} {question}: {best:?}");
        }
    }
    println!("{measured:?}");
    measured
}

async fn measure_set(name: &str) -> Measured {
    let setting = Setting::new().await;
    setting.ingest(&demo_documents()).await;
    let mut sets: BTreeMap<String, Questions> =
        toml::from_str(include_str!("questions.toml")).unwrap();
    measure(&setting, &sets.remove(name).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_looked_at_while_tuning() {
    let measured = measure_set("tuning").await;
    assert!(
        measured.first * 100 >= measured.questions * 94,
        "{measured:?}"
    );
    assert!(
        measured.among_three * 100 >= measured.questions * 98,
        "{measured:?}"
    );
    assert!(measured.believed <= 2, "{measured:?}");
}
#[tokio::test(flavor = "multi_thread")]
async fn questions_written_after_tuning() {
    let measured = measure_set("later").await;
    assert!(
        measured.first * 100 >= measured.questions * 70,
        "{measured:?}"
    );
    assert!(
        measured.among_three * 100 >= measured.questions * 90,
        "{measured:?}"
    );
    assert!(measured.believed <= 2, "{measured:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_about_something_else_find_nothing_to_rely_on() {
    let setting = Setting::new().await;
    setting.ingest(&demo_documents()).await;
    let (mut asked, mut silent, mut plausible) = (0, 0, 0);
    for question in include_str!("off_topic.txt").lines() {
        let found = search(&setting, question).await;
        asked += 1;
        silent += usize::from(found.is_empty());
        plausible += usize::from(found.first().is_some_and(|best| best.tier > Tier::Low));
        for passage in &found {
            println!("{question}: {:.2} {}", passage.score, passage.heading);
            assert!(passage.tier < Tier::High, "{question}: {passage:?}");
        }
    }
    println!("{silent} of {asked} without any passage, {plausible} with a plausible one");
    assert!(silent * 10 >= asked * 8, "{silent} of {asked}");
    assert!(plausible <= 1, "{plausible} of {asked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_passage_states_the_fact() {
    let setting = Setting::new().await;
    setting.ingest(&demo_documents()).await;
    let facts: BTreeMap<String, String> = toml::from_str(include_str!("facts.toml")).unwrap();
    for (question, fact) in facts {
        let found = search(&setting, &question).await;
        let stated = found.first().is_some_and(|best| best.text.contains(&fact));
        assert!(stated, "{question}: {found:#?}");
    }
}
