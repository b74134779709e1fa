use std::sync::Arc;

use diesel_async::RunQueryDsl;
use motel_conversations::{GuestMessage, Speaker, Status};
use motel_kernel::CallId;
use motel_seal::{Keyring, MasterKey};
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_testkit::TestDb;
use motel_voice::commands::{Answered, WhichTurn, answer_call, take_turn};
use motel_voice::{
    Answer, Call, CallDesk, Heard, IncomingCall, KeysPressed, Provider, ProviderCallId, VoiceError,
    queries,
};

use crate::script::Script;

const OWNERS: [&str; 6] = [
    "tenancy",
    "jobs",
    "guests",
    "conversations",
    "credentials",
    "voice",
];

/// A motel with a desk.
pub(crate) struct Stage {
    pub(crate) test: TestDb,
    pub(crate) motel: DemoTenant,
    pub(crate) script: Arc<Script>,
    pub(crate) desk: CallDesk,
    /// What credentials are kept under.
    pub(crate) keyring: Keyring,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::with(Script::new).await
    }

    pub(crate) async fn with(script: impl Fn(motel_db::Db) -> Script) -> Self {
        let test = TestDb::new(&OWNERS).await;
        let motel = demo_tenant(&test).await;
        let script = Arc::new(script(test.db().clone()));
        let desk = CallDesk::new(test.db().clone(), script.clone());
        Self {
            test,
            motel,
            script,
            desk,
            keyring: Keyring::new(MasterKey::generate()),
        }
    }

    pub(crate) async fn ring(&self, sid: &str) -> Answered {
        let incoming = IncomingCall {
            provider: Provider::Twilio,
            provider_call_id: ProviderCallId::parse(sid).unwrap(),
            from_number: Some("+14155550123".to_owned()),
            to_number: Some("+15185550142".to_owned()),
        };
        answer_call(&self.desk, &self.motel.property, &incoming)
            .await
            .unwrap()
    }

    pub(crate) async fn hears(
        &self,
        call: CallId,
        turn: i32,
        heard: Heard,
    ) -> Result<Answer, VoiceError> {
        take_turn(
            &self.desk,
            &self.motel.property,
            call,
            WhichTurn::Numbered(turn),
            heard,
        )
        .await
    }

    pub(crate) async fn call(&self, id: CallId) -> Call {
        let mut tx = self.test.db().tenant(self.motel.tenant).await.unwrap();
        queries::find(&mut tx, id).await.unwrap()
    }

    /// Who said what in the call, and how its conversation stands.
    pub(crate) async fn transcript(&self, call: &Call) -> (Vec<(Speaker, String)>, Status) {
        let mut tx = self.test.db().tenant(self.motel.tenant).await.unwrap();
        let turns = motel_conversations::queries::transcript(&mut tx, call.conversation_id)
            .await
            .unwrap();
        let conversation = motel_conversations::queries::find(&mut tx, call.conversation_id)
            .await
            .unwrap();
        (
            turns
                .into_iter()
                .map(|turn| (turn.speaker, turn.text))
                .collect(),
            conversation.status,
        )
    }

    /// The kinds of events about calls, in order.
    pub(crate) async fn call_events(&self) -> Vec<String> {
        let mut admin = self.test.admin().await;
        diesel::dsl::sql::<diesel::sql_types::Text>(
            "SELECT kind || coalesce(' ' || (payload->>'status'), '') FROM jobs.events \
             WHERE kind LIKE 'call.%' ORDER BY occurred_at, id",
        )
        .load(&mut admin)
        .await
        .unwrap()
    }
}

pub(crate) fn speech(words: &str) -> Heard {
    Heard::Speech(GuestMessage::parse(words).unwrap())
}

pub(crate) fn keys(keys: &str) -> Heard {
    Heard::Keys(KeysPressed::parse(keys).unwrap())
}
