//! What was asked in vain.

use chrono::{DateTime, TimeDelta, Utc};
use motel_knowledge::{KnowledgeError, OpenQuestion, commands, queries};
use motel_llm::HashedEmbedder;
use motel_tenancy::testing::other_tenant;

use crate::setting::{Setting, TODAY};

fn now() -> DateTime<Utc> {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

impl Setting {
    async fn ask_in_vain(&self, question: &str, at: DateTime<Utc>) {
        let mut tx = self.tx().await;
        commands::note_question(&mut tx, &HashedEmbedder, question, at)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn open(&self) -> Vec<OpenQuestion> {
        let mut tx = self.tx().await;
        queries::open_questions(&mut tx, 1_000).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_question_in_several_wordings_is_one() {
    let setting = Setting::new().await;
    let later = now() + TimeDelta::hours(1);
    setting
        .ask_in_vain("Is there a helipad? Mail dana@example.com", now())
        .await;
    setting.ask_in_vain("do you have a helipad", now()).await;
    setting.ask_in_vain("Do you have a helipad", later).await;
    setting.ask_in_vain("can I rent a canoe", now()).await;
    let open = setting.open().await;
    let asked: Vec<_> = open
        .iter()
        .map(|it| (it.wording.as_str(), it.times))
        .collect();
    assert_eq!(
        asked,
        [
            ("Is there a helipad? Mail [e-mail]", 3),
            ("can I rent a canoe", 1)
        ]
    );
    assert_eq!(open[0].others, ["do you have a helipad"]);
    assert_eq!(
        (open[0].first_asked_at, open[0].last_asked_at),
        (now(), later)
    );

    let other = other_tenant(&setting.db).await;
    let mut tx = setting.db.db().tenant(other.tenant).await.unwrap();
    assert!(
        queries::open_questions(&mut tx, 9)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_becomes_knowledge() {
    let setting = Setting::new().await;
    setting.ask_in_vain("do you have a helipad", now()).await;
    let id = setting.open().await[0].id;
    let mut tx = setting.tx().await;
    let (question, answer) = (
        "Is there a helipad?",
        "No.\r\n\r\nThe airfield is two miles away.",
    );
    let put = commands::answer_question(&mut tx, &HashedEmbedder, id, question, answer).await;
    assert_eq!(put.unwrap().passages, 1);
    let found = queries::search(&mut tx, &HashedEmbedder, TODAY, "a helipad maybe?", 3).await;
    let found = found.unwrap();
    assert_eq!(found[0].text, "No.\n\nThe airfield is two miles away.");
    let twice = commands::answer_question(&mut tx, &HashedEmbedder, id, question, answer).await;
    assert!(matches!(twice, Err(KnowledgeError::NotFound)));
    tx.commit().await.unwrap();
    assert!(setting.open().await.is_empty());
    // Asked in vain once more, so the answer did not do.
    setting.ask_in_vain("do you have a helipad", now()).await;
    assert_eq!(setting.open().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_aside_stays_aside() {
    let setting = Setting::new().await;
    setting.ask_in_vain("who wrote the odyssey", now()).await;
    let id = setting.open().await[0].id;
    let mut tx = setting.tx().await;
    commands::dismiss_question(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    setting
        .ask_in_vain("who wrote the odyssey then", now())
        .await;
    assert!(setting.open().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_cannot_fill_the_list() {
    let setting = Setting::new().await;
    let mut tx = setting.tx().await;
    for number in 0..520_u32 {
        // Words that have nothing in common.
        let mut mixed = u64::from(number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let question: String = (0..12)
            .map(|_| {
                mixed = mixed.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
                char::from(b'a' + u8::try_from((mixed >> 40) % 26).unwrap())
            })
            .collect();
        commands::note_question(&mut tx, &HashedEmbedder, &question, now())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let open = setting.open().await;
    assert_eq!(open.len(), 500);
    let half_a_year = TimeDelta::days(180);
    setting
        .ask_in_vain("is there a helipad", now() + TimeDelta::hours(1))
        .await;
    let with_helipad = setting.open().await;
    assert_eq!(with_helipad.len(), 500);
    assert!(with_helipad.iter().any(|it| it.wording.contains("helipad")));
    // What nobody asks any more is forgotten.
    setting
        .ask_in_vain("can I rent a canoe", now() + half_a_year)
        .await;
    let open = setting.open().await;
    assert_eq!(open.len(), 1);
    setting.ask_in_vain(" ?! 12", now() + half_a_year).await;
    assert_eq!(setting.open().await.len(), 1);
}
