use actix_web::{get, web};
use chrono::{DateTime, Utc};
use motel_conversations::{TurnRecord, queries};
use motel_db::Db;
use motel_kernel::ConversationId;
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::Problem;
use serde::Serialize;
use utoipa::ToSchema;

/// How an answer came about.
#[derive(Debug, Serialize, ToSchema)]
pub struct TurnRecordView {
    /// Which turn of the conversation it tells of.
    seq: i32,
    /// `built_in` or `model`.
    engine: &'static str,
    /// Of the built-in engine its release; otherwise the model's name.
    version: String,
    /// Why a model that is switched on did not answer.
    fallback: Option<String>,
    /// Tokens a model read, also in vain.
    tokens_read: i32,
    /// Tokens it wrote.
    tokens_written: i32,
    /// What those cost, in millionths of the currency that its service bills in.
    cost_micros: i64,
    /// How long the guest waited, in milliseconds.
    took_ms: i32,
    /// Tools with what they were given and said, passages, drafts that were not sent, how long each stage took. Empty when who spoke was
    /// erased.
    #[schema(value_type = Object)]
    details: serde_json::Value,
    /// When.
    recorded_at: DateTime<Utc>,
}

impl From<TurnRecord> for TurnRecordView {
    fn from(record: TurnRecord) -> Self {
        let told = record.told;
        Self {
            seq: record.seq,
            engine: told.engine.as_str(),
            version: told.version,
            fallback: told.fallback,
            tokens_read: told.tokens_read,
            tokens_written: told.tokens_written,
            cost_micros: told.cost_micros,
            took_ms: told.took_ms,
            details: told.details,
            recorded_at: told.recorded_at,
        }
    }
}

/// Shows how an answer came about.
#[utoipa::path(
    tag = "concierge",
    operation_id = "show_turn_record",
    params(
        ("id" = String, Path, description = "The conversation"),
        ("seq" = i32, Path, description = "The turn"),
    ),
    responses(
        (status = 200, description = "How it came about", body = TurnRecordView),
        (status = 404, description = "There is no such turn, or nobody recorded how it came about"),
    )
)]
#[get("/conversations/{id}/turns/{seq}/record")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadConversations>,
    path: web::Path<(String, String)>,
    db: web::Data<Db>,
) -> Result<web::Json<TurnRecordView>, Problem> {
    let unknown = || Problem::not_found("turn record");
    let (id, seq) = path.into_inner();
    let id: ConversationId = id.parse().map_err(|_| unknown())?;
    let seq: i32 = seq.parse().map_err(|_| unknown())?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let record = queries::record(&mut tx, id, seq).await;
    let record = record.map_err(Problem::internal)?.ok_or_else(unknown)?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(record.into()))
}
