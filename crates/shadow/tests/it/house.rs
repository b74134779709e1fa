//! A business with conversations to score.

use chrono::{DateTime, Duration, Utc};
use motel_conversations::{Channel, NewTurn, Speaker};
use motel_db::TenantTx;
use motel_kernel::{Actor, ConversationId};
use motel_shadow::{Candidate, CandidateSettings, Ending, NewScore, Terms, commands, queries};
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_testkit::TestDb;
use serde_json::json;

pub(crate) struct House {
    pub(crate) test: TestDb,
    pub(crate) demo: DemoTenant,
}

pub(crate) fn now() -> DateTime<Utc> {
    "2026-12-01T15:00:00Z".parse().unwrap()
}

pub(crate) fn later(seconds: i64) -> DateTime<Utc> {
    now() + Duration::seconds(seconds)
}

impl House {
    pub(crate) async fn open() -> Self {
        let owners = [
            "tenancy",
            "jobs",
            "mail",
            "guests",
            "conversations",
            "shadow",
        ];
        let test = TestDb::new(&owners).await;
        let demo = demo_tenant(&test).await;
        Self { test, demo }
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.test.db().tenant(self.demo.tenant).await.unwrap()
    }

    /// Tries a model out on these terms.
    pub(crate) async fn tries(&self, model: &str, terms: Terms) -> CandidateSettings {
        let mut tx = self.tx().await;
        let candidate = Candidate::model(Some(model.to_owned()));
        let set =
            commands::put_candidate(&mut tx, None, &candidate, terms, Actor::System, now()).await;
        tx.commit().await.unwrap();
        set.unwrap()
    }

    pub(crate) async fn candidate(&self) -> CandidateSettings {
        let tx = self.tx().await;
        queries::chosen_candidate(&tx).await.unwrap()
    }

    /// A conversation in which something was answered so often.
    pub(crate) async fn conversation(&self, answers: usize) -> ConversationId {
        let mut tx = self.tx().await;
        let started = motel_conversations::commands::start(&mut tx, Channel::Web)
            .await
            .unwrap();
        for _ in 0..answers {
            let said = NewTurn::said(Speaker::Concierge, "We do.");
            motel_conversations::commands::record_turn(&mut tx, started.id, said)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        started.id
    }

    pub(crate) async fn score(&self, score: NewScore, at: DateTime<Utc>) {
        let mut tx = self.tx().await;
        commands::keep_score(&mut tx, score, at).await.unwrap();
        tx.commit().await.unwrap();
    }
}

pub(crate) fn score(conversation_id: ConversationId, seq: i32, ending: Ending) -> NewScore {
    NewScore {
        conversation_id,
        seq,
        live: false,
        candidate: "a-model".to_owned(),
        intent: "book".to_owned(),
        ending,
        fallback: None,
        took_ms: 40,
        agreement: (ending == Ending::Answered).then_some(90),
        details: json!({ "words": "We do, Daniel." }),
    }
}
