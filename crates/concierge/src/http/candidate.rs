use actix_web::{HttpResponse, delete, get, put, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_prompts::queries::version;
use motel_prompts::{PromptKind, PromptsError, VersionNumber};
use motel_shadow::commands::{put_candidate, remove_candidate};
use motel_shadow::queries::chosen_candidate;
use motel_shadow::{Candidate, CandidateEngine, CandidateSettings, RolledBack, Terms};
use motel_tenancy::http::{
    Answer, CurrentClock, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams,
};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson, etag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::queries::model_settings;

/// Who is to be tried out in the place of whoever answers guests, and on which terms, as it comes in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConciergeCandidateInput)]
pub(crate) struct RawCandidate {
    /// `built_in`, or `model`.
    engine: String,
    /// Which model of the service that `/concierge/model` names: 1 to 120 characters; the one chosen there now without.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 120)]
    model: Option<String>,
    /// Which version of the prompt for writing it is told; the active one without.
    #[serde(default)]
    #[schema(minimum = 0)]
    prompt: Option<i32>,
    /// Of a hundred conversations, how many it answers. A conversation that it answers stays its as the share grows.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 100)]
    share: i16,
    /// Whether it answers the others silently, after the guest was answered.
    #[serde(default = "silent")]
    silent: bool,
    /// It is taken back no sooner than after so many scored turns.
    #[serde(default = "least_turns")]
    #[schema(minimum = 5, maximum = 200)]
    least_turns: i32,
    /// Of a hundred turns, how many answers may not be fit to be sent.
    #[serde(default = "most_fallbacks")]
    #[schema(minimum = 0, maximum = 100)]
    most_fallbacks: i16,
    /// Of a hundred turns, how many may fail.
    #[serde(default = "most_failures")]
    #[schema(minimum = 0, maximum = 100)]
    most_failures: i16,
    /// How long 95 of a hundred answers may take, in milliseconds.
    #[serde(default = "slowest_ms")]
    #[schema(minimum = 100, maximum = 120000)]
    slowest_ms: i32,
    /// How much it has to agree with what guests heard, in hundredths.
    #[serde(default = "least_agreement")]
    #[schema(minimum = 0, maximum = 100)]
    least_agreement: i16,
}

fn silent() -> bool {
    Terms::default().silent
}

fn least_turns() -> i32 {
    Terms::default().least_turns
}

fn most_fallbacks() -> i16 {
    Terms::default().most_fallbacks
}

fn most_failures() -> i16 {
    Terms::default().most_failures
}

fn slowest_ms() -> i32 {
    Terms::default().slowest_ms
}

fn least_agreement() -> i16 {
    Terms::default().least_agreement
}

/// The same, parsed.
pub(crate) struct CandidateInput {
    raw: RawCandidate,
    candidate: Candidate,
    prompt: Option<VersionNumber>,
    terms: Terms,
}

impl Input for CandidateInput {
    type Raw = RawCandidate;

    fn parse(raw: RawCandidate) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let engine = errors.check("engine", raw.engine.parse::<CandidateEngine>());
        let name = raw.model.as_deref();
        let model = name.and_then(|name| errors.text("model", name, 1..=120));
        if engine == Some(CandidateEngine::BuiltIn) && name.is_some() {
            errors.push("model", "is for a model alone");
        }
        if engine == Some(CandidateEngine::BuiltIn) && raw.prompt.is_some() {
            errors.push("prompt", "is for a model alone");
        }
        let number = raw.prompt.map(VersionNumber::try_from).transpose();
        let prompt = errors.check("prompt", number).flatten();
        let mut between = |field, value: i32, least: i32, most: i32| {
            let lies = (least..=most).contains(&value);
            let reason = || format!("must lie between {least} and {most}");
            errors.check(field, lies.then_some(()).ok_or_else(reason));
        };
        between("share", raw.share.into(), 0, 100);
        between("least_turns", raw.least_turns, 5, 200);
        between("most_fallbacks", raw.most_fallbacks.into(), 0, 100);
        between("most_failures", raw.most_failures.into(), 0, 100);
        between("slowest_ms", raw.slowest_ms, 100, 120_000);
        between("least_agreement", raw.least_agreement.into(), 0, 100);
        let terms = Terms {
            share: raw.share,
            silent: raw.silent,
            least_turns: raw.least_turns,
            most_fallbacks: raw.most_fallbacks,
            most_failures: raw.most_failures,
            slowest_ms: raw.slowest_ms,
            least_agreement: raw.least_agreement,
        };
        match engine {
            Some(engine) if errors.is_empty() => Ok(Self {
                candidate: Candidate {
                    engine,
                    model,
                    prompt: raw.prompt,
                },
                prompt,
                raw,
                terms,
            }),
            _ => Err(errors),
        }
    }
}

/// Who is tried out, and on which terms.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConciergeCandidate)]
pub struct CandidateView {
    /// `built_in` or `model`.
    engine: &'static str,
    /// Which model; the chosen one when null.
    model: Option<String>,
    /// Which version of the prompt for writing it is told; the active one when null.
    prompt: Option<i32>,
    /// Of a hundred conversations, how many it answers.
    share: i16,
    /// Whether it answers the others silently.
    silent: bool,
    /// It is taken back no sooner than after so many scored turns.
    least_turns: i32,
    /// Of a hundred turns, how many answers may not be fit to be sent.
    most_fallbacks: i16,
    /// Of a hundred turns, how many may fail.
    most_failures: i16,
    /// How long 95 of a hundred answers may take, in milliseconds.
    slowest_ms: i32,
    /// How much it has to agree with what guests heard, in hundredths.
    least_agreement: i16,
    /// Only what was scored since then counts.
    counted_since: DateTime<Utc>,
    /// That it was taken back; null while it was not.
    rolled_back: Option<RolledBackView>,
    /// Grows with every change.
    version: i32,
    /// Who set it.
    set_by: String,
    /// When.
    set_at: DateTime<Utc>,
}

/// That a candidate was taken back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConciergeCandidateRolledBack)]
pub struct RolledBackView {
    /// When.
    at: DateTime<Utc>,
    /// Why.
    why: String,
    /// The share it had.
    from: i16,
}

impl From<CandidateSettings> for CandidateView {
    fn from(settings: CandidateSettings) -> Self {
        let rolled_back = settings.rolled_back();
        let (candidate, terms) = (settings.candidate, settings.terms);
        Self {
            engine: candidate.engine.as_str(),
            model: candidate.model,
            prompt: candidate.prompt,
            share: terms.share,
            silent: terms.silent,
            least_turns: terms.least_turns,
            most_fallbacks: terms.most_fallbacks,
            most_failures: terms.most_failures,
            slowest_ms: terms.slowest_ms,
            least_agreement: terms.least_agreement,
            counted_since: settings.counted_since,
            rolled_back: rolled_back.map(RolledBackView::from),
            version: settings.version,
            set_by: settings.set_by.to_string(),
            set_at: settings.set_at,
        }
    }
}

impl From<RolledBack> for RolledBackView {
    fn from(RolledBack { at, why, from }: RolledBack) -> Self {
        Self { at, why, from }
    }
}

/// Shows who is tried out in the place of whoever answers guests.
#[utoipa::path(
    tag = "concierge",
    operation_id = "show_concierge_candidate",
    responses(
        (status = 200, description = "Who is tried out", body = CandidateView),
        (status = 404, description = "Nobody is"),
    )
)]
#[get("/concierge/candidate")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadSettings>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let settings = chosen_candidate(&tx).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(settings.version))
        .json(CandidateView::from(settings)))
}

/// Tries somebody out in the place of whoever answers guests, from the next message on. `If-Match` is needed only for not overwriting
/// what somebody else set.
///
/// A model costs the business's money, and hears its guests, so this needs the permission to set its key.
#[utoipa::path(
    tag = "concierge",
    operation_id = "put_concierge_candidate",
    params(VersionedWriteParams),
    request_body = RawCandidate,
    responses((status = 200, description = "Who is tried out now", body = CandidateView))
)]
#[put("/concierge/candidate")]
pub(crate) async fn put(
    write: StaffWrite<may::WriteCredentials>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<CandidateInput>,
) -> Result<HttpResponse, Problem> {
    let (by, now) = (write.actor, clock.now());
    let terms = input.terms;
    let putting = async |tx: &mut TenantTx| {
        let mut candidate = input.candidate.clone();
        if candidate.engine == CandidateEngine::Model {
            let Some(chosen) = model_settings(tx).await? else {
                let reason = "needs a service: choose a model first, switched on or not";
                return Err(FieldErrors::of("engine", reason).into());
            };
            // Who is tried out stays the same when another model is chosen.
            candidate.model.get_or_insert(chosen.choice.model);
        }
        if let Some(number) = input.prompt {
            must_be_there(tx, number).await?;
        }
        let set = put_candidate(tx, write.if_match(), &candidate, terms, by, now).await?;
        let version = set.version;
        Ok(Answer::ok(CandidateView::from(set)).version(version))
    };
    write.run(&db, &input.raw, putting).await
}

/// A version of the prompt that nobody saved is a field that is not right.
async fn must_be_there(tx: &mut TenantTx, number: VersionNumber) -> Result<(), Problem> {
    match version(tx, PromptKind::Writing, number).await {
        Ok(_) => Ok(()),
        Err(PromptsError::NotFound) => {
            Err(FieldErrors::of("prompt", "there is none of this number").into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Tries nobody out any more. What was scored stays.
#[utoipa::path(
    tag = "concierge",
    operation_id = "remove_concierge_candidate",
    params(WriteParams),
    responses(
        (status = 204, description = "Nobody is tried out"),
        (status = 404, description = "Nobody was"),
    )
)]
#[delete("/concierge/candidate")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteCredentials>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let removing = async |tx: &mut TenantTx| {
        remove_candidate(tx).await?;
        Ok(Answer::no_content())
    };
    write.run(&db, &(), removing).await
}
