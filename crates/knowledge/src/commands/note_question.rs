use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Double, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_llm::{Embedder, Likeness};
use uuid::Uuid;

use crate::KnowledgeError;
use crate::model::{Vector, VectorSql};
use crate::rules::bare;

/// So many open questions are kept of a business; anybody may ask, so what comes after is only counted where it is like one of them.
const MOST_OPEN: i64 = 500;
/// From this likeness on, two questions are one in other words.
const ALIKE: f64 = 0.9;

/// Notes that something was asked which nothing here answers. A question like one that was asked before counts as that one, also when
/// that was dismissed: then it stays dismissed. Who asked is not noted, and numbers and addresses in the question are left out.
///
/// # Errors
/// When the model or the database fails.
pub async fn note_question(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    question: &str,
    now: DateTime<Utc>,
) -> Result<(), KnowledgeError> {
    let Some(wording) = bare(question) else {
        return Ok(());
    };
    let wanted = std::slice::from_ref(&wording);
    let vector = embedder.embed(wanted).await?.pop().unwrap_or_default();
    let vector = Vector::from(vector);
    let model = embedder.model();
    let like = nearest(tx, &vector, model).await?;
    let like = like.filter(|like| is_alike(embedder.likeness(), like.cosine));
    if let Some(like) = like {
        diesel::sql_query(ASKED_AGAIN)
            .bind::<SqlUuid, _>(tx.tenant().as_uuid())
            .bind::<SqlUuid, _>(like.id)
            .bind::<Text, _>(wording)
            .bind::<Timestamptz, _>(now)
            .execute(tx.conn())
            .await?;
        return Ok(());
    }
    diesel::sql_query(ASKED)
        .bind::<SqlUuid, _>(tx.tenant().as_uuid())
        .bind::<SqlUuid, _>(Uuid::now_v7())
        .bind::<Text, _>(wording)
        .bind::<Timestamptz, _>(now)
        .bind::<VectorSql, _>(vector)
        .bind::<Text, _>(model)
        .bind::<BigInt, _>(MOST_OPEN)
        .execute(tx.conn())
        .await?;
    Ok(())
}

fn is_alike(likeness: Likeness, cosine: f64) -> bool {
    likeness.of(cosine) >= ALIKE
}

#[derive(QueryableByName)]
struct Like {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Double)]
    cosine: f64,
}

/// The question most like this one. One that was answered is asked in vain again, so its answer did not do: it counts anew.
async fn nearest(
    tx: &mut TenantTx,
    vector: &Vector,
    model: &str,
) -> Result<Option<Like>, KnowledgeError> {
    let like = diesel::sql_query(NEAREST)
        .bind::<SqlUuid, _>(tx.tenant().as_uuid())
        .bind::<VectorSql, _>(vector.clone())
        .bind::<Text, _>(model)
        .get_result::<Like>(tx.conn())
        .await
        .optional()?;
    Ok(like)
}

const NEAREST: &str = "
    SELECT id, 1 - (embedding <=> $2) AS cosine FROM knowledge.questions
    WHERE tenant_id = $1 AND embedding_model = $3 AND status <> 'answered'
    ORDER BY embedding <=> $2 LIMIT 1";

const ASKED_AGAIN: &str = "
    UPDATE knowledge.questions SET times = times + 1, last_asked_at = $4,
        others = CASE
            WHEN cardinality(others) < 5 AND lower($3) <> ALL (SELECT lower(put) FROM unnest(others || wording) AS put)
            THEN others || $3 ELSE others END
    WHERE tenant_id = $1 AND id = $2";

const ASKED: &str = "
    INSERT INTO knowledge.questions (tenant_id, id, wording, first_asked_at, last_asked_at, embedding, embedding_model)
    SELECT $1, $2, $3, $4, $4, $5, $6
    WHERE (SELECT count(*) FROM knowledge.questions WHERE tenant_id = $1 AND status = 'open') < $7";
