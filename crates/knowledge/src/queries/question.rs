use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use super::misspelt::near_words;
use crate::KnowledgeError;
use crate::rules::{Found, Need, is_of_a_day, quieten_unknown, share_out};

/// A word of the question or one passing for it, as PostgreSQL knows it.
#[derive(QueryableByName)]
struct KnownWord {
    #[diesel(sql_type = Text)]
    word: String,
    /// None for a word that PostgreSQL leaves out, such as "the".
    #[diesel(sql_type = Nullable<Text>)]
    stem: Option<String>,
    /// How many passages have it.
    #[diesel(sql_type = BigInt)]
    passages: i64,
    /// How many passages there are.
    #[diesel(sql_type = BigInt)]
    all: i64,
}

/// A question as the tenant's passages know its words.
pub(super) struct Weighed {
    /// What an answer should speak of.
    pub(super) words: Vec<Found>,
    /// Every stem that is looked for, with the number of passages that have it.
    pub(super) stems: Vec<(String, i64)>,
    /// How many passages the tenant has.
    pub(super) all: i64,
}

/// Stems the words of a question and weighs each by how rare it is among the tenant's passages. A word that no passage knows is
/// taken for the ones that are written nearly so.
pub(super) async fn weigh(tx: &mut TenantTx, needs: &[Need]) -> Result<Weighed, KnowledgeError> {
    let own = needs.iter().map(|need| need.word.as_str());
    let others = needs
        .iter()
        .flat_map(|need| need.others.iter().chain(&need.meant).copied());
    let mut words: Vec<&str> = own.chain(others).collect();
    words.sort_unstable();
    words.dedup();
    let known: Vec<KnownWord> = diesel::sql_query(KNOWN_WORDS)
        .bind::<Array<Text>, _>(words)
        .bind::<SqlUuid, _>(tx.tenant().as_uuid())
        .load(tx.conn())
        .await?;
    let mut found: Vec<Found> = needs
        .iter()
        .filter_map(|need| found(need, &known))
        .collect();
    let mut stems: Vec<(String, i64)> = known
        .iter()
        .filter_map(|known| Some((known.stem.clone()?, known.passages)))
        .collect();
    let all = known
        .iter()
        .map(|known| known.all)
        .max()
        .unwrap_or_default();
    for near in near_words(tx, &found, &stems).await? {
        for word in found.iter_mut().filter(|word| word.stem == near.asked) {
            word.weight = weight_of_near(near.passages, all);
            word.others.push(near.lexeme.clone());
            word.is_known = true;
        }
        stems.push((near.lexeme, near.passages));
    }
    share_out(&mut found);
    quieten_unknown(&mut found);
    Ok(Weighed {
        words: found,
        stems,
        all,
    })
}

fn found(need: &Need, known: &[KnownWord]) -> Option<Found> {
    let find = |word: &str| known.iter().find(|known| known.word == word);
    let own = find(&need.word)?;
    let stem = own.stem.clone()?;
    let known_of = |words: &[&str]| -> Vec<&KnownWord> {
        words.iter().filter_map(|word| find(word)).collect()
    };
    let mut others = known_of(&need.others);
    let mut weight = weight(own, most(&others).max(own.passages), others.is_empty());
    if most(&others).max(own.passages) == 0 {
        let meant = known_of(&need.meant);
        if most(&meant) > 0 {
            weight = weight_of_meant(most(&meant), own.all);
            others = meant;
        } else if is_of_a_day(&need.word) {
            weight = 0.0;
        }
    }
    let is_known = most(&others).max(own.passages) > 0;
    let mut stems: Vec<String> = others
        .into_iter()
        .filter_map(|other| other.stem.clone())
        .collect();
    stems.sort_unstable();
    stems.dedup();
    Some(Found {
        weight,
        stem,
        others: stems,
        share: need.share,
        is_known,
    })
}

/// In how many passages the most frequent of some words stands.
fn most(words: &[&KnownWord]) -> i64 {
    let passages = words.iter().map(|word| word.passages);
    passages.max().unwrap_or_default()
}

/// How much of the question hangs on a word: the rarer, the more, and most on what guests commonly ask about. A word
/// that no passage knows may be the point of the question, but is chatter more often.
#[expect(clippy::float_arithmetic, reason = "a weight is a measure")]
fn weight(word: &KnownWord, known_as: i64, is_other: bool) -> f64 {
    if known_as == 0 {
        UNKNOWN * rarity(0, word.all)
    } else if is_other {
        OTHER * rarity(word.passages, word.all)
    } else if word.passages > 0 {
        rarity(word.passages, word.all).max(SUBJECT_AT_LEAST)
    } else {
        rarity(known_as, word.all).max(SUBJECT_AT_LEAST)
    }
}

#[expect(clippy::float_arithmetic, reason = "a weight is a measure")]
fn weight_of_meant(passages: i64, all: i64) -> f64 {
    MEANT * rarity(passages, all).max(SUBJECT_AT_LEAST)
}

#[expect(clippy::float_arithmetic, reason = "a weight is a measure")]
fn weight_of_near(passages: i64, all: i64) -> f64 {
    MISSPELT * rarity(passages, all)
}

const UNKNOWN: f64 = 0.45;
const OTHER: f64 = 0.6;
/// It may be another word after all.
const MISSPELT: f64 = 0.6;
/// The same of one that is nearly what guests commonly ask about.
const MEANT: f64 = 0.8;
/// The subject stays the subject where every passage has it: a breakfast inn is asked about breakfast.
const SUBJECT_AT_LEAST: f64 = 1.5;

/// Inverse document frequency.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a weight is a measure"
)]
fn rarity(passages: i64, all: i64) -> f64 {
    (1.0 + all as f64 / (passages as f64 + 0.5)).ln()
}

/// A word may have several stems when the parser sees a number or a name in it; the longest is the whole.
const KNOWN_WORDS: &str = r#"
    SELECT asked.word, stem.stem, coalesce(known.passages, 0)::bigint AS passages,
        coalesce((SELECT passages FROM knowledge.lexemes WHERE tenant_id = $2 AND lexeme = ''), 0)::bigint AS "all"
    FROM unnest($1::text[]) AS asked(word)
    LEFT JOIN LATERAL (
        SELECT lexeme AS stem FROM unnest(to_tsvector('pg_catalog.english', asked.word))
        ORDER BY length(lexeme) DESC LIMIT 1
    ) AS stem ON true
    LEFT JOIN knowledge.lexemes AS known ON known.tenant_id = $2 AND known.lexeme = stem.stem"#;
