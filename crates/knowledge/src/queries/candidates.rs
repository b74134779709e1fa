use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Double, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use uuid::Uuid;

use super::question::Weighed;
use crate::KnowledgeError;
use crate::model::{Vector, VectorSql};
use crate::rules::{Candidate, Places, Rank, fold, needs, rarest};

/// Up to so many passages every vector is compared, which finds the nearest for certain; beyond, the index over all businesses is
/// asked, which mostly does.
const COMPARED_ONE_BY_ONE: i64 = 2_000;

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
    #[diesel(sql_type = Nullable<BigInt>)]
    by_word: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    by_vector: Option<i64>,
}

impl CandidateRow {
    pub(super) fn candidate(&self, likeness: f64, by_meaning: bool) -> Candidate {
        Candidate {
            stems: self
                .stems
                .iter()
                .filter_map(|marked| placed(marked))
                .collect(),
            heading_words: needs(&fold(self.subject())).len(),
            likeness,
            by_meaning,
        }
    }

    /// What stands above it; a document without headings has only its title.
    fn subject(&self) -> &str {
        match self.heading.is_empty() {
            true => &self.title,
            false => &self.heading,
        }
    }

    pub(super) fn rank(&self) -> Rank {
        Rank {
            by_word: self.by_word,
            by_vector: self.by_vector,
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

/// The best passages by word and the nearest by vector, joined; none of a document that is over.
pub(super) async fn candidates(
    tx: &mut TenantTx,
    question: &Weighed,
    vector: Vec<f32>,
    model: &str,
    today: NaiveDate,
) -> Result<Vec<CandidateRow>, KnowledgeError> {
    let is_small = question.all <= COMPARED_ONE_BY_ONE;
    if !is_small {
        // Other tenants' vectors are filtered out after the index was asked, so it has to go on until there are enough.
        diesel::sql_query("SET LOCAL hnsw.iterative_scan = strict_order")
            .execute(tx.conn())
            .await?;
    }
    let stems: Vec<&str> = question
        .stems
        .iter()
        .map(|(stem, _)| stem.as_str())
        .collect();
    let rows = diesel::sql_query(if is_small {
        IN_A_SMALL_SHELF
    } else {
        IN_A_LARGE_SHELF
    })
    .bind::<Array<Text>, _>(rarest(&question.stems))
    .bind::<VectorSql, _>(Vector::from(vector))
    .bind::<Text, _>(model)
    .bind::<SqlUuid, _>(tx.tenant().as_uuid())
    .bind::<Date, _>(today)
    .bind::<Array<Text>, _>(stems)
    .load(tx.conn())
    .await?;
    Ok(rows)
}

/// What follows on the shelf and the nearest of it: the best by word, and all that is needed to score either.
macro_rules! by_word_and_vector {
    () => {
        ", question AS (
            SELECT string_agg(quote_literal(stem), ' | ')::tsquery AS any_word FROM unnest($1::text[]) AS stem
        ), by_word AS (
            SELECT id, row_number() OVER (
                ORDER BY ts_rank('{0.3, 0.5, 0.8, 1.0}', words, question.any_word) DESC, position, body
            ) AS place
            FROM shelf, question WHERE words @@ question.any_word
            ORDER BY place LIMIT 80
        ), by_vector AS (
            SELECT id, row_number() OVER (ORDER BY distance, id) AS place FROM nearest
        )
        SELECT document.id AS document, document.title, document.source, passage.heading, passage.body,
            CASE WHEN passage.embedding_model = $3 THEN 1 - (passage.embedding <=> $2) ELSE 0 END AS cosine,
            ARRAY(
                SELECT array_to_string(word.weights, '') || ' ' || word.lexeme
                FROM unnest(passage.words) AS word WHERE word.lexeme = ANY ($6)
            ) AS stems,
            by_word.place AS by_word, by_vector.place AS by_vector
        FROM (SELECT id FROM by_word UNION SELECT id FROM by_vector) AS found
        JOIN knowledge.passages AS passage ON passage.tenant_id = $4 AND passage.id = found.id
        JOIN knowledge.documents AS document
            ON document.tenant_id = passage.tenant_id AND document.id = passage.document_id
        LEFT JOIN by_word ON by_word.id = found.id
        LEFT JOIN by_vector ON by_vector.id = found.id
        ORDER BY document.source, passage.position"
    };
}

/// Every passage is read once, and both orders are made of what was read.
const IN_A_SMALL_SHELF: &str = concat!(
    "WITH shelf AS MATERIALIZED (
        SELECT passage.id, passage.position, passage.body, passage.words,
            CASE WHEN passage.embedding_model = $3 THEN passage.embedding <=> $2 END AS distance
        FROM knowledge.passages AS passage
        JOIN knowledge.documents AS document ON document.tenant_id = passage.tenant_id AND document.id = passage.document_id
        WHERE passage.tenant_id = $4 AND (document.valid_until IS NULL OR document.valid_until >= $5)
    ), nearest AS (
        SELECT id, distance FROM shelf WHERE distance IS NOT NULL ORDER BY distance, id LIMIT 40
    )",
    by_word_and_vector!()
);

/// The passages are read for their words alone, and the nearest come from the index over vectors.
const IN_A_LARGE_SHELF: &str = concat!(
    "WITH ended AS MATERIALIZED (
        SELECT coalesce(array_agg(id), '{}') AS ids FROM knowledge.documents
        WHERE tenant_id = $4 AND valid_until < $5
    ), shelf AS (
        SELECT id, position, body, words FROM knowledge.passages
        WHERE tenant_id = $4 AND document_id <> ALL ((SELECT ids FROM ended)::uuid[])
    ), nearest AS (
        SELECT id, embedding <=> $2 AS distance FROM knowledge.passages
        WHERE tenant_id = $4 AND embedding_model = $3 AND document_id <> ALL ((SELECT ids FROM ended)::uuid[])
        ORDER BY embedding <=> $2 LIMIT 40
    )",
    by_word_and_vector!()
);
