use chrono_tz::Tz;
use motel_shadow::{
    CandidateEngine, CandidateSettings, Difference, IntentReadiness, Rates, Score, Terms,
};
use motel_web::words;
use serde::Deserialize;
use serde_json::Value;

use crate::view::{DifferingRow, ReadyRow, TriedCard};

/// What is known of who is tried out.
pub(crate) struct Tried {
    pub(crate) settings: CandidateSettings,
    pub(crate) rates: Rates,
    pub(crate) intents: Vec<IntentReadiness>,
    /// Each with what the guest heard.
    pub(crate) differing: Vec<(Score, String)>,
    pub(crate) may_set: bool,
}

/// Who is tried out, and how that goes.
pub(crate) fn tried(tried: Tried, zone: Tz) -> TriedCard {
    let settings = tried.settings;
    let terms = settings.terms;
    let taken_back = settings.rolled_back().map(|back| {
        let when = words::moment(back.at, zone);
        format!("{when}: {}. It had {} %.", back.why, back.from)
    });
    TriedCard {
        name: name(&settings),
        part: part(terms),
        taken_back,
        share: terms.share,
        silent: terms.silent,
        version: settings.version,
        bounds: bounds(terms),
        lately: lately(tried.rates),
        intents: tried.intents.into_iter().map(ready_row).collect(),
        differing: tried
            .differing
            .into_iter()
            .map(|(score, heard)| differing_row(score, heard, zone))
            .collect(),
        may_set: tried.may_set,
    }
}

fn name(settings: &CandidateSettings) -> String {
    let candidate = &settings.candidate;
    let name = match (candidate.engine, &candidate.model) {
        (CandidateEngine::BuiltIn, _) => "The built-in front desk".to_owned(),
        (CandidateEngine::Model, Some(model)) => format!("The model {model}"),
        (CandidateEngine::Model, None) => "The model that is chosen".to_owned(),
    };
    match candidate.prompt {
        Some(number) => format!("{name}, told version {number} of the prompt"),
        None => name,
    }
}

fn part(terms: Terms) -> String {
    match (terms.share, terms.silent) {
        (0, true) => "It answers no guest, and every conversation silently.".to_owned(),
        (0, false) => "It answers nobody, neither aloud nor silently.".to_owned(),
        (100, _) => "It answers every conversation.".to_owned(),
        (share, true) => {
            format!("It answers {share} % of the conversations, and the others silently.")
        }
        (share, false) => format!("It answers {share} % of the conversations."),
    }
}

fn bounds(terms: Terms) -> Vec<String> {
    vec![
        format!("more than {} % of its turns fail", terms.most_failures),
        format!(
            "more than {} % of its answers are not fit to be sent",
            terms.most_fallbacks
        ),
        format!(
            "95 % of its answers take longer than {} ms",
            terms.slowest_ms
        ),
        format!(
            "it agrees by less than {} % with what guests hear",
            terms.least_agreement
        ),
    ]
}

fn lately(rates: Rates) -> Vec<(&'static str, String)> {
    let agreement = rates.agreement.map(|it| format!("{it} %"));
    vec![
        ("Turns", rates.turns.to_string()),
        ("Failed", format!("{} %", rates.failures)),
        ("Not fit to be sent", format!("{} %", rates.fallbacks)),
        ("95 % within", format!("{} ms", rates.p95_ms)),
        ("Agreement", agreement.unwrap_or_else(|| "–".to_owned())),
    ]
}

fn ready_row(it: IntentReadiness) -> ReadyRow {
    ReadyRow {
        ready: it.is_ready(),
        intent: it.intent.replace('_', " "),
        turns: it.turns,
        same: format!("{} of {}", it.same, it.turns),
        agreement: format!("{} %", it.agreement),
    }
}

fn differing_row(score: Score, heard: String, zone: Tz) -> DifferingRow {
    let scored = score.scored;
    let part = |key: &str| -> Difference {
        let found = scored.details.get(key);
        let read = found.map(Difference::deserialize);
        read.and_then(Result::ok).unwrap_or_default()
    };
    let (tools, figures) = (part("tools"), part("figures"));
    let words = scored.details.get("words").and_then(Value::as_str);
    DifferingRow {
        conversation: scored.conversation_id.to_string(),
        intent: scored.intent.replace('_', " "),
        when: words::moment(score.scored_at, zone),
        agreement: format!("{} %", scored.agreement.unwrap_or(0)),
        heard,
        tried: words.unwrap_or("(erased)").to_owned(),
        only_heard: [tools.kept, figures.kept].concat(),
        only_tried: [tools.tried, figures.tried].concat(),
    }
}
