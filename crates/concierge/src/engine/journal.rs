use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use motel_conversations::{EngineKind, HandOverReason, ModelUse, NewTurnRecord};
use motel_llm::chat::TokensUsed;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::cast::OnTrial;

/// What the built-in engine is called in records.
const RELEASE: &str = env!("CARGO_PKG_VERSION");

/// Notes how an answer comes about, while it does.
pub(super) struct Journal {
    began: Instant,
    now: DateTime<Utc>,
    engine: EngineKind,
    version: String,
    fallback: Option<&'static str>,
    tokens: TokensUsed,
    cost_micros: i64,
    tools: Vec<ToolUsed>,
    passages: Vec<Value>,
    drafts: Vec<Value>,
    /// Which prompt a model was told; null where none was.
    prompt: Value,
    stages: Map<String, Value>,
    /// The turn that is answered.
    answers: Option<i32>,
    /// What was remembered before it.
    state_before: Value,
    trial: Option<OnTrial>,
    tone: Value,
    hand_over: Value,
}

/// A tool as it was used.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ToolUsed {
    pub(super) name: String,
    pub(super) arguments: Value,
    pub(super) outcome: String,
    pub(super) took_ms: u64,
    /// What a model was told of it.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) result: Value,
}

impl Journal {
    pub(super) fn begin(now: DateTime<Utc>) -> Self {
        Self {
            began: Instant::now(),
            now,
            engine: EngineKind::BuiltIn,
            version: RELEASE.to_owned(),
            fallback: None,
            tokens: TokensUsed::default(),
            cost_micros: 0,
            tools: Vec::new(),
            passages: Vec::new(),
            drafts: Vec::new(),
            prompt: Value::Null,
            stages: Map::new(),
            answers: None,
            state_before: Value::Null,
            trial: None,
            tone: Value::Null,
            hand_over: json!([]),
        }
    }

    /// Which turn is answered, and whether that is scored.
    pub(super) fn answers(&mut self, seq: i32, trial: Option<OnTrial>) {
        self.answers = Some(seq);
        self.trial = trial;
    }

    /// What was remembered before, so that the turn can be rehearsed.
    pub(super) fn began_from(&mut self, state: &Value) {
        self.state_before.clone_from(state);
    }

    /// Whether somebody is tried out, for whom the answer is scored.
    pub(super) fn is_scored(&self) -> bool {
        self.trial.is_some()
    }

    /// The answer is a model's.
    pub(super) fn answered_by_model(&mut self, model: &str) {
        self.engine = EngineKind::Model;
        model.clone_into(&mut self.version);
    }

    /// A model that is switched on does not answer; the built-in engine does.
    pub(super) fn fell_back(&mut self, why: &'static str) {
        self.fallback = Some(why);
        self.engine = EngineKind::BuiltIn;
        RELEASE.clone_into(&mut self.version);
    }

    pub(super) fn used(&mut self, tool: ToolUsed) {
        self.tools.push(tool);
    }

    /// How far the tools are noted.
    pub(super) fn mark(&self) -> usize {
        self.tools.len()
    }

    /// Forgets the tools that were noted since: what they did was not kept.
    pub(super) fn back_to(&mut self, mark: usize) {
        self.tools.truncate(mark);
    }

    pub(super) fn cited(&mut self, passage: Value) {
        self.passages.push(passage);
    }

    pub(super) fn spent(&mut self, tokens: TokensUsed, cost_micros: i64) {
        self.tokens += tokens;
        self.cost_micros = self.cost_micros.saturating_add(cost_micros);
    }

    /// What was used before, and for this answer.
    pub(super) fn used_with(&self, before: ModelUse) -> ModelUse {
        ModelUse {
            tokens: before.tokens.saturating_add(self.tokens.total().into()),
            cost_micros: before.cost_micros.saturating_add(self.cost_micros),
        }
    }

    /// Which prompt a model was told.
    pub(super) fn told(&mut self, prompt: Value) {
        self.prompt = prompt;
    }

    /// A draft that was not sent, and why.
    pub(super) fn withheld(&mut self, draft: &str, why: &str, untraceable: &[String]) {
        self.drafts
            .push(json!({ "text": draft, "why": why, "untraceable": untraceable }));
    }

    /// How the guest sounded, and in which tone they are answered.
    pub(super) fn sounded(&mut self, tone: Value) {
        self.tone = tone;
    }

    /// By which rules a person was brought in.
    pub(super) fn followed(&mut self, rules: &[HandOverReason]) {
        self.hand_over = json!(rules);
    }

    /// A stage took so much longer.
    pub(super) fn stage(&mut self, name: &str, took: Duration) {
        let before = self.stages.get(name).and_then(Value::as_u64).unwrap_or(0);
        let took = micros(took).saturating_add(before);
        self.stages.insert(name.to_owned(), json!(took));
    }

    /// All of it, to be kept with the turn.
    pub(super) fn record(&self) -> NewTurnRecord {
        let count = |tokens: u32| i32::try_from(tokens).unwrap_or(i32::MAX);
        NewTurnRecord {
            engine: self.engine,
            version: self.version.clone(),
            fallback: self.fallback.map(str::to_owned),
            tokens_read: count(self.tokens.read),
            tokens_written: count(self.tokens.written),
            cost_micros: self.cost_micros,
            took_ms: i32::try_from(self.began.elapsed().as_millis()).unwrap_or(i32::MAX),
            details: storable(json!({
                "tools": self.tools,
                "passages": self.passages,
                "withheld": self.drafts,
                "prompt": self.prompt,
                "stages_us": self.stages,
                "answers": self.answers,
                "state_before": self.state_before,
                "candidate": match &self.trial {
                    Some(OnTrial::Live(label)) => Some(label),
                    Some(OnTrial::Silent) | None => None,
                },
                "tone": self.tone,
                "hand_over": self.hand_over,
            })),
            recorded_at: self.now,
        }
    }
}

/// A time in millionths of a second.
pub(super) fn micros(took: Duration) -> u64 {
    u64::try_from(took.as_micros()).unwrap_or(u64::MAX)
}

/// A text without what PostgreSQL does not store and nobody reads.
pub(super) fn legible(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    kept.collect()
}

/// The same of every text in a JSON value.
fn storable(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(legible(&text)),
        Value::Array(values) => values.into_iter().map(storable).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter();
            fields
                .map(|(key, value)| (legible(&key), storable(value)))
                .collect()
        }
        other => other,
    }
}
