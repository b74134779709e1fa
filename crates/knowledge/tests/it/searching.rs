use motel_knowledge::{Answer, Tier, commands, queries};
use motel_llm::HashedEmbedder;
use motel_tenancy::PolicyTopic;
use motel_tenancy::testing::other_tenant;

use crate::setting::{Setting, TODAY, demo_documents};

async fn answer(setting: &Setting, question: &str) -> Answer {
    let mut tx = setting.tx().await;
    let policies = &setting.motel.property.policies;
    queries::answer(&mut tx, &HashedEmbedder, policies, TODAY, question, 3)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passage_says_where_it_stands() {
    let setting = Setting::new().await;
    setting.ingest(&demo_documents()).await;
    let mut tx = setting.tx().await;
    let found = queries::search(&mut tx, &HashedEmbedder, TODAY, "when are quiet hours?", 2)
        .await
        .unwrap();
    assert_eq!(found.len(), 2);
    let best = &found[0];
    assert_eq!(best.source, "noise-and-visitors.md");
    assert_eq!(best.title, "Quiet hours, noise and visitors");
    assert_eq!(best.heading, "When are quiet hours?");
    assert!(best.text.starts_with("From 10 pm to 7 am."));
    assert_eq!(best.tier, Tier::High);
    assert!(best.score <= 1.0 && best.score >= found[1].score);
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_questions_do_no_harm() {
    let setting = Setting::new().await;
    setting.ingest(&demo_documents()).await;
    for question in [
        "",
        "???",
        "🙂",
        "the of and",
        "'; DROP TABLE x; --",
        "a & b | !c <-> (d:*)",
        "\\ ' '' \" \\'",
        &"dog ".repeat(5_000),
    ] {
        let mut tx = setting.tx().await;
        queries::search(&mut tx, &HashedEmbedder, TODAY, question, 3)
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_tenant_does_not_find_what_another_knows() {
    let setting = Setting::new().await;
    setting.ingest(&demo_documents()).await;
    let other = other_tenant(&setting.db).await;
    let mut tx = setting.db.db().tenant(other.tenant).await.unwrap();
    assert!(
        queries::search(&mut tx, &HashedEmbedder, TODAY, "do you take dogs?", 3)
            .await
            .unwrap()
            .is_empty()
    );
    let empty = tempfile::tempdir().unwrap();
    commands::ingest_folder(&mut tx, &HashedEmbedder, empty.path(), |_| {})
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(
        answer(&setting, "do you take dogs?").await,
        Answer::Knowledge(_)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_answer_when_documents_do_not() {
    let setting = Setting::new().await;
    let Answer::Policy(policy) = answer(&setting, "do you take dogs?").await else {
        panic!("a policy");
    };
    assert_eq!(policy.topic, PolicyTopic::Pets);
    assert!(policy.text.contains("$20 a night"));
    assert_eq!(
        answer(&setting, "who wrote the odyssey?").await,
        Answer::Nothing
    );
}
