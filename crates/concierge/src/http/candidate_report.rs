use actix_web::{get, web};
use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_shadow::queries::{chosen_candidate, compared, differing, rates};
use motel_shadow::{IntentReadiness, Rates, Score, readiness};
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::candidate::CandidateView;

/// How many differences are shown.
const MOST_SHOWN: i64 = 50;

/// How who is tried out does.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConciergeCandidateReport)]
pub struct ReportView {
    /// Who, and on which terms.
    candidate: CandidateView,
    /// The last 200 scored turns.
    lately: LatelyView,
    /// By what guests want, from the last 5,000 comparisons.
    intents: Vec<ReadinessView>,
    /// The latest 50 answers that did or quoted something else.
    differing: Vec<DifferingView>,
}

/// The last turns.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConciergeCandidateLately)]
pub struct LatelyView {
    /// How many.
    turns: usize,
    /// Of a hundred, how many answers were not fit to be sent.
    fallbacks: i16,
    /// Of a hundred, how many failed.
    failures: i16,
    /// How long 95 of a hundred took at most, in milliseconds.
    p95_ms: i32,
    /// The mean agreement with what guests heard, in hundredths; null where nothing was compared.
    agreement: Option<i16>,
}

/// How far it is with one intent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConciergeCandidateReadiness)]
pub struct ReadinessView {
    /// What guests want.
    intent: String,
    /// How many answers were compared.
    turns: usize,
    /// How many of them did and quoted the very same.
    same: usize,
    /// The mean agreement, in hundredths.
    agreement: i16,
    /// At least 20 turns, and at least 90 of a hundred agree.
    ready: bool,
}

/// One answer that differs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConciergeCandidateDiffering)]
pub struct DifferingView {
    /// In which conversation.
    conversation_id: String,
    /// The turn of the answer that the guest heard.
    seq: i32,
    /// What the guest wanted.
    intent: String,
    /// In hundredths.
    agreement: Option<i16>,
    /// `words` of the candidate, and `tools` and `figures` that only one of them has: `kept` and `tried`. Empty when who spoke was erased.
    #[schema(value_type = Object)]
    details: serde_json::Value,
    /// When.
    scored_at: DateTime<Utc>,
}

impl From<Rates> for LatelyView {
    fn from(rates: Rates) -> Self {
        Self {
            turns: rates.turns,
            fallbacks: rates.fallbacks,
            failures: rates.failures,
            p95_ms: rates.p95_ms,
            agreement: rates.agreement,
        }
    }
}

impl From<IntentReadiness> for ReadinessView {
    fn from(it: IntentReadiness) -> Self {
        Self {
            ready: it.is_ready(),
            intent: it.intent,
            turns: it.turns,
            same: it.same,
            agreement: it.agreement,
        }
    }
}

impl From<Score> for DifferingView {
    fn from(score: Score) -> Self {
        let scored = score.scored;
        Self {
            conversation_id: scored.conversation_id.to_string(),
            seq: scored.seq,
            intent: scored.intent,
            agreement: scored.agreement,
            details: scored.details,
            scored_at: score.scored_at,
        }
    }
}

/// Tells how who is tried out does: how often it fails, for what it is ready, and where it differs from what guests heard.
#[utoipa::path(
    tag = "concierge",
    operation_id = "show_concierge_candidate_report",
    responses(
        (status = 200, description = "How it does", body = ReportView),
        (status = 404, description = "Nobody is tried out"),
    )
)]
#[get("/concierge/candidate/report")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadConversations>,
    db: web::Data<Db>,
) -> Result<web::Json<ReportView>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let settings = chosen_candidate(&tx).await?;
    let lately = rates(&mut tx, &settings).await?;
    let intents = readiness(&compared(&mut tx, &settings).await?);
    let differing = differing(&mut tx, &settings, MOST_SHOWN).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(ReportView {
        candidate: settings.into(),
        lately: lately.into(),
        intents: intents.into_iter().map(ReadinessView::from).collect(),
        differing: differing.into_iter().map(DifferingView::from).collect(),
    }))
}
