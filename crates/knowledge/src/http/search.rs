use actix_web::{post, web};
use motel_db::Db;
use motel_llm::Embedder;
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::AnswerView;
use crate::{Answer, commands, queries};

const LONGEST_QUERY: usize = 500;
const MOST_RESULTS: i64 = 20;
const USUAL_RESULTS: i64 = 5;

/// A question, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RawSearch {
    /// Plain words, 1 to 500 characters.
    query: String,
    /// The most results wanted, 1 to 20; 5 when absent.
    top_k: Option<i64>,
}

/// The same, parsed.
pub(crate) struct Search {
    query: String,
    top_k: usize,
}

impl Input for Search {
    type Raw = RawSearch;

    fn parse(raw: RawSearch) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let query = errors.text("query", &raw.query, 1..=LONGEST_QUERY);
        let top_k = errors.check("top_k", result_count(raw.top_k.unwrap_or(USUAL_RESULTS)));
        query
            .zip(top_k)
            .map(|(query, top_k)| Self { query, top_k })
            .ok_or(errors)
    }
}

fn result_count(top_k: i64) -> Result<usize, String> {
    usize::try_from(top_k)
        .ok()
        .filter(|_| (1..=MOST_RESULTS).contains(&top_k))
        .ok_or_else(|| format!("must be 1 to {MOST_RESULTS}"))
}

/// Searches what the business tells its guests.
///
/// When its documents have nothing to rely on, the policies of the property answer. What neither answers is kept, without who asked, for
/// the team to answer.
#[utoipa::path(
    tag = "knowledge",
    request_body = RawSearch,
    responses(
        (status = 200, description = "What was found; possibly nothing", body = AnswerView),
        (status = 422, description = "`invalid_input`", content_type = "application/problem+json"),
        (status = 503, description = "The embedding service is away", content_type = "application/problem+json"),
    )
)]
#[post("/knowledge/search")]
pub(crate) async fn search(
    place: PublicTenant,
    db: web::Data<Db>,
    embedder: web::Data<dyn Embedder>,
    clock: CurrentClock,
    ValidJson(wanted): ValidJson<Search>,
) -> Result<web::Json<AnswerView>, Problem> {
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let (policies, today) = (&place.property.policies, place.property.today(&*clock));
    let (embedder, question) = (&**embedder, &wanted.query);
    let answer =
        queries::answer(&mut tx, embedder, policies, today, question, wanted.top_k).await?;
    if answer == Answer::Nothing {
        commands::note_question(&mut tx, embedder, question, clock.now()).await?;
        tx.commit().await.map_err(Problem::internal)?;
    }
    Ok(web::Json(answer.into()))
}
