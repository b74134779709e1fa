//! How fast documents are taken in, and found: `cargo run --release -p motel-knowledge --example speed [BUSINESSES] [LARGE]`.
//!
//! On the test server (docs/TESTING.md): so many businesses of 200 passages each, and one of so many passages. Text is made up of words as
//! frequent as words are. Beside each figure stands how long an empty transaction takes in the same run.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use diesel_async::SimpleAsyncConnection;
use motel_db::Db;
use motel_kernel::TenantId;
use motel_knowledge::{commands, queries};
use motel_llm::HashedEmbedder;
use motel_tenancy::testing::{demo_tenant, other_tenant};
use motel_testkit::TestDb;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const SMALL: usize = 200;
const ROUNDS: u64 = 300;
const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |usual| match arguments.next() {
        Some(said) => said.parse::<usize>(),
        None => Ok(usual),
    };
    let (businesses, large) = (number(500)?, number(20_000)?);
    let test = TestDb::new(&["tenancy", "knowledge"]).await;
    let small_one = demo_tenant(&test).await.tenant;
    let large_one = other_tenant(&test).await.tenant;
    take_in(test.db(), small_one, SMALL, 1).await?;
    multiply(&test, small_one, businesses).await?;
    take_in(test.db(), large_one, large, 2).await?;
    test.admin().await.batch_execute("VACUUM ANALYZE").await?;

    println!("nothing:  {}", empty(test.db(), small_one).await?);
    let all = businesses * SMALL;
    println!(
        "search in one of {businesses} businesses, {all} passages: {}",
        search(test.db(), small_one).await?
    );
    println!(
        "search in one of {large} passages: {}",
        search(test.db(), large_one).await?
    );
    Ok(())
}

/// A folder of so many passages, ten a file, taken in by the built-in model.
async fn take_in(db: &Db, tenant: TenantId, passages: usize, seed: u64) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let mut words = Words(seed);
    for file in 0..passages.div_ceil(10) {
        write(folder.path(), file, &mut words)?;
    }
    let start = Instant::now();
    let mut tx = db.tenant(tenant).await?;
    let summary = commands::ingest_folder(&mut tx, &HashedEmbedder, folder.path(), |_| {}).await?;
    tx.commit().await?;
    let took = start.elapsed();
    let a_second = u128::try_from(summary.passages)? * 1_000 / took.as_millis().max(1);
    println!(
        "{} passages taken in within {took:?}: {a_second} a second",
        summary.passages
    );
    Ok(())
}

fn write(folder: &Path, file: usize, words: &mut Words) -> Outcome<()> {
    let mut text = format!("# {}\n", words.sentence(4));
    for _ in 0..10 {
        text.push_str(&format!(
            "\n## {}\n\n{}.\n",
            words.sentence(4),
            words.sentence(55)
        ));
    }
    Ok(std::fs::write(folder.join(format!("{file}.md")), text)?)
}

/// Copies what one business knows to so many others. Vectors are turned a little, since no two businesses say the same.
async fn multiply(test: &TestDb, model: TenantId, businesses: usize) -> Outcome<()> {
    let copy = format!(
        "SET session_replication_role = replica;
        DO $do$ DECLARE name text; other uuid; BEGIN
            FOR number IN 2..{businesses} LOOP
                other := ('00000000-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid;
                FOREACH name IN ARRAY ARRAY['documents', 'passages', 'lexemes'] LOOP
                    EXECUTE format('CREATE TEMP TABLE copied AS SELECT * FROM knowledge.%I WHERE tenant_id = %L', name, '{model}');
                    UPDATE copied SET tenant_id = other;
                    IF name = 'passages' THEN
                        UPDATE copied SET embedding = l2_normalize(embedding + (
                            SELECT array_agg(random() * 0.05)::vector FROM generate_series(1, 512)));
                    END IF;
                    EXECUTE format('INSERT INTO knowledge.%I SELECT * FROM copied', name);
                    DROP TABLE copied;
                END LOOP;
            END LOOP;
        END $do$;
        RESET session_replication_role"
    );
    Ok(test.admin().await.batch_execute(&copy).await?)
}

async fn empty(db: &Db, tenant: TenantId) -> Outcome<String> {
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        db.tenant(tenant).await?.commit().await?;
        took.push(start.elapsed());
    }
    Ok(shown(took))
}

async fn search(db: &Db, tenant: TenantId) -> Outcome<String> {
    let (mut took, mut words) = (Vec::new(), Words(3));
    for _ in 0..ROUNDS {
        let question = format!("do you have {}?", words.sentence(4));
        let start = Instant::now();
        let mut tx = db.tenant(tenant).await?;
        queries::search(&mut tx, &HashedEmbedder, TODAY, &question, 3).await?;
        tx.commit().await?;
        took.push(start.elapsed());
    }
    Ok(shown(took))
}

fn shown(mut took: Vec<Duration>) -> String {
    took.sort_unstable();
    let at = |hundredths: usize| {
        let place = took.len().saturating_sub(1) * hundredths / 100;
        took.get(place).copied().unwrap_or_default()
    };
    format!("median {:?}, 95 of 100 below {:?}", at(50), at(95))
}

/// Words made up of syllables, the same each time: of three thousand, and few of them often.
struct Words(u64);

impl Words {
    fn sentence(&mut self, words: usize) -> String {
        (0..words)
            .map(|_| self.word())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 15] = [
            "ba", "do", "fi", "gu", "ka", "le", "mo", "nu", "pa", "ri", "so", "tu", "va", "wi",
            "ze",
        ];
        let (first, second) = (self.number() % 3_000, self.number() % 3_000);
        // The product of two is small more often than large.
        let mut rest = usize::try_from(first * second / 3_000).unwrap_or_default() + 225;
        let mut word = String::new();
        while rest > 0 {
            word.push_str(SYLLABLES.get(rest % 15).copied().unwrap_or_default());
            rest /= 15;
        }
        word
    }

    /// The finaliser of SplitMix64.
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
