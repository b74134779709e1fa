use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::KnowledgeError;
use crate::rules::Found;

/// Shorter words are like too many others.
const SHORTEST: usize = 5;
/// Each word is compared with all of the tenant's that begin alike, and anybody may ask; so only the longest are, which say the most.
const MOST_WORDS: usize = 6;

/// A word of the tenant's passages that is written nearly like one of the question.
#[derive(QueryableByName)]
pub(super) struct NearWord {
    #[diesel(sql_type = Text)]
    pub(super) asked: String,
    #[diesel(sql_type = Text)]
    pub(super) lexeme: String,
    /// How many passages have it.
    #[diesel(sql_type = BigInt)]
    pub(super) passages: i64,
}

/// What the words of a question that no passage has, nor one that passes for them, may have been meant as.
pub(super) async fn near_words(
    tx: &mut TenantTx,
    words: &[Found],
    stems: &[(String, i64)],
) -> Result<Vec<NearWord>, KnowledgeError> {
    let is_known = |stem: &String| {
        stems
            .iter()
            .any(|(known, passages)| known == stem && *passages > 0)
    };
    let mut unknown: Vec<&str> = words
        .iter()
        .filter(|word| !is_known(&word.stem) && !word.others.iter().any(is_known))
        .map(|word| word.stem.as_str())
        .filter(|stem| stem.chars().count() >= SHORTEST && stem.chars().all(char::is_alphabetic))
        .collect();
    unknown.sort_by_key(|word| std::cmp::Reverse(word.len()));
    unknown.truncate(MOST_WORDS);
    if unknown.is_empty() {
        return Ok(Vec::new());
    }
    let near = diesel::sql_query(NEAR_WORDS)
        .bind::<Array<Text>, _>(unknown)
        .bind::<SqlUuid, _>(tx.tenant().as_uuid())
        .load(tx.conn())
        .await?;
    Ok(near)
}

/// Few mistype the first letter; so only the words that begin alike are compared, which lie together in the key.
const NEAR_WORDS: &str = r"
    SELECT asked.word AS asked, near.lexeme, near.passages::bigint AS passages
    FROM unnest($1::text[]) AS asked(word)
    CROSS JOIN LATERAL (
        SELECT lexeme, passages FROM knowledge.lexemes
        WHERE tenant_id = $2 AND lexeme >= left(asked.word, 1) AND lexeme < left(asked.word, 1) || U&'\FFFD'
          AND abs(length(lexeme) - length(asked.word)) <= 3
          AND public.similarity(lexeme, asked.word) >= 0.45
        ORDER BY public.similarity(lexeme, asked.word) DESC, passages DESC
        LIMIT 1
    ) AS near";
