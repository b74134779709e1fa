use diesel::prelude::*;
use diesel::sql_types::{Array, Double, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use uuid::Uuid;

use crate::KnowledgeError;
use crate::model::{Vector, VectorSql};
use crate::rules::{Candidate, Found, Places, fold, needs};

/// A passage that shares words with the question or has a vector close to it.
#[derive(QueryableByName)]
pub(super) struct CandidateRow {
    #[diesel(sql_type = SqlUuid)]
    pub(super) document: Uuid,
    #[diesel(sql_type = Text)]
    pub(super) title: String,
    #[diesel(sql_type = Text)]
    pub(super) source: String,
    #[diesel(sql_type = Text)]
    pub(super) heading: String,
    #[diesel(sql_type = Text)]
    pub(super) body: String,
    #[diesel(sql_type = Double)]
    pub(super) cosine: f64,
    /// `<weight letters> <stem>` for each stem of the question that it has.
    #[diesel(sql_type = Array<Text>)]
    stems: Vec<String>,
}

impl CandidateRow {
    pub(super) fn candidate(&self, likeness: f64) -> Candidate {
        Candidate {
            stems: self
                .stems
                .iter()
                .filter_map(|marked| placed(marked))
                .collect(),
            heading_words: needs(&fold(&self.heading)).len(),
            likeness,
        }
    }
}

fn placed(marked: &str) -> Option<(String, Places)> {
    let (weights, stem) = marked.split_once(' ')?;
    let places = Places {
        heading: weights.contains('A'),
        title: weights.contains('B'),
        body: weights.contains('D'),
    };
    Some((stem.to_owned(), places))
}

/// The best passages by word and the nearest by vector, joined.
pub(super) async fn candidates(
    tx: &mut TenantTx,
    question: &[Found],
    vector: Vec<f32>,
    model: &str,
) -> Result<Vec<CandidateRow>, KnowledgeError> {
    let stems: Vec<&str> = question
        .iter()
        .flat_map(|word| std::iter::once(&word.stem).chain(&word.others))
        .map(String::as_str)
        .collect();
    // Other tenants' vectors are filtered out after the index was asked, so it has to go on until there are enough.
    diesel::sql_query("SET LOCAL hnsw.iterative_scan = strict_order")
        .execute(tx.conn())
        .await?;
    let rows = diesel::sql_query(CANDIDATES)
        .bind::<Array<Text>, _>(stems)
        .bind::<VectorSql, _>(Vector::from(vector))
        .bind::<Text, _>(model)
        .load(tx.conn())
        .await?;
    Ok(rows)
}

const CANDIDATES: &str = "
    WITH question AS (
        SELECT string_agg(quote_literal(stem), ' | ')::tsquery AS any_word FROM unnest($1::text[]) AS stem
    ), by_word AS (
        SELECT passage.id FROM knowledge.passages AS passage, question
        WHERE passage.words @@ question.any_word
        ORDER BY ts_rank('{0.3, 0.5, 0.8, 1.0}', passage.words, question.any_word) DESC, passage.position, passage.body
        LIMIT 80
    ), by_vector AS (
        SELECT id FROM knowledge.passages
        WHERE embedding_model = $3
        ORDER BY embedding <=> $2
        LIMIT 40
    )
    SELECT document.id AS document, document.title, document.source, passage.heading, passage.body,
        CASE WHEN passage.embedding_model = $3 THEN 1 - (passage.embedding <=> $2) ELSE 0 END AS cosine,
        ARRAY(
            SELECT array_to_string(word.weights, '') || ' ' || word.lexeme
            FROM unnest(passage.words) AS word WHERE word.lexeme = ANY ($1)
        ) AS stems
    FROM knowledge.passages AS passage
    JOIN knowledge.documents AS document
        ON document.tenant_id = passage.tenant_id AND document.id = passage.document_id
    WHERE passage.id IN (SELECT id FROM by_word UNION SELECT id FROM by_vector)
    ORDER BY document.source, passage.position";
